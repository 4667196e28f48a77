#include "sources/http_api/reading/stream_pass.h"

#include <algorithm>
#include <span>
#include <utility>

#include "base/hash.h"
#include "base/utf8.h"
#include "sources/http_api/reading/marks.h"
#include "sources/http_api/reading/presence.h"

namespace freshet::sources::http_api {
namespace {

constexpr std::size_t kAtOnce = 16;  ///< Records read whole before they are handed over.
constexpr std::string_view kUnsettled = "~";

}  // namespace

std::size_t bytes_of(const Batch& batch) {
  std::size_t bytes = 0;
  for (const Change& change : batch.changes) bytes += change.document.body.size();
  return bytes;
}

StreamPass::StreamPass(SourceView& source, const StreamSpec& stream, std::string part,
                       Selection selection, PassNotes notes)
    : source_(&source),
      stream_(&stream),
      part_(std::move(part)),
      selection_(selection),
      mapper_(*stream.map, FieldValues(source.scope, source.variables), source.principals),
      reader_(source.listings, stream),
      notes_(notes) {}

void StreamPass::begin(RunState& run, std::optional<std::int64_t> from) const {
  run.page = first_page(stream_->listing.pages);
  run.from = from;
  run.to = horizon();
  run.high.reset();
  run.restarts = 0;
}

Result<std::optional<std::int64_t>> StreamPass::lower_bound(const Position& position) const {
  const CursorSpec& cursor = stream_->cursor;
  if (position.mark) {
    return std::optional(*position.mark -
                         (is_dated(cursor.type) ? microseconds_of(cursor.overlap) : 0));
  }
  if (!cursor.seed) return std::optional<std::int64_t>();
  FRESHET_TRY(const Value seed, cursor.seed->render(source_->scope));
  return mark_from(seed, cursor.type);
}

std::int64_t StreamPass::horizon() const {
  return source_->listings.exchange().server_now().time_since_epoch().count() -
         microseconds_of(stream_->cursor.lag);
}

Result<Page> StreamPass::fetch(RunState& run, const Position& position) {
  const CursorSpec& cursor = stream_->cursor;
  Scope scope = source_->scope;
  scope.roots["part"] = Value::text(part_);
  scope.roots["cursor"] = Value::object(
      {{"from", bound(run.from, cursor.type)}, {"to", bound(run.to, CursorType::Time)}});
  const bool begins = cursor.type == CursorType::Token && position.token.is_null();
  FRESHET_TRY(const auto seeds, render_named(begins ? cursor.seed_query : NamedTemplates{}, scope));
  const auto prepare = [&](Outgoing& outgoing) {
    outgoing.query.insert(outgoing.query.end(), seeds.begin(), seeds.end());
    if (cursor.type == CursorType::Token && !begins) outgoing.set(*cursor.into, position.token);
  };
  return source_->listings.page(stream_->listing, scope, run.page, source_->interruption, prepare);
}

Result<StreamPass::Step> StreamPass::page(RunState& run, Position& position, Batch& batch) {
  auto& open_page = notes_.open_page;
  const bool goes_on = run.handed_over > 0 && open_page && open_page->task == run.task &&
                       open_page->next == run.handed_over;
  if (!goes_on) {
    open_page.reset();
    run.handed_over = 0;
    FRESHET_TRY(Page page, fetch(run, position));
    if (page.answer.decision.reaction != Reaction::Accept)
      return react(page.answer.decision, run, position);
    FRESHET_CHECK(open(std::move(page), !position.mark, run, batch));
  }
  FRESHET_CHECK(hand_over(run, batch));
  if (open_page->next < open_page->listed.size()) return Step::More;
  run.handed_over = 0;
  OpenPage read = *std::exchange(open_page, std::nullopt);
  return advance(read, run, position);
}

Result<Done> StreamPass::open(Page page, bool begins, RunState& run, Batch& batch) {
  run.moved = true;
  note_passed_over(page.passed_over, run);
  FRESHET_TRY(Judged judged, judge(page.records, run, batch));
  if (begins) check_times(page, run, batch);
  notes_.open_page = OpenPage{run.task,  std::move(page),           judged.past_mark,
                              horizon(), std::move(judged.to_read), {}};
  return Done{};
}

/// What hangs under the records of a page is many times the page: a few at a time are held.
Result<Done> StreamPass::read_some(OpenPage& page) {
  const std::size_t batch =
      std::max<std::size_t>(stream_->hydrate ? stream_->hydrate->batch : 0, 1);
  const std::size_t whole_batches = (kAtOnce + batch - 1) / batch * batch;
  const auto some = std::span(page.listed)
                        .subspan(page.next)
                        .first(std::min(whole_batches, page.listed.size() - page.next));
  FRESHET_TRY(page.records, complete({some.begin(), some.end()}));
  page.first = page.next;
  return Done{};
}

Result<Done> StreamPass::hand_over(RunState& run, Batch& batch) {
  OpenPage& page = *notes_.open_page;
  for (std::size_t bytes = bytes_of(batch);
       page.next < page.listed.size() && bytes < source_->max_bytes; ++page.next) {
    if (page.next == page.first + page.records.size()) FRESHET_CHECK(read_some(page));
    const std::size_t before = batch.changes.size();
    const ReadRecord& record = page.records[page.next - page.first];
    FRESHET_CHECK(upsert(record, page.listed[page.next], run, batch));
    ++run.handed_over;
    if (batch.changes.size() > before) bytes += batch.changes.back().document.body.size();
  }
  return Done{};
}

/// What `where` lets through no longer is not to be read as it once was; the listing has come past
/// its time all the same.
void StreamPass::note_passed_over(const std::vector<Value>& records, RunState& run) {
  for (const Value& record : records) {
    const auto mark = mark_of(record);
    if (mark && *mark) run.high = std::max(run.high.value_or(**mark), **mark);
    const auto key =
        notes_.unread.empty() ? Result<Value>(Value()) : stream_->listing.key->first(record);
    if (key) notes_.unread.erase(key->scalar().value_or(""));
  }
}

/// A mark that no record gives never moves: every sync would read everything.
void StreamPass::check_times(const Page& page, const RunState& run, Batch& batch) const {
  if (!stream_->cursor.field || run.high || page.records.size() < 2) return;
  batch.problems.push_back(stream_->name +
                           ": no record has what cursor.field asks for; they have " +
                           members_of(page.records.front()));
}

Result<StreamPass::Judged> StreamPass::judge(const std::vector<Value>& records, RunState& run,
                                             Batch& batch) {
  Judged judged;
  for (const Value& record : records) FRESHET_CHECK(judge_one(record, run, batch, judged));
  return judged;
}

Result<Done> StreamPass::judge_one(Value record, RunState& run, Batch& batch, Judged& judged) {
  const CursorSpec& cursor = stream_->cursor;
  const auto key = stream_->listing.key->first(record);
  const std::string id = key ? key->scalar().value_or("") : "";
  if (id.empty()) {
    report("(a record without key)",
           key ? "gives no key; it has " + members_of(record) : key.error().message, batch);
    return Done{};
  }
  const auto mark = mark_of(record);
  if (!mark) report(id, mark.error().message, batch);
  const auto changed = mark ? *mark : std::nullopt;
  if (changed) run.high = std::max(run.high.value_or(*changed), *changed);
  if (cursor.type == CursorType::Feed && run.from && changed && *changed < *run.from) {
    FRESHET_TRY(const Value exempt,
                cursor.out_of_order ? cursor.out_of_order->first(record) : Result<Value>(Value()));
    judged.past_mark = judged.past_mark || !exempt.truthy();
  }
  const auto dead = stream_->tombstone ? stream_->tombstone->first(record) : Result<Value>(Value());
  if (dead && dead->truthy()) {
    run.gone[document_id(*stream_, id)] = "the source marks it as deleted";
    return Done{};
  }
  notes_.seen.insert(id);
  auto version = version_of(record, changed);
  if (!version) return set_aside({id, record, ""}, version.error().message, batch);
  FRESHET_TRY(const auto known, source_->known.version_of(document_id(*stream_, id)));
  const bool same = known == *version && !version->ends_with(kUnsettled);
  const Instant now = source_->listings.exchange().server_now();
  if (selection_ == Selection::Changed && (same || notes_.unread.waits(id, record, now)))
    return Done{};
  judged.to_read.push_back({id, std::move(record), *std::move(version)});
  return Done{};
}

Result<std::optional<std::int64_t>> StreamPass::mark_of(const Value& record) const {
  const CursorSpec& cursor = stream_->cursor;
  if (!cursor.field) return std::optional<std::int64_t>();
  FRESHET_TRY(const Value value, cursor.field->first(record));
  return mark_from(value, cursor.type);
}

Result<std::string> StreamPass::version_of(const Value& record,
                                           std::optional<std::int64_t> changed) const {
  Value stated;
  if (stream_->version) {
    FRESHET_TRY(stated, stream_->version->first(record));
  }
  const std::string text = stated.is_null() ? record.to_json() : stated.to_json();
  std::string version =
      source_->scope_hash.substr(0, 8) + ":" + to_hex(hash128(text)).substr(0, 20);
  const bool young = is_dated(stream_->cursor.type) && changed &&
                     *changed + microseconds_of(stream_->cursor.unit) > horizon();
  if (young) version += kUnsettled;
  return version;
}

void StreamPass::report(const std::string& key, const std::string& why, Batch& batch) const {
  batch.problems.push_back(stream_->name + " " + std::string(truncate_utf8(key, 100)) + ": " + why);
}

Result<StreamPass::Step> StreamPass::retry(RunState& run, Batch& batch) {
  const Instant now = source_->listings.exchange().server_now();
  for (const auto& [key, record] : notes_.unread.due(part_, now)) {
    if (bytes_of(batch) >= source_->max_bytes) return Step::More;
    const auto done = retry_one(key, record.listed, run, batch);
    if (!done && done.error().kind == ErrorKind::Interrupted) return done.error();
    // The source has other troubles now: the rest waits for another sync, and the listing goes on.
    if (!done) return Step::Done;
  }
  return Step::Done;
}

Result<Done> StreamPass::retry_one(const std::string& key, const Value& listed, RunState& run,
                                   Batch& batch) {
  // What it was listed as may be long past.
  FRESHET_TRY(const Presence presence, presence_of(*source_, *stream_, key));
  if (presence == Presence::Gone) {
    run.gone[document_id(*stream_, key)] = "the source says that it does not exist";
    return Done{};
  }
  if (presence == Presence::Archived) {
    notes_.unread.erase(key);
    return Done{};
  }
  if (presence == Presence::NotFound) {
    return set_aside({key, listed, ""}, "is not found by its id", batch);
  }
  const auto mark = mark_of(listed);
  FRESHET_TRY(std::string version, version_of(listed, mark ? *mark : std::nullopt));
  const ListedRecord again{key, listed, std::move(version)};
  FRESHET_TRY(auto records, complete({again}));
  return upsert(std::move(records.at(0)), again, run, batch);
}

Result<std::vector<ReadRecord>> StreamPass::complete(const std::vector<ListedRecord>& listed) {
  Scope scope = source_->scope;
  scope.roots["part"] = Value::text(part_);
  return reader_.complete(listed, scope, source_->interruption);
}

/// Leaves what is known of a record as it is until it can be read.
Result<Done> StreamPass::set_aside(const ListedRecord& listed, const std::string& why,
                                   Batch& batch) {
  Change change;
  change.kind = ChangeKind::Unknown;
  change.external_id = document_id(*stream_, listed.key);
  change.evidence = why;
  FRESHET_TRY(const auto known, source_->known.version_of(change.external_id));
  if (known) {
    batch.changes.push_back(std::move(change));
  } else {
    report(listed.key, why, batch);
  }
  // A full listing shows it again by itself.
  if (stream_->cursor.type == CursorType::Full) return Done{};
  return notes_.unread.add({listed.key, part_, listed.record, why},
                           source_->listings.exchange().server_now());
}

Result<Done> StreamPass::upsert(ReadRecord record, const ListedRecord& listed, RunState& run,
                                Batch& batch) {
  Change change;
  change.external_id = document_id(*stream_, record.key);
  if (record.state == ReadRecord::State::Failed) return set_aside(listed, record.why, batch);
  if (record.state != ReadRecord::State::Whole) {
    notes_.unread.erase(record.key);
    const bool gone = record.state == ReadRecord::State::Gone;
    if (gone) run.gone[change.external_id] = record.why;
    if (!gone && stream_->sweep) notes_.missed.settle(record.key);
    return Done{};
  }
  auto document =
      mapper_.document({change.external_id, listed.version, record.record, record.children});
  if (!document) return set_aside(listed, document.error().message, batch);
  FRESHET_CHECK(source_->attachments.read(*document, stream_->name, source_->interruption));
  FRESHET_TRY(const auto aliases, mapper_.aliases(record.record));
  for (const std::string& alias : aliases) {
    const std::string former = document_id(*stream_, alias);
    if (former != change.external_id) run.gone[former] = "it is now " + change.external_id;
  }
  run.gone.erase(change.external_id);
  notes_.unread.erase(record.key);
  change.document = std::move(*document);
  batch.changes.push_back(std::move(change));
  return Done{};
}

}  // namespace freshet::sources::http_api
