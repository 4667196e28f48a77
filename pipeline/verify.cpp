#include "pipeline/verify.h"

#include <algorithm>
#include <map>
#include <utility>

namespace freshet::pipeline {

namespace {

constexpr std::size_t kMaxDifferences = 1000;

/// What the ledger says of one document, as far as the index must agree.
struct Expected {
  std::string content_hash;
  std::vector<std::string> allow;
  std::vector<std::string> deny;
};

std::vector<std::string> sorted(std::vector<std::string> values) {
  std::ranges::sort(values);
  return values;
}

class Comparison {
 public:
  Comparison(const Ledger& ledger, const index::Snapshot& snapshot)
      : ledger_(ledger), snapshot_(snapshot) {}

  Result<VerifyReport> run();

 private:
  Result<Done> read_ledger();
  Result<Done> compare_document(const index::StoredDocument& stored);
  Result<Done> compare_passages(const index::StoredDocument& stored);
  Result<Done> compare_passage(const index::StoredDocument& stored, const PassageRecord& record);
  Result<Done> find_missing();
  void differ(std::string difference);

  const Ledger& ledger_;
  const index::Snapshot& snapshot_;
  std::map<std::string, Expected> expected_;
  std::uint64_t live_passages_ = 0;
  VerifyReport report_;
};

void Comparison::differ(std::string difference) {
  ++report_.difference_count;
  if (report_.differences.size() < kMaxDifferences)
    report_.differences.push_back(std::move(difference));
}

Result<VerifyReport> Comparison::run() {
  FRESHET_TRY(const std::uint64_t last, ledger_.last_sequence());
  const std::uint64_t covered = snapshot_.summary().ledger_sequence;
  if (covered != last) {
    differ("the index covers change " + std::to_string(covered) + ", the ledger is at " +
           std::to_string(last));
  }
  FRESHET_CHECK(read_ledger());
  FRESHET_CHECK(snapshot_.for_each_document(
      [&](const index::StoredDocument& stored) { return compare_document(stored); }));
  FRESHET_CHECK(find_missing());
  if (snapshot_.live().size() != live_passages_) {
    differ("the index has " + std::to_string(snapshot_.live().size()) +
           " live passages, its documents " + std::to_string(live_passages_));
  }
  return std::move(report_);
}

Result<Done> Comparison::read_ledger() {
  return ledger_.for_each_document("", Ledger::Bodies::No, [&](const DocumentRecord& record) {
    const sources::Document& document = record.document;
    expected_[record.id] = {record.content_hash, sorted(document.allow), sorted(document.deny)};
    return Result<Done>(Done{});
  });
}

Result<Done> Comparison::compare_document(const index::StoredDocument& stored) {
  ++report_.documents;
  report_.passages += stored.count;
  const std::string& id = stored.fields.id;
  const auto found = expected_.extract(id);
  if (!found) {
    differ(id + " is in the index, but not live in the ledger");
  } else {
    const Expected& expected = found.mapped();
    if (stored.fields.content_hash != expected.content_hash)
      differ(id + " has other content in the index");
    if (sorted(stored.fields.allow) != expected.allow ||
        sorted(stored.fields.deny) != expected.deny) {
      differ(id + " has other principals in the index");
    }
  }
  const auto end = stored.first + static_cast<index::PassageNumber>(stored.count);
  const std::uint64_t live = snapshot_.live().count_in(stored.first, end);
  live_passages_ += live;
  if (live != stored.count) {
    differ(id + ": " + std::to_string(live) + " of its " + std::to_string(stored.count) +
           " passages are live in the index");
  }
  return found ? compare_passages(stored) : Result<Done>(Done{});
}

Result<Done> Comparison::compare_passages(const index::StoredDocument& stored) {
  FRESHET_TRY(const auto records, ledger_.passages(stored.fields.id));
  if (records.size() != stored.count) {
    differ(stored.fields.id + " has " + std::to_string(stored.count) + " passages in the index, " +
           std::to_string(records.size()) + " in the ledger");
    return Done{};
  }
  for (const PassageRecord& record : records) FRESHET_CHECK(compare_passage(stored, record));
  return Done{};
}

Result<Done> Comparison::compare_passage(const index::StoredDocument& stored,
                                         const PassageRecord& record) {
  const auto number = stored.first + static_cast<index::PassageNumber>(record.ordinal);
  FRESHET_TRY(const auto found, snapshot_.passage(number));
  const std::string name = stored.fields.id + "#" + std::to_string(record.ordinal);
  if (found.document.id != stored.fields.id || found.passage.ordinal != record.ordinal) {
    differ(name + " is another passage in the index");
  } else if (found.passage.text_hash != record.text_hash) {
    differ(name + " has another text in the index");
  }
  return Done{};
}

Result<Done> Comparison::find_missing() {
  for (const auto& [id, expected] : expected_) {
    FRESHET_TRY(const auto passages, ledger_.passages(id));
    if (passages.empty()) continue;  // Without text, or not extracted: rightly absent.
    ++report_.documents;
    report_.passages += passages.size();
    differ(id + " is not in the index");
  }
  return Done{};
}

}  // namespace

Result<VerifyReport> verify(const Ledger& ledger, const index::Snapshot& snapshot) {
  return Comparison(ledger, snapshot).run();
}

}  // namespace freshet::pipeline
