#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sources/http_api/support/connector_fixture.h"

namespace freshet::sources::http_api {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Pair;

/// The help center by way of a proxy; it goes on calling itself by its own name.
class ProxyTest : public testing::HttpApiConnectorTest {
 protected:
  ProxyTest() {
    const std::string pages = "{type: page, into: {query: page}, total: .total}";
    manifest_.replace(manifest_.find(pages), pages.size(), "{type: next_url, from: .next}");
    api_settings().base_url = "https://proxy.example/desk/";
  }
  void answer_with_next(const std::string& address) {
    api_.next = {{200, {}, R"({"articles": [], "next": ")" + address + R"("})"},
                 {200, {}, R"({"articles": []})"}};
  }
};

TEST_F(ProxyTest, GoesOnByWayOfTheBaseWhereTheServiceNamesItself) {
  answer_with_next("https://help.example/api/articles?page=2");
  ASSERT_SUCCEEDS(const auto batches, sync());
  ASSERT_EQ(api_.requests.size(), 2U);
  EXPECT_EQ(api_.requests[1].url, "https://proxy.example/desk/articles?page=2");
  EXPECT_THAT(api_.requests[1].headers, Contains(Pair("Authorization", "Bearer s3cret")));
}

TEST_F(ProxyTest, GoesOnByWayOfTheBaseWhereOnlyTheNameOfTheHostDiffers) {
  answer_with_next("http://inside.example:8080/desk/articles?page=2");
  ASSERT_SUCCEEDS(const auto batches, sync());
  ASSERT_EQ(api_.requests.size(), 2U);
  EXPECT_EQ(api_.requests[1].url, "https://proxy.example/desk/articles?page=2");
}

TEST_F(ProxyTest, GoesNowhereElse) {
  for (const char* elsewhere : {"https://evil.example/other?page=2", "https://evil.example/desktop",
                                "http://169.254.169.254/latest/meta-data"}) {
    answer_with_next(elsewhere);
    api_.requests.clear();
    const auto batches = sync();
    EXPECT_EQ(api_.requests.size(), 1U) << elsewhere;
    ASSERT_TRUE(batches);
    EXPECT_THAT(batches->back().problems, Contains(HasSubstr("no host of its manifest")));
  }
}

TEST_F(ProxyTest, GoesNowhereElseFromABaseWithoutAPath) {
  manifest_.replace(manifest_.find("https://help.example/api"), 24, "https://help.example");
  api_settings().base_url.clear();
  answer_with_next("https://evil.example/articles?page=2");
  ASSERT_SUCCEEDS(const auto batches, sync());
  EXPECT_EQ(api_.requests.size(), 1U);
  EXPECT_THAT(batches.back().problems, Contains(HasSubstr("no host of its manifest")));
}

TEST_F(ProxyTest, PutsTheBaseBeforeAnAddressWithoutAHost) {
  manifest_.replace(manifest_.find("https://help.example/api"), 24, "https://help.example");
  answer_with_next("/articles?page=2");
  ASSERT_SUCCEEDS(const auto batches, sync());
  ASSERT_EQ(api_.requests.size(), 2U);
  EXPECT_EQ(api_.requests[1].url, "https://proxy.example/desk/articles?page=2");
}

TEST_F(ProxyTest, CountsNextPagesAgainstTheLimitOfTheirPath) {
  manifest_.insert(manifest_.find("auth:"), "limits: [{match: /articles, max: 1, per: 60s}]\n");
  answer_with_next("https://help.example/api/articles?page=2");
  ASSERT_SUCCEEDS(const auto batches, sync());
  ASSERT_EQ(api_.requests.size(), 2U);
  EXPECT_THAT(waiter_.waits(), ::testing::SizeIs(1));
}

}  // namespace
}  // namespace freshet::sources::http_api
