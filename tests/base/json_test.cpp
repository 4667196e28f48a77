#include "base/json.h"

#include <nlohmann/json.hpp>

#include "tests/support/result_matchers.h"

namespace freshet {
namespace {

using testing::FailsWith;
using ::testing::HasSubstr;

TEST(Json, ReadsEveryKindOfValue) {
  ASSERT_SUCCEEDS(
      const Json value,
      parse_json(R"({"s":"x","i":-3,"u":18446744073709551615,"d":1.5,"b":true,"n":null,"a":[1]})"));
  EXPECT_EQ(json_string(value, "s"), "x");
  EXPECT_EQ(json_integer(value, "i"), -3);
  EXPECT_EQ(value["u"].get<std::uint64_t>(), 18446744073709551615ULL);
  EXPECT_EQ(json_number(value, "d"), 1.5);
  EXPECT_EQ(json_boolean(value, "b"), true);
  EXPECT_TRUE(json_member(value, "n")->is_null());
  EXPECT_EQ(dump_json(value["a"]), "[1]");
}

TEST(Json, GivesNothingForAnotherType) {
  ASSERT_SUCCEEDS(const Json value, parse_json(R"({"s":1})"));
  EXPECT_EQ(json_string(value, "s"), std::nullopt);
  EXPECT_EQ(json_member(value["s"], "x"), nullptr);
}

TEST(Json, RefusesWhatIsNotJson) {
  for (const char* text : {"", "{", "{\"a\":1,}", "[1] x", "\"\xff\"", "nul"}) {
    EXPECT_THAT(parse_json(text), FailsWith(ErrorKind::Invalid, HasSubstr("not valid JSON")))
        << text;
  }
}

TEST(Json, RefusesNestingThatWouldExhaustTheStack) {
  EXPECT_FALSE(parse_json(std::string(100'000, '[')).has_value());
}

TEST(Json, TakesTheLastOfARepeatedKeyAndKeepsTheOrder) {
  ASSERT_SUCCEEDS(const Json value, parse_json(R"({"b":1,"a":2,"b":3})"));
  EXPECT_EQ(dump_json(value), R"({"b":3,"a":2})");
}

TEST(Json, ReadsAnObjectOfManyKeysInLinearTime) {
  std::string text = "{\"k\":0";
  for (int i = 0; i < 200'000; ++i) text += ",\"k" + std::to_string(i) + "\":1";
  ASSERT_SUCCEEDS(const Json value, parse_json(text + "}"));
  EXPECT_EQ(value.size(), 200'001U);
}

TEST(Json, WritesBrokenTextAsReplacementCharacters) {
  EXPECT_EQ(dump_json(Json("a\xff")), "\"a\xEF\xBF\xBD\"");
}

}  // namespace
}  // namespace freshet
