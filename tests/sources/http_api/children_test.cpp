#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sources/http_api/support/connector_fixture.h"

namespace freshet::sources::http_api {
namespace {

using ::testing::IsEmpty;

constexpr std::string_view kListing =
    R"({"total": 1, "articles": [{"id": "a", "title": "A", "open": true, "updated_at": 1700000000}]})";
constexpr std::string_view kBlocks = R"({"blocks": [{"id": "x", "more": true}, {"id": "y"}]})";

/// Articles made of blocks, which may have blocks below them.
class ChildrenTest : public testing::HttpApiConnectorTest {
 protected:
  ChildrenTest() {
    manifest_.insert(manifest_.find("    deletes:"),
                     "    children: {blocks: {get: '/blocks/${parent.id}', records: '.blocks[]', "
                     "recurse: .more == true, on: [{status: 404, do: tombstone_parent}]}}\n");
    const std::string body = "{html: .body}";
    manifest_.replace(manifest_.find(body), body.size(),
                      "{text: '[$children.blocks[].id] | join(\" \")'}");
  }
  void answer(std::initializer_list<http::Response> responses) { api_.next = responses; }
};

TEST_F(ChildrenTest, ARecordWhosePartsAreGoneIsGone) {
  answer({{200, {}, std::string(kListing)}, {404, {}, "{}"}});
  ASSERT_SUCCEEDS(const auto batches, sync());
  EXPECT_THAT(ids(), IsEmpty());
}

TEST_F(ChildrenTest, WhatIsGoneBelowAPartLeavesTheRest) {
  answer({{200, {}, std::string(kListing)}, {200, {}, std::string(kBlocks)}, {404, {}, "{}"}});
  ASSERT_SUCCEEDS(const auto batches, sync());
  EXPECT_EQ(ledger_.documents.at("articles/a").body, "x y");
}

}  // namespace
}  // namespace freshet::sources::http_api
