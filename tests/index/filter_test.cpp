#include "index/filter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/result_matchers.h"

namespace freshet::index {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using testing::FailsWith;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using testing::Succeeds;

Result<Filter> read(const std::string& text) {
  FRESHET_TRY(const Json json, parse_json(text));
  return parse_filter(json);
}

TEST(Filter, ReadsComparisonsAndGroups) {
  ASSERT_SUCCEEDS(const Filter filter, read(R"({"type": "and", "filters": [
      {"type": "eq", "key": "product", "value": "billing"},
      {"type": "or", "filters": [{"type": "gte", "key": "stars", "value": 3},
                                 {"type": "in", "key": "kind", "value": ["article", true, 2.5]}]},
      {"type": "not", "filters": [{"type": "exists", "key": "draft"}]}]})"));

  EXPECT_EQ(filter.op, FilterOperator::And);
  ASSERT_THAT(filter.children, SizeIs(3));
  EXPECT_EQ(filter.children[0].op, FilterOperator::Equal);
  EXPECT_EQ(filter.children[0].key, "product");
  EXPECT_THAT(filter.children[0].values, ElementsAre("billing"));
  EXPECT_EQ(filter.children[1].op, FilterOperator::Or);
  EXPECT_EQ(filter.children[1].children[0].op, FilterOperator::GreaterOrEqual);
  EXPECT_THAT(filter.children[1].children[0].values, ElementsAre("3"));
  EXPECT_THAT(filter.children[1].children[1].values, ElementsAre("article", "true", "2.5"));
  EXPECT_EQ(filter.children[2].op, FilterOperator::Not);
  EXPECT_EQ(filter.children[2].children[0].op, FilterOperator::Exists);
}

TEST(Filter, ReadsEveryOperator) {
  for (const char* name : {"eq", "ne", "gt", "gte", "lt", "lte"}) {
    EXPECT_THAT(read(std::string(R"({"type": ")") + name + R"(", "key": "a", "value": "b"})"),
                Succeeds());
  }
  ASSERT_SUCCEEDS(const Filter absent, read(R"({"type": "exists", "key": "a", "value": false})"));
  EXPECT_EQ(absent.op, FilterOperator::Not);
  ASSERT_SUCCEEDS(const Filter none, read(R"({"type": "nin", "key": "a", "value": ["b"]})"));
  EXPECT_EQ(none.op, FilterOperator::NotIn);
}

TEST(Filter, NamesThePlaceOfTheProblem) {
  const std::pair<const char*, const char*> cases[] = {
      {R"([])", "the filter"},
      {R"({})", "/type"},
      {R"({"type": 7})", "/type"},
      {R"({"type": "eq", "value": "x"})", "/key"},
      {R"({"type": "eq", "key": "", "value": "x"})", "/key"},
      {R"({"type": "eq", "key": "a"})", "/value"},
      {R"({"type": "eq", "key": "a", "value": null})", "/value"},
      {R"({"type": "eq", "key": "a", "value": ["x"]})", "/value"},
      {R"({"type": "in", "key": "a", "value": "x"})", "/value"},
      {R"({"type": "in", "key": "a", "value": []})", "/value"},
      {R"({"type": "in", "key": "a", "value": ["x", {}]})", "/value/1"},
      {R"({"type": "exists", "key": "a", "value": "yes"})", "/value"},
      {R"({"type": "and"})", "/filters"},
      {R"({"type": "or", "filters": []})", "/filters"},
      {R"({"type": "not", "filters": [{"type":"exists","key":"a"},{"type":"exists","key":"b"}]})",
       "/filters"},
      {R"({"type": "and", "filters": [{"type":"exists","key":"a"}, 5]})", "/filters/1"},
      {R"({"type": "eq", "key": "a", "value": "b", "a/b~c": 1})", "/a~1b~0c"}};
  for (const auto& [text, place] : cases) {
    EXPECT_THAT(read(text), FailsWith(ErrorKind::Invalid, HasSubstr(place))) << text;
  }
}

TEST(Filter, SuggestsWhatWasMeant) {
  EXPECT_THAT(read(R"({"type": "exist", "key": "a"})"),
              FailsWith(ErrorKind::Invalid, HasSubstr("did you mean \"exists\"")));
  EXPECT_THAT(read(R"({"type": "contains", "key": "a", "value": "b"})"),
              FailsWith(ErrorKind::Invalid, HasSubstr("use eq, ne")));
  EXPECT_THAT(read(R"({"type": "and", "filter": []})"),
              FailsWith(ErrorKind::Invalid, AllOf(HasSubstr("/filter"), HasSubstr("\"filters\""))));
}

TEST(Filter, IsBounded) {
  std::string deep = R"({"type": "exists", "key": "a"})";
  for (int depth = 1; depth < 8; ++depth) deep = R"({"type": "not", "filters": [)" + deep + "]}";
  EXPECT_THAT(read(deep), Succeeds());
  EXPECT_THAT(read(R"({"type": "not", "filters": [)" + deep + "]}"),
              FailsWith(ErrorKind::Invalid, HasSubstr("8 deep")));

  Json wide = {{"type", "and"}, {"filters", Json::array()}};
  for (int at = 0; at < 63; ++at) wide["filters"].push_back({{"type", "exists"}, {"key", "a"}});
  EXPECT_THAT(parse_filter(wide), Succeeds());
  wide["filters"].push_back({{"type", "exists"}, {"key", "a"}});
  EXPECT_THAT(parse_filter(wide), FailsWith(ErrorKind::Invalid, HasSubstr("64 conditions")));

  const Json long_value = {{"type", "eq"}, {"key", "a"}, {"value", std::string(1025, 'x')}};
  EXPECT_THAT(parse_filter(long_value), FailsWith(ErrorKind::Invalid, HasSubstr("1024")));
}

TEST(FilterExpression, ReadsEverySign) {
  ASSERT_SUCCEEDS(const Filter filter,
                  parse_filter_expression(
                      "product=billing, "
                      "locale!=de,updated_at>=2026-01-01,a<=1,b>2,c<3,kind=article|macro,d!=x|y"));

  ASSERT_THAT(filter.children, SizeIs(8));
  const FilterOperator expected[] = {
      FilterOperator::Equal,       FilterOperator::NotEqual, FilterOperator::GreaterOrEqual,
      FilterOperator::LessOrEqual, FilterOperator::Greater,  FilterOperator::Less,
      FilterOperator::In,          FilterOperator::NotIn};
  for (std::size_t at = 0; at < 8; ++at) EXPECT_EQ(filter.children[at].op, expected[at]) << at;
  EXPECT_EQ(filter.children[1].key, "locale");
  EXPECT_THAT(filter.children[2].values, ElementsAre("2026-01-01"));
  EXPECT_THAT(filter.children[6].values, ElementsAre("article", "macro"));
}

TEST(FilterExpression, KeepsOneConditionAsItIsAndUnescapes) {
  ASSERT_SUCCEEDS(const Filter filter, parse_filter_expression(R"(title=a\,b\|c\\ = d)"));

  EXPECT_EQ(filter.op, FilterOperator::Equal);
  EXPECT_EQ(filter.key, "title");
  EXPECT_THAT(filter.values, ElementsAre("a,b|c\\ = d"));
}

TEST(FilterExpression, RefusesWhatItCannotRead) {
  for (const char* text :
       {"", ",", "a", "=b", "a=", "a=b,", "a=|b", "a>1|2", "a!b", "\\", "a=b,,c=d"}) {
    EXPECT_THAT(parse_filter_expression(text), FailsWith(ErrorKind::Invalid, HasSubstr("filter")))
        << text;
  }
  EXPECT_THAT(parse_filter_expression(std::string(9000, 'a')),
              FailsWith(ErrorKind::Invalid, HasSubstr("8192")));
  std::string many = "a=b";
  for (int at = 0; at < 63; ++at) many += ",a=b";
  EXPECT_THAT(parse_filter_expression(many), FailsWith(ErrorKind::Invalid, HasSubstr("63")));
}

}  // namespace
}  // namespace freshet::index
