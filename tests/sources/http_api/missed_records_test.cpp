#include "sources/http_api/reading/missed_records.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sources/http_api/support/connector_fixture.h"

namespace freshet::sources::http_api {
namespace {

using std::chrono::hours;
using ::testing::Contains;
using ::testing::Not;

class MissedRecordsTest : public testing::HttpApiConnectorTest {
 protected:
  void write_five_on_five_days() {
    for (const char* id : {"a", "b", "c", "d", "e"}) {
      api_.write(id, "<p>text of " + std::string(id) + "</p>");
      clock_.advance(hours(24));
    }
  }
  void sync_a_day_later() {
    clock_.advance(hours(25));
    ASSERT_SUCCEEDS(const auto batches, sync());
  }
};

TEST_F(MissedRecordsTest, ThatMovedToAPageAlreadyReadAreReadAfterTwoSweeps) {
  write_five_on_five_days();
  api_.meanwhile = [&] { api_.remove("a"); };
  ASSERT_SUCCEEDS(const auto first, sync());
  ASSERT_THAT(ids(), Not(Contains("articles/c")));

  for (int day = 0; day < 2; ++day) sync_a_day_later();
  ASSERT_SUCCEEDS(const auto next, sync());

  EXPECT_THAT(ids(), Contains("articles/c"));
}

TEST_F(MissedRecordsTest, AreReadWithoutReadingTheOthersAgain) {
  write_five_on_five_days();
  api_.meanwhile = [&] { api_.remove("a"); };
  ASSERT_SUCCEEDS(const auto first, sync());
  for (int day = 0; day < 2; ++day) sync_a_day_later();

  ASSERT_SUCCEEDS(const auto batches, sync());

  std::size_t changes = 0;
  for (const Batch& batch : batches) changes += batch.changes.size();
  EXPECT_EQ(changes, 1U);
}

TEST(MissedRecords, BeginAgainTwiceForWhatIsNeverGiven) {
  MissedRecords missed;
  std::vector<int> begun;
  for (int listing = 1; listing <= 40; ++listing) {
    if (missed.note({"never", "never either"})) begun.push_back(listing);
    missed = MissedRecords::from_value(missed.to_value());
  }
  EXPECT_THAT(begun, ::testing::ElementsAre(2, 4));
}

TEST(MissedRecords, AreFoundBesideManyThatAreNeverGiven) {
  MissedRecords missed;
  std::set<std::string> lacking;
  for (int i = 0; i < 5000; ++i) lacking.insert("a" + std::to_string(i));
  for (int listing = 1; listing <= 9; ++listing) (void)missed.note(lacking);
  lacking.insert("z");
  EXPECT_FALSE(missed.note(lacking));
  EXPECT_TRUE(missed.note(lacking));
}

TEST(MissedRecords, AreNoneWhereTheNextSyncBroughtWhatWasNew) {
  MissedRecords missed;
  EXPECT_FALSE(missed.note({"new"}));
  EXPECT_FALSE(missed.note({"newer"}));
  EXPECT_FALSE(missed.note({}));
  EXPECT_FALSE(missed.note({"new"}));
}

TEST(MissedRecords, AreNotThoseThatWereReadAndMakeNoDocument) {
  MissedRecords missed;
  missed.settle("skipped");
  for (int listing = 1; listing <= 8; ++listing) {
    EXPECT_FALSE(missed.note({"skipped"}));
    missed = MissedRecords::from_value(missed.to_value());
  }
}

TEST(MissedRecords, TakeNoMoreRoomThanAHundredThousandKeys) {
  std::set<std::string> many;
  for (int i = 0; i < 100'100; ++i) many.insert(std::to_string(i));
  MissedRecords missed;
  (void)missed.note(many);
  missed.settle("another");
  EXPECT_LE(missed.to_value().as_text().size(), 900'000U);
}

TEST(MissedRecords, AreNoneWhereACursorCannotBeRead) {
  for (const char* text : {"", "12345", "zzzzzzzzz!", "\xff\xff\xff\xff\xff\xff\xff\xff\xff"}) {
    EXPECT_FALSE(MissedRecords::from_value(Value::text(text)).note({"new"})) << text;
  }
}

}  // namespace
}  // namespace freshet::sources::http_api
