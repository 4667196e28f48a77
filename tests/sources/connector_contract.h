#pragma once

#include <functional>
#include <map>
#include <memory>
#include <ostream>
#include <random>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sources/support/editable_source.h"
#include "tests/sources/support/memory_ledger.h"
#include "tests/sources/support/syncing.h"

namespace freshet::sources::testing {

struct ConnectorKindUnderTest {
  std::string name;
  std::function<std::unique_ptr<EditableSource>()> create;
};

inline void PrintTo(const ConnectorKindUnderTest& kind, std::ostream* out) {
  *out << kind.name;
}

/// What every connector promises (sources/connector.h). Instantiate it with
/// INSTANTIATE_TEST_SUITE_P(Git, ConnectorContract, Values(ConnectorKindUnderTest{...})).
class ConnectorContract : public ::testing::TestWithParam<ConnectorKindUnderTest> {
 protected:
  using Bodies = std::map<std::string, std::string>;

  void write(const std::string& path, const std::string& body) {
    source_->write(path, body);
    expected_[path] = body;
  }
  void remove(const std::string& path) {
    source_->remove(path);
    expected_.erase(path);
  }
  static std::vector<std::string> ids_of(const Batch& batch) {
    std::vector<std::string> ids;
    for (const auto& change : batch.changes) ids.push_back(change.external_id);
    return ids;
  }
  void write_five() {
    for (const auto* path : {"a.md", "a/b.md", "a/z.md", "b.txt", "sub/dir/c.md"}) {
      write(path, std::string("body of ") + path);
    }
    source_->publish();
  }

  std::unique_ptr<EditableSource> source_ = GetParam().create();
  Bodies expected_;
  MemoryLedger ledger_;
};

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(ConnectorContract);

/// Time that passes with every look at the clock.
class TickingClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return Instant(std::chrono::seconds(++ticks_)); }

 private:
  mutable std::int64_t ticks_ = 0;
};

TEST_P(ConnectorContract, ReadsEveryDocumentAtFirst) {
  write_five();

  ASSERT_SUCCEEDS(const auto batches, sync(*source_->connect(), ledger_));

  EXPECT_EQ(ledger_.bodies(), expected_);
  EXPECT_TRUE(batches.back().complete);
  EXPECT_THAT(batches.back().problems, ::testing::IsEmpty());
  EXPECT_FALSE(ledger_.cursor.empty());
}

TEST_P(ConnectorContract, ReturnsTheGivenCursorWhenNothingChanged) {
  write_five();
  ASSERT_SUCCEEDS(auto first, sync(*source_->connect(), ledger_));

  ASSERT_SUCCEEDS(const auto batch, fetch(*source_->connect(), ledger_));

  EXPECT_THAT(batch.changes, ::testing::IsEmpty());
  EXPECT_EQ(batch.next_cursor, ledger_.cursor);
  EXPECT_FALSE(batch.more);
  EXPECT_TRUE(batch.complete);
}

TEST_P(ConnectorContract, ReportsOnlyWhatChanged) {
  write_five();
  ASSERT_SUCCEEDS(auto first, sync(*source_->connect(), ledger_));
  write("b.txt", "another body");
  write("new.md", "quite new");
  source_->publish();

  ASSERT_SUCCEEDS(const auto batches, sync(*source_->connect(), ledger_));

  EXPECT_EQ(changes_of(batches).size(), 2U);
  EXPECT_EQ(ledger_.bodies(), expected_);
}

TEST_P(ConnectorContract, GivesAnEditedDocumentAnotherVersion) {
  write_five();
  ASSERT_SUCCEEDS(auto first, sync(*source_->connect(), ledger_));
  const auto before = ledger_.documents.at("b.txt").version;
  write("b.txt", "body of B.txt");  // Same length.
  source_->publish();

  ASSERT_SUCCEEDS(auto second, sync(*source_->connect(), ledger_));

  EXPECT_NE(ledger_.documents.at("b.txt").version, before);
}

TEST_P(ConnectorContract, DeletesOnlyInTheLastBatchAndSaysWhy) {
  write_five();
  ASSERT_SUCCEEDS(auto first, sync(*source_->connect(), ledger_));
  remove("a.md");
  write("b.txt", "changed");
  write("sub/dir/c.md", "changed");
  source_->publish();

  ASSERT_SUCCEEDS(const auto batches, sync(*source_->connect(), ledger_, {.max_documents = 1}));

  ASSERT_GT(batches.size(), 1U);
  for (const auto& batch : batches) {
    for (const auto& change : batch.changes) {
      if (change.kind != ChangeKind::Delete) continue;
      EXPECT_FALSE(batch.more);
      EXPECT_TRUE(batch.complete);
      EXPECT_FALSE(change.evidence.empty());
    }
  }
  EXPECT_EQ(ledger_.bodies(), expected_);
}

TEST_P(ConnectorContract, SurvivesAKillAfterEveryBatch) {
  write_five();
  for (int i = 0; i < 20; ++i) {
    ASSERT_SUCCEEDS(const auto batch, fetch(*source_->connect(), ledger_, {.max_documents = 1}));
    EXPECT_LE(batch.changes.size(), 1U);
    ledger_.store(batch);
    if (!batch.more) break;
  }

  EXPECT_EQ(ledger_.bodies(), expected_);
}

TEST_P(ConnectorContract, MayBeAskedForTheSameBatchAgain) {
  write_five();
  const auto connector = source_->connect();
  for (int i = 0; i < 20; ++i) {
    ASSERT_SUCCEEDS(const auto lost, fetch(*connector, ledger_, {.max_documents = 2}));
    ASSERT_SUCCEEDS(const auto again, fetch(*connector, ledger_, {.max_documents = 2}));
    EXPECT_EQ(ids_of(lost), ids_of(again));
    ledger_.store(again);
    ledger_.store(again);
    if (!again.more) break;
  }

  EXPECT_EQ(ledger_.bodies(), expected_);
}

TEST_P(ConnectorContract, AcceptsAnyCursorItEverReturned) {
  std::set<std::string> cursors{""};
  write_five();
  ASSERT_SUCCEEDS(const auto first, sync(*source_->connect(), ledger_, {.max_documents = 2}));
  for (const auto& batch : first) cursors.insert(batch.next_cursor);
  remove("a/z.md");
  write("a.md", "edited");
  source_->publish();
  ASSERT_SUCCEEDS(const auto second, sync(*source_->connect(), ledger_, {.max_documents = 1}));
  for (const auto& batch : second) cursors.insert(batch.next_cursor);
  write("late.md", "late");
  source_->publish();

  for (const auto& cursor : cursors) {
    MemoryLedger ledger = ledger_;
    ledger.cursor = cursor;
    ASSERT_SUCCEEDS(auto batches, sync(*source_->connect(), ledger, {.max_documents = 2}));
    EXPECT_EQ(ledger.bodies(), expected_) << "from " << cursor;
  }
}

TEST_P(ConnectorContract, StartsOverFromACursorItCannotUnderstand) {
  write_five();
  for (const std::string cursor :
       {"{", "[]", "42", "{\"pass\":{\"after\":7}}", "{\"synced\":\"zz\"}"}) {
    MemoryLedger ledger;
    ledger.cursor = cursor;

    ASSERT_SUCCEEDS(auto batches, sync(*source_->connect(), ledger));

    EXPECT_EQ(ledger.bodies(), expected_) << cursor;
  }
}

TEST_P(ConnectorContract, PicksUpEditsMadeInTheMiddleOfAPass) {
  write_five();
  ASSERT_SUCCEEDS(const auto batch, fetch(*source_->connect(), ledger_, {.max_documents = 3}));
  ASSERT_TRUE(batch.more);
  ledger_.store(batch);
  write("a.md", "edited after it was read");
  remove("b.txt");
  source_->publish();

  for (int i = 0; i < 2; ++i) {
    ASSERT_SUCCEEDS(auto rest, sync(*source_->connect(), ledger_, {.max_documents = 3}));
  }

  EXPECT_EQ(ledger_.bodies(), expected_);
}

TEST_P(ConnectorContract, KeepsWithinTheByteLimitButAlwaysMoves) {
  for (const auto* path : {"1.md", "2.md", "3.md", "4.md"})
    write(path, path + std::string(1000, 'x'));
  source_->publish();

  ASSERT_SUCCEEDS(const auto batches, sync(*source_->connect(), ledger_, {.max_bytes = 1500}));

  for (const auto& batch : batches) EXPECT_LE(batch.changes.size(), 2U);
  EXPECT_EQ(ledger_.bodies(), expected_);
}

TEST_P(ConnectorContract, SaysInterruptedWhenStoppedBeforeTheFirstDocument) {
  write_five();
  std::stop_source stop;
  stop.request_stop();
  const TickingClock clock;

  const auto batch = fetch(*source_->connect(), ledger_,
                           {.interruption = Interruption(stop.get_token(), clock, std::nullopt)});

  EXPECT_THAT(batch, ::freshet::testing::FailsWith(ErrorKind::Interrupted, ::testing::_));
}

TEST_P(ConnectorContract, ReturnsWhatItHasAtEveryDeadlineAndLosesNothing) {
  write_five();
  ASSERT_SUCCEEDS(auto first, sync(*source_->connect(), ledger_));
  remove("a/b.md");
  write("a.md", "edited");
  write("b.txt", "edited");
  write("sub/dir/c.md", "edited");
  source_->publish();

  bool finished = false;
  bool partial = false;
  for (int patience = 0; patience < 2000 && !finished; ++patience) {
    const TickingClock clock;
    const Interruption interruption({}, clock, Instant(std::chrono::seconds(patience)));
    auto batch = fetch(*source_->connect(), ledger_, {.interruption = interruption});
    if (!batch) {
      ASSERT_THAT(batch, ::freshet::testing::FailsWith(ErrorKind::Interrupted, ::testing::_));
      continue;
    }
    ledger_.store(*batch);
    finished = !batch->more;
    partial = partial || batch->more;
  }

  EXPECT_TRUE(finished);
  EXPECT_TRUE(partial);
  EXPECT_EQ(ledger_.bodies(), expected_);
}

TEST_P(ConnectorContract, ReadsEverythingAgainInFullMode) {
  write_five();
  ASSERT_SUCCEEDS(auto first, sync(*source_->connect(), ledger_));
  for (auto& [id, document] : ledger_.documents) document.body = "damaged";

  ASSERT_SUCCEEDS(const auto batches, sync(*source_->connect(), ledger_,
                                           {.mode = FetchMode::Full, .max_documents = 2}));

  EXPECT_EQ(ledger_.bodies(), expected_);
  EXPECT_EQ(changes_of(batches).size(), expected_.size());
}

TEST_P(ConnectorContract, TellsThatADocumentMoved) {
  write_five();
  ASSERT_SUCCEEDS(auto first, sync(*source_->connect(), ledger_));
  remove("a/b.md");
  write("moved/b.md", "body of a/b.md");
  source_->publish();

  ASSERT_SUCCEEDS(const auto batches, sync(*source_->connect(), ledger_));

  const auto changes = changes_of(batches);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].external_id, "moved/b.md");
  EXPECT_EQ(changes[0].moved_from, "a/b.md");
  EXPECT_EQ(ledger_.bodies(), expected_);
}

TEST_P(ConnectorContract, KeepsBothWhenNamesAreSwapped) {
  write_five();
  ASSERT_SUCCEEDS(auto first, sync(*source_->connect(), ledger_));
  const auto one = expected_.at("a.md");
  const auto other = expected_.at("b.txt");
  write("a.md", other);
  write("b.txt", one);
  source_->publish();

  ASSERT_SUCCEEDS(auto batches, sync(*source_->connect(), ledger_));

  EXPECT_EQ(ledger_.bodies(), expected_);
}

TEST_P(ConnectorContract, EqualsTheSourceAfterRandomEditsAndRandomKills) {
  std::mt19937 random(20261121);
  const auto pick = [&random](std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
  };
  const auto path_of = [](std::size_t n) {
    return (n % 3 == 0 ? "d/" : n % 3 == 1 ? "d-" : "") + std::to_string(n) + ".md";
  };
  for (int round = 0; round < 25; ++round) {
    for (std::size_t edit = pick(6); edit > 0; --edit) {
      const auto path = path_of(pick(12));
      const auto other = path_of(pick(12));
      const bool exists = expected_.count(path) > 0;
      if (exists && pick(3) == 0) {
        const auto body = expected_.at(path);
        remove(path);
        if (pick(2) == 0) write(other, body + (pick(2) == 0 ? "" : "\nand more\n"));
      } else {
        write(path, "line\nline " + std::to_string(pick(4)) + "\nline\n");
      }
    }
    source_->publish();
    for (std::size_t kills = pick(3); kills > 0; --kills) {
      ASSERT_SUCCEEDS(const auto batch, fetch(*source_->connect(), ledger_, {.max_documents = 1}));
      if (pick(2) == 0) ledger_.store(batch);
    }
    ASSERT_SUCCEEDS(auto batches,
                    sync(*source_->connect(), ledger_, {.max_documents = 1 + pick(4)}));
    ASSERT_EQ(ledger_.bodies(), expected_) << "round " << round;
  }
}

}  // namespace freshet::sources::testing
