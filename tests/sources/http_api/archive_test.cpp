#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sources/http_api/support/connector_fixture.h"

namespace freshet::sources::http_api {
namespace {

using std::chrono::hours;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

/// A help center that lists archived articles no longer and keeps them at another address.
class ArchiveTest : public testing::HttpApiConnectorTest {
 protected:
  ArchiveTest() {
    manifest_.insert(manifest_.find("    map:"), "      archive: {get: '/archive/${rec.id}'}\n");
    api_.rows = 100;
  }
  void write(int count) {
    for (int i = 0; i < count; ++i) api_.write(name(i), "text");
    clock_.advance(hours(1));
  }
  static std::string name(int number) { return "a" + std::to_string(1000 + number); }
  void sync_on_days(int days) {
    for (int day = 0; day < days; ++day) {
      clock_.advance(hours(25));
      ASSERT_SUCCEEDS(const auto batches, sync());
      problems_ = batches.back().problems;
    }
  }
  std::vector<std::string> problems_;
};

TEST_F(ArchiveTest, WhatIsArchivedStaysWithoutARemark) {
  write_five();
  ASSERT_SUCCEEDS(const auto first, sync());
  api_.archive("b");

  sync_on_days(10);

  EXPECT_THAT(ids(), SizeIs(5));
  EXPECT_THAT(problems_, IsEmpty());
}

TEST_F(ArchiveTest, WhatIsListedAgainIsReadAsBefore) {
  write_five();
  ASSERT_SUCCEEDS(const auto first, sync());
  api_.archive("b");
  sync_on_days(2);

  api_.write("b", "opened again");
  sync_on_days(1);

  EXPECT_EQ(ledger_.documents.at("articles/b").body, "opened again");
}

TEST_F(ArchiveTest, WhatIsDeletedThereGoesWithinAMonth) {
  write_five();
  ASSERT_SUCCEEDS(const auto first, sync());
  api_.archive("b");
  sync_on_days(2);
  api_.remove("b");

  sync_on_days(2);
  EXPECT_THAT(ids(), Contains("articles/b"));
  sync_on_days(30);
  EXPECT_THAT(ids(), Not(Contains("articles/b")));
}

TEST_F(ArchiveTest, NothingIsDeletedUnaskedHoweverManyWentAtOnce) {
  write(700);
  ASSERT_SUCCEEDS(const auto first, sync());
  for (int i = 0; i < 650; ++i) api_.archive(name(i));

  sync_on_days(8);

  EXPECT_THAT(ids(), SizeIs(700));
  EXPECT_THAT(problems_, IsEmpty());
}

TEST_F(ArchiveTest, UnderAnotherManifestItStaysTheSame) {
  write(700);
  ASSERT_SUCCEEDS(const auto first, sync());
  for (int i = 0; i < 650; ++i) api_.archive(name(i));
  sync_on_days(8);
  manifest_ += "# another\n";

  sync_on_days(8);

  EXPECT_THAT(ids(), SizeIs(700));
}

TEST_F(ArchiveTest, HidesNotThatMuchOfTheRestIsMissing) {
  write(106);
  ASSERT_SUCCEEDS(const auto first, sync());
  for (int i = 0; i < 100; ++i) api_.archive(name(i));
  sync_on_days(1);
  for (int i = 100; i < 103; ++i) api_.hidden.insert(name(i)), api_.refused[name(i)] = 403;

  sync_on_days(3);

  EXPECT_THAT(ids(), SizeIs(106));
  EXPECT_THAT(problems_, Contains(::testing::HasSubstr("3 of 6 documents are missing")));
}

}  // namespace
}  // namespace freshet::sources::http_api
