#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/ledger/ledger.h"
#include "tests/support/manual_clock.h"
#include "tests/support/result_matchers.h"
#include "tests/support/temporary_directory.h"

namespace freshet::testing {

inline sources::Document document_of(std::string path, std::string body) {
  sources::Document document;
  document.external_id = path;
  document.path = std::move(path);
  document.version = "v:" + body;
  document.body = std::move(body);
  document.allow = {"public"};
  return document;
}

inline sources::Change upsert_of(sources::Document document) {
  sources::Change change;
  change.external_id = document.external_id;
  change.document = std::move(document);
  return change;
}

inline sources::Change upsert(std::string path, std::string body) {
  return upsert_of(document_of(std::move(path), std::move(body)));
}

inline sources::Change moved(std::string from, std::string to, std::string body) {
  sources::Change change = upsert(std::move(to), std::move(body));
  change.moved_from = std::move(from);
  return change;
}

inline sources::Change removal(std::string path) {
  sources::Change change;
  change.kind = sources::ChangeKind::Delete;
  change.external_id = std::move(path);
  change.evidence = "deleted in 1a2b3c4d";
  change.happened_at = Instant(std::chrono::seconds(1700000000));
  return change;
}

inline sources::Batch batch_of(std::vector<sources::Change> changes, std::string cursor) {
  sources::Batch batch;
  batch.changes = std::move(changes);
  batch.next_cursor = std::move(cursor);
  return batch;
}

/// One implementation of Ledger for the contract suite.
struct LedgerKind {
  const char* name;
  Result<std::unique_ptr<pipeline::Ledger>> (*open)(const std::filesystem::path& data_dir,
                                                    const Clock& clock,
                                                    pipeline::LedgerAccess access);
};

/// A ledger in a directory of its own that can be closed and opened again.
class LedgerTest : public ::testing::TestWithParam<LedgerKind> {
 protected:
  void SetUp() override { reopen(); }

  void reopen() {
    ledger_.reset();
    auto opened =
        GetParam().open(directory_.path() / "data", clock_, pipeline::LedgerAccess::ReadWrite);
    ASSERT_THAT(opened, Succeeds());
    ledger_ = *std::move(opened);
  }

  pipeline::StoreReport store(std::vector<sources::Change> changes, std::string cursor = "c1") {
    auto report = ledger_->store("docs", batch_of(std::move(changes), std::move(cursor)));
    EXPECT_THAT(report, Succeeds());
    return report ? *report : pipeline::StoreReport{};
  }

  /// "id" for a live document, "-id" for a tombstone, in the order of their sequence.
  std::vector<std::string> changes_after(std::uint64_t sequence) {
    std::vector<std::string> ids;
    auto records = ledger_->changes_after(sequence, 1000);
    EXPECT_THAT(records, Succeeds());
    if (!records) return ids;
    for (const auto& record : *records) ids.push_back((record.deleted ? "-" : "") + record.id);
    return ids;
  }

  std::vector<std::string> live() {
    std::vector<std::string> found;
    EXPECT_THAT(
        ledger_->for_each_document("", pipeline::Ledger::Bodies::Yes,
                                   [&](const pipeline::DocumentRecord& record) -> Result<Done> {
                                     found.push_back(record.id + "=" + record.document.body);
                                     return Done{};
                                   }),
        Succeeds());
    return found;
  }

  TemporaryDirectory directory_;
  ManualClock clock_;
  std::unique_ptr<pipeline::Ledger> ledger_;
};

inline const LedgerKind kLedgerKinds[] = {{"Sqlite", pipeline::open_sqlite_ledger}};

inline std::string ledger_kind_name(const ::testing::TestParamInfo<LedgerKind>& info) {
  return info.param.name;
}

}  // namespace freshet::testing
