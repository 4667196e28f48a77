#include "index/encoding/embeddings_api.h"

#include "tests/support/result_matchers.h"

namespace freshet::index {
namespace {

using ::testing::ElementsAre;
using testing::FailsWith;
using ::testing::HasSubstr;

TEST(EmbeddingsRequest, IsOneLineOfJsonWhateverTheBytes) {
  EXPECT_EQ(embeddings_request("m", {"a\"b\n", "\xff"}),
            "{\"model\":\"m\",\"input\":[\"a\\\"b\\n\",\"\uFFFD\"],\"encoding_format\":\"float\"}");
}

TEST(ParseEmbeddings, OrdersByIndexAndScalesToUnitLength) {
  ASSERT_SUCCEEDS(const auto vectors,
                  parse_embeddings(R"({"data":[{"index":1,"embedding":[0,2]},)"
                                   R"({"index":0,"embedding":[3,4]}],"model":"m"})",
                                   {2, 2}));

  EXPECT_THAT(vectors[0], ElementsAre(0.6F, 0.8F));
  EXPECT_THAT(vectors[1], ElementsAre(0.0F, 1.0F));
}

TEST(ParseEmbeddings, TakesItemsWithoutIndexInTheirOrder) {
  ASSERT_SUCCEEDS(
      const auto vectors,
      parse_embeddings(R"({"data":[{"embedding":[1,0]},{"embedding":[0,1]}]})", {2, 2}));

  EXPECT_THAT(vectors[1], ElementsAre(0.0F, 1.0F));
}

TEST(ParseEmbeddings, RefusesEverythingElse) {
  const std::vector<std::pair<std::string, std::string>> unusable{
      {"", "v1/embeddings"},
      {"<html><body>Welcome</body></html>", "v1/embeddings"},
      {"[]", "data"},
      {R"({"data":7})", "data"},
      {R"({"data":[]})", "0 vectors for 2 texts"},
      {R"({"data":[{"embedding":[1,0]}]})", "1 vectors for 2 texts"},
      {R"({"data":[{"index":0,"embedding":[1,0]},{"index":0,"embedding":[1,0]}]})", "index"},
      {R"({"data":[{"index":0,"embedding":[1,0]},{"index":2,"embedding":[1,0]}]})", "index"},
      {R"({"data":[{"index":-1,"embedding":[1,0]},{"index":0,"embedding":[1,0]}]})", "index"},
      {R"({"data":[{"index":"0","embedding":[1,0]},{"index":1,"embedding":[1,0]}]})", "index"},
      {R"({"data":[{"embedding":[1,0,0]},{"embedding":[1,0]}]})", "set encoder.dimension to 3"},
      {R"({"data":[{"embedding":[1,null]},{"embedding":[1,0]}]})", "no number"},
      {R"({"data":[{"embedding":[1,NaN]},{"embedding":[1,0]}]})", "not valid JSON"},
      {R"({"data":[{"embedding":[1,1e300]},{"embedding":[1,0]}]})", "finite"},
      {R"({"data":[{"embedding":"AAAA"},{"embedding":[1,0]}]})", "not an array"},
      {R"({"data":[1,2]})", "missing"},
  };

  for (const auto& [body, reason] : unusable) {
    EXPECT_THAT(parse_embeddings(body, {2, 2}), FailsWith(ErrorKind::Invalid, HasSubstr(reason)))
        << body;
  }
}

TEST(ErrorMessage, IsFoundInTheShapesThatServersUseAndKeptShort) {
  EXPECT_EQ(error_message_of(R"({"error":{"message":"too\nlong"}})"), "too long");
  EXPECT_EQ(error_message_of(R"({"error":"plain"})"), "plain");
  EXPECT_EQ(error_message_of(R"({"message":"bare"})"), "bare");
  EXPECT_EQ(error_message_of(R"({"error":{"message":")" + std::string(1000, 'x') + "\"}}").size(),
            200U);
  EXPECT_EQ(error_message_of("<html>"), "");
  EXPECT_EQ(error_message_of("[1]"), "");
  EXPECT_EQ(error_message_of(""), "");
}

}  // namespace
}  // namespace freshet::index
