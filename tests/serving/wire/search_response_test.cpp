#include "serving/wire/search_response.h"

#include <nlohmann/json.hpp>

#include "tests/serving/test_server.h"
#include "tests/support/result_matchers.h"

namespace freshet::serving {
namespace {

using testing::refund_answer;

class SearchResponse : public ::testing::Test {
 protected:
  Json write(const index::Answer& answer) const {
    return search_response(answer, {"id-1", query_, *parse_rfc3339("2026-11-20T00:00:00Z"), 7.5});
  }

  index::Query query_;
};

TEST_F(SearchResponse, NamesTheGenerationThatAnsweredAndItsAge) {
  const auto json = write(refund_answer());

  EXPECT_EQ(json["request_id"], "id-1");
  EXPECT_EQ(json["index"]["generation"], 7);
  EXPECT_EQ(json["index"]["published_at"], "2026-11-19T23:58:00Z");
  EXPECT_EQ(json["index"]["age_seconds"], 120);
  EXPECT_EQ(json["took_ms"], 7.5);
  EXPECT_EQ(json["total"]["value"], 37);
  EXPECT_EQ(json["total"]["relation"], "lower_bound");
}

TEST_F(SearchResponse, EchoesWhatWasApplied) {
  query_.mode = index::SearchMode::Keyword;
  query_.alpha = 0.5;
  query_.top_k = 3;

  const auto applied = write(refund_answer())["applied"];

  EXPECT_EQ(applied["mode"], "lexical");
  EXPECT_EQ(applied["alpha"], 0.5);
  EXPECT_EQ(applied["top_k"], 3);
  EXPECT_EQ(applied["principal_count"], 1);
}

TEST_F(SearchResponse, ShowsAHitWithItsPlaceInTheSource) {
  const auto hit = write(refund_answer())["hits"].at(0);

  EXPECT_EQ(hit["id"], "docs:refunds/cards.md#0");
  EXPECT_EQ(hit["document_id"], "docs:refunds/cards.md");
  EXPECT_EQ(hit["content"], "Card refunds take up to 10 business days.");
  EXPECT_EQ(hit["heading_path"], Json::array({"Cards"}));
  EXPECT_EQ(hit["range"],
            Json({{"byte_begin", 120}, {"byte_end", 161}, {"line_first", 9}, {"line_last", 9}}));
  EXPECT_EQ(hit["locale"], "en");
  EXPECT_EQ(hit["metadata"]["product"], "billing");
  EXPECT_TRUE(hit["owner"].is_null());
  EXPECT_EQ(hit["group"], Json::array());
}

TEST_F(SearchResponse, KeepsPermissionsAndHashesInside) {
  const auto text = dump_json(write(refund_answer()));

  EXPECT_EQ(text.find("allow"), std::string::npos);
  EXPECT_EQ(text.find("0123456789abcdef"), std::string::npos);
}

TEST_F(SearchResponse, ExplainsWithTheApisNamesOfTheLegs) {
  const auto why = write(refund_answer())["hits"][0]["explain"];

  EXPECT_EQ(why["lexical"]["rank"], 2);
  EXPECT_EQ(why["lexical"]["bm25"], 11.83);
  EXPECT_EQ(why["lexical"]["terms"], Json::array({"refund"}));
  EXPECT_TRUE(why["vector"]["rank"].is_null());
  EXPECT_EQ(why["vector"]["cosine"], 0.62);
  EXPECT_EQ(why["fusion"]["lambda"], 0.4);
  EXPECT_EQ(why["final"], 0.94);
}

TEST_F(SearchResponse, LeavesTheExplanationNullUnlessAsked) {
  auto answer = refund_answer();
  answer.hits[0].explanation.reset();

  EXPECT_TRUE(write(answer)["hits"][0]["explain"].is_null());
}

TEST_F(SearchResponse, NamesAFailedLegLikeItsMode) {
  auto answer = refund_answer();
  answer.degraded = {"keyword", "vector"};

  EXPECT_EQ(write(answer)["degraded"], Json::array({"lexical", "vector"}));
}

TEST_F(SearchResponse, PutsADocumentsFurtherPassagesInTheGroup) {
  auto answer = refund_answer();
  answer.hits[0].group = refund_answer().hits;

  const auto group = write(answer)["hits"][0]["group"];

  ASSERT_EQ(group.size(), 1U);
  EXPECT_EQ(group[0]["id"], "docs:refunds/cards.md#0");
  EXPECT_FALSE(group[0].contains("group"));
}

TEST_F(SearchResponse, SurvivesTextThatIsNotUtf8AndAnUnknownAge) {
  auto answer = refund_answer();
  answer.hits[0].passage.text = "caf\xe9";
  answer.published_at = "";

  const auto json = write(answer);

  EXPECT_TRUE(json["index"]["age_seconds"].is_null());
  EXPECT_THAT(parse_json(dump_json(json)), ::freshet::testing::Succeeds());
}

}  // namespace
}  // namespace freshet::serving
