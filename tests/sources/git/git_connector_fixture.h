#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sources/git/git_source.h"
#include "tests/sources/support/syncing.h"

namespace freshet::sources::testing {

class GitConnectorTest : public ::testing::Test {
 protected:
  /// Syncs with a connector of its own, as each run of the program does.
  std::vector<Batch> sync_all(SyncOptions options = {}) {
    auto batches = sync(*repository_.connect(), ledger_, options);
    EXPECT_THAT(batches, ::freshet::testing::Succeeds());
    return batches ? *std::move(batches) : std::vector<Batch>(1);
  }
  Error failure() {
    auto batch = fetch(*repository_.connect(), ledger_);
    EXPECT_FALSE(batch.has_value());
    return batch ? Error{ErrorKind::Internal, "it succeeded"} : std::move(batch).error();
  }
  /// Deletes the object that holds a file's present content.
  void lose_blob(const std::string& path) {
    lose_object(repository_.git("rev-parse HEAD:" + path));
  }
  void lose_object(const std::string& id) {
    const auto file = repository_.work() / ".git/objects" / id.substr(0, 2) / id.substr(2);
    ASSERT_TRUE(std::filesystem::remove(file)) << file;
  }
  static const Change* find(const std::vector<Change>& changes, const std::string& id) {
    for (const auto& change : changes) {
      if (change.external_id == id) return &change;
    }
    return nullptr;
  }
  static std::string lines(int count, const std::string& word) {
    std::string text;
    for (int i = 0; i < count; ++i) text += word + " line " + std::to_string(i) + "\n";
    return text;
  }

  GitUnderTest repository_;
  MemoryLedger ledger_;
};

}  // namespace freshet::sources::testing
