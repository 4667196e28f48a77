#include "sources/http_api/reading/record_reader.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace freshet::sources::http_api {
namespace {

constexpr std::size_t kDeepest = 20;  ///< Levels of children of children.
/// So many records in a row at which the server fails are no fault of the records.
constexpr int kOutage = 3;

using State = ReadRecord::State;

Decision looped(const std::string& what) {
  return {Reaction::Fail, ErrorKind::Invalid,
          "the listing of " + what + " led back to where it was"};
}

/// An answer that cannot be understood is this record's trouble; the others go on.
Result<Done> unless_odd(Result<Done> done, ReadRecord& record) {
  if (done || done.error().kind != ErrorKind::Invalid) return done;
  record.state = State::Failed;
  record.why = done.error().message;
  return Done{};
}

Value keys_of(const std::vector<std::string>& keys) {
  std::vector<Value> values;
  for (const std::string& key : keys) values.push_back(Value::text(key));
  return Value::array(std::move(values));
}

void set_batch(Scope& scope, const std::vector<std::string>& keys) {
  scope.roots["batch"] = Value::object({{"keys", keys_of(keys)}});
}

}  // namespace

/// What an answer that is not to be taken means for one record. An error when it ends the stream.
Result<Done> RecordReader::settle(const Decision& decision, ReadRecord& record) {
  switch (decision.reaction) {
    case Reaction::Tombstone:
    case Reaction::TombstoneParent:
      record.state = State::Gone;
      break;
    case Reaction::SkipRecord:
      record.state = State::Skipped;
      break;
    case Reaction::Fail:
      if (decision.kind == ErrorKind::Unavailable && ++unavailable_in_a_row_ == kOutage) {
        return error_of(decision);
      }
      record.state = State::Failed;
      break;
    default:
      return error_of(decision);
  }
  record.why = decision.message;
  return Done{};
}

Result<std::vector<ReadRecord>> RecordReader::complete(const std::vector<ListedRecord>& listed,
                                                       Scope& scope,
                                                       const Interruption& interruption) {
  std::vector<ReadRecord> records;
  for (const ListedRecord& one : listed)
    records.push_back({State::Whole, one.key, one.record, Value::object(), ""});
  if (stream_->hydrate) {
    FRESHET_CHECK(stream_->hydrate->batch > 0 ? hydrate_batches(records, scope, interruption)
                                              : hydrate_each(records, scope, interruption));
  }
  // What hangs under a record is asked for by ${parent}; another record's ${rec} must not be there.
  scope.roots.erase("rec");
  scope.roots.erase("batch");
  for (ReadRecord& record : records) {
    for (const ChildrenSpec& child : stream_->children) {
      if (record.state != State::Whole) break;
      FRESHET_CHECK(unless_odd(read_children(record, child, scope, interruption), record));
    }
  }
  return records;
}

Result<Done> RecordReader::hydrate_each(std::vector<ReadRecord>& records, Scope& scope,
                                        const Interruption& interruption) {
  for (ReadRecord& record : records) {
    scope.roots["rec"] = record.record;
    const ListingSpec& listing = stream_->hydrate->listing;
    auto answered = listings_->page(listing, scope, first_page(listing.pages), interruption);
    if (!answered) {
      FRESHET_CHECK(unless_odd(std::move(answered).error(), record));
      continue;
    }
    Page page = *std::move(answered);
    if (page.answer.decision.reaction != Reaction::Accept) {
      FRESHET_CHECK(settle(page.answer.decision, record));
    } else if (page.records.empty()) {
      record.state = stream_->hydrate->missing_is_gone ? State::Gone : State::Failed;
      record.why = "its answer is empty";
    } else {
      record.record = std::move(page.records.front());
      unavailable_in_a_row_ = 0;
    }
  }
  return Done{};
}

Result<Done> RecordReader::hydrate_batches(std::vector<ReadRecord>& records, Scope& scope,
                                           const Interruption& interruption) {
  const std::size_t batch = stream_->hydrate->batch;
  for (std::size_t begin = 0; begin < records.size(); begin += batch) {
    FRESHET_CHECK(hydrate_range(records, begin, std::min(begin + batch, records.size()), scope,
                                interruption));
  }
  return Done{};
}

Result<Done> RecordReader::hydrate_range(std::vector<ReadRecord>& records, std::size_t begin,
                                         std::size_t end, Scope& scope,
                                         const Interruption& interruption) {
  const HydrateSpec& spec = *stream_->hydrate;
  std::vector<std::string> keys;
  for (std::size_t i = begin; i < end; ++i) keys.push_back(records[i].key);
  set_batch(scope, keys);
  FRESHET_TRY(auto all, listings_->all(spec.listing, scope, end - begin, interruption));
  if (all.looped) all.stopped = looped("whole records");
  const bool split = all.stopped && all.stopped->reaction == Reaction::SplitBatch;
  if (split && end - begin > 1) {
    const std::size_t middle = begin + (end - begin) / 2;
    FRESHET_CHECK(hydrate_range(records, begin, middle, scope, interruption));
    return hydrate_range(records, middle, end, scope, interruption);
  }
  if (split) all.stopped->reaction = Reaction::Fail, all.stopped->kind = ErrorKind::Invalid;

  std::map<std::string, Value> found;
  for (Value& record : all.records) {
    FRESHET_TRY(const Value key, spec.listing.key->first(record));
    found.emplace(key.scalar().value_or(""), std::move(record));
  }
  for (std::size_t i = begin; i < end; ++i) {
    const auto match = found.find(records[i].key);
    if (match != found.end()) {
      records[i].record = std::move(match->second);
      unavailable_in_a_row_ = 0;
    } else if (all.stopped) {
      FRESHET_CHECK(settle(*all.stopped, records[i]));
    } else {
      records[i].state = spec.missing_is_gone ? State::Gone : State::Failed;
      records[i].why = "the source gives it no longer by its id";
    }
  }
  return Done{};
}

Result<Done> RecordReader::read_children(ReadRecord& record, const ChildrenSpec& spec, Scope& scope,
                                         const Interruption& interruption) {
  Value children = Value::array();
  const auto wanted =
      spec.when ? spec.when->first(record.record) : Result<Value>(Value::boolean(true));
  if (!wanted) return wanted.error();
  std::optional<Decision> stopped;
  if (wanted->truthy()) {
    FRESHET_TRY(children,
                spec.ids ? children_by_id(record, spec, scope, interruption, stopped)
                         : listed_children(record.record, spec, scope, interruption, 0, stopped));
  } else if (spec.have) {
    FRESHET_TRY(children, spec.have->first(record.record));
  }
  if (stopped) return settle(*stopped, record);
  unavailable_in_a_row_ = 0;
  record.children.set(spec.name, std::move(children));
  return Done{};
}

Result<Value> RecordReader::children_by_id(const ReadRecord& record, const ChildrenSpec& spec,
                                           Scope& scope, const Interruption& interruption,
                                           std::optional<Decision>& stopped) {
  FRESHET_TRY(const Value ids, spec.ids->first(record.record));
  Value children = Value::array();
  std::set<std::string> have;
  if (spec.have) {
    FRESHET_TRY(children, spec.have->first(record.record));
  }
  for (std::size_t i = 0; i < children.size() && spec.listing.key; ++i) {
    FRESHET_TRY(const Value key, spec.listing.key->first(children.at(i)));
    have.insert(key.scalar().value_or(""));
  }
  scope.roots["parent"] = record.record;
  std::vector<std::string> keys;
  const auto fetch = [&]() -> Result<Done> {
    set_batch(scope, keys);
    keys.clear();
    FRESHET_TRY(auto all, listings_->all(spec.listing, scope, spec.limit, interruption));
    stopped = all.looped ? looped("its " + spec.name) : all.stopped;
    for (Value& child : all.records) children.append(std::move(child));
    return Done{};
  };
  const std::size_t most = std::min(ids.size(), spec.limit);
  for (std::size_t i = 0; i < most && !stopped; ++i) {
    const auto id = ids.at(i).scalar().value_or("");
    if (!id.empty() && !have.contains(id)) keys.push_back(id);
    if (keys.size() == spec.batch) FRESHET_CHECK(fetch());
  }
  if (!keys.empty() && !stopped) FRESHET_CHECK(fetch());
  return children;
}

Result<Value> RecordReader::listed_children(const Value& parent, const ChildrenSpec& spec,
                                            Scope& scope, const Interruption& interruption,
                                            std::size_t depth, std::optional<Decision>& stopped) {
  scope.roots["parent"] = parent;
  FRESHET_TRY(auto all, listings_->all(spec.listing, scope, spec.limit, interruption));
  stopped = all.looped ? looped("its " + spec.name) : all.stopped;
  // The parent that is gone is a child of the record: the rest of the record is there.
  if (depth > 0 && stopped && stopped->reaction == Reaction::TombstoneParent) stopped.reset();
  if (!spec.recurse || depth == kDeepest) return Value::array(std::move(all.records));
  for (Value& child : all.records) {
    FRESHET_TRY(const Value deeper, spec.recurse->first(child));
    if (!deeper.truthy() || stopped) continue;
    FRESHET_TRY(Value below, listed_children(child, spec, scope, interruption, depth + 1, stopped));
    child.set("children", std::move(below));
  }
  return Value::array(std::move(all.records));
}

}  // namespace freshet::sources::http_api
