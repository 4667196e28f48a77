#include "sources/http_api/value.h"

#include <limits>

#include <gtest/gtest.h>

#include "tests/support/result_matchers.h"

namespace freshet::sources::http_api {
namespace {

using ::freshet::testing::FailsWith;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Value parsed(std::string_view json) {
  auto value = Value::parse(json);
  EXPECT_TRUE(value.has_value()) << json << ": " << (value ? "" : value.error().message);
  return value ? *value : Value{};
}

TEST(Value, KeepsEveryDigitOfIntegersThatADoubleCannotHold) {
  EXPECT_EQ(parsed("9007199254740993"), Value::text("9007199254740993"));
  EXPECT_EQ(parsed("-9007199254740993"), Value::text("-9007199254740993"));
  EXPECT_EQ(parsed("18446744073709551615"), Value::text("18446744073709551615"));
  EXPECT_EQ(parsed(R"({"id": 123456789012345678901234567890, "n": "12\"3", "f": 1.5e3})").to_json(),
            R"({"f":1500,"id":"123456789012345678901234567890","n":"12\"3"})");
}

TEST(Value, KeepsIntegersUpToTwoToThe53AsNumbers) {
  EXPECT_EQ(parsed("9007199254740992").as_number(), 9007199254740992.0);
  EXPECT_EQ(parsed("-9007199254740992").scalar(), "-9007199254740992");
}

TEST(Value, WritesWholeNumbersWithoutFractionOrExponent) {
  EXPECT_EQ(parsed("12345").scalar(), "12345");
  EXPECT_EQ(parsed("1.0").scalar(), "1");
  EXPECT_EQ(parsed("1e3").scalar(), "1000");
  EXPECT_EQ(parsed("-0.0").scalar(), "0");
  EXPECT_EQ(parsed("0.1").scalar(), "0.1");
}

TEST(Value, SaysWhereJsonIsWrong) {
  EXPECT_THAT(Value::parse("{\"a\": [1, 2"),
              FailsWith(ErrorKind::Invalid, HasSubstr("at byte 12")));
  EXPECT_THAT(Value::parse("[NaN]"), FailsWith(ErrorKind::Invalid, HasSubstr("at byte 2")));
  EXPECT_THAT(Value::parse("\xEF\xBB\xBF{}"),
              FailsWith(ErrorKind::Invalid, HasSubstr("byte order mark")));
  EXPECT_THAT(Value::parse("\"ab\xC3\x28\""),
              FailsWith(ErrorKind::Invalid, HasSubstr("at byte 5")));
  EXPECT_THAT(Value::parse("{} {}"), FailsWith(ErrorKind::Invalid, HasSubstr("at byte 4")));
  EXPECT_THAT(Value::parse(""), FailsWith(ErrorKind::Invalid, HasSubstr("not valid JSON")));
  EXPECT_THAT(Value::parse("1e999"), FailsWith(ErrorKind::Invalid, HasSubstr("not valid JSON")));
  EXPECT_THAT(Value::parse("-012345678901234567890"), FailsWith(ErrorKind::Invalid, HasSubstr("")));
}

TEST(Value, RefusesNestingDeeperThan512) {
  EXPECT_THAT(Value::parse(std::string(511, '[') + std::string(511, ']')),
              ::freshet::testing::Succeeds());
  EXPECT_THAT(Value::parse(std::string(600, '[') + std::string(600, ']')),
              FailsWith(ErrorKind::Invalid, HasSubstr("deep")));
  EXPECT_THAT(Value::parse(std::string(1000000, '[')),
              FailsWith(ErrorKind::Invalid, HasSubstr("")));
}

TEST(Value, TakesTheLastOfRepeatedKeys) {
  EXPECT_EQ(parsed(R"({"a": 1, "b": 2, "a": 3})").to_json(), R"({"a":3,"b":2})");
}

TEST(Value, WritesEqualValuesAsEqualTexts) {
  const Value one = parsed(R"({"b": [1, null, true], "a": {"y": "é\n\"", "x": 1.0}})");
  const Value other = parsed(R"({"a": {"x": 1, "y": "\u00e9\u000a\""}, "b": [1.0, null, true]})");

  EXPECT_EQ(one, other);
  EXPECT_EQ(one.to_json(), other.to_json());
  EXPECT_EQ(one.to_json(), "{\"a\":{\"x\":1,\"y\":\"é\\n\\\"\"},\"b\":[1,null,true]}");
}

TEST(Value, KeepsZeroBytesAndRepairsBrokenText) {
  const std::string_view zero("a\0b", 3);
  EXPECT_EQ(Value::text(zero).scalar(), std::string(zero));
  EXPECT_EQ(Value::text("a\xFFz").scalar(), "a\xEF\xBF\xBDz");
}

TEST(Value, CopiesDoNotSeeLaterChanges) {
  Value first = parsed(R"({"a": 1})");
  const Value second = first;
  first.set("a", Value::text("changed"));
  first.set("b", Value::array({Value::number(1), Value::boolean(false)}));

  EXPECT_EQ(second.to_json(), R"({"a":1})");
  EXPECT_EQ(first.to_json(), R"({"a":"changed","b":[1,false]})");
  first = *&first;
  EXPECT_EQ(first.size(), 2U);
}

TEST(Value, AnswersWhatIsNotThereWithNull) {
  const Value value = parsed(R"({"list": [1], "none": null})");
  EXPECT_TRUE(value.get("missing").is_null());
  EXPECT_FALSE(value.has("missing"));
  EXPECT_TRUE(value.has("none"));
  EXPECT_TRUE(value.get("list").at(1).is_null());
  EXPECT_TRUE(value.get("list").get("x").is_null());
  EXPECT_TRUE(Value::text("x").at(0).is_null());
  EXPECT_FALSE(value.get("list").scalar().has_value());
  EXPECT_FALSE(Value{}.scalar().has_value());
  EXPECT_FALSE(Value::number(std::numeric_limits<double>::quiet_NaN()).scalar().has_value());
  EXPECT_THAT(value.keys(), ElementsAre("list", "none"));
}

TEST(Value, MakesArraysAndObjectsOfNull) {
  Value list;
  list.append(Value::text("x"));
  Value object;
  object.set("k", list);
  EXPECT_EQ(object.to_json(), R"({"k":["x"]})");
}

}  // namespace
}  // namespace freshet::sources::http_api
