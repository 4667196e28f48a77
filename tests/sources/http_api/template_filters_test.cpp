#include "sources/http_api/template_filters.h"

#include <set>

#include <gtest/gtest.h>

#include "sources/http_api/template.h"
#include "tests/support/result_matchers.h"

namespace freshet::sources::http_api {
namespace {

using ::testing::HasSubstr;

/// JSON in, filters, JSON out; or the error.
std::string filtered(std::string_view json, std::string_view chain) {
  const auto compiled = Template::compile("${rec | " + std::string(chain) + "}");
  if (!compiled) return compiled.error().message;
  Scope scope;
  const auto value = Value::parse(json);
  EXPECT_TRUE(value.has_value()) << json;
  scope.roots["rec"] = value ? *value : Value{};
  scope.roots["now"] = Value::text("2026-03-01T12:00:00Z");
  const auto result = compiled->render(scope);
  return result ? result->to_json() : result.error().message;
}

TEST(TemplateFilters, AreEachDescribedOnce) {
  std::set<std::string_view> names;
  for (const Filter& filter : filters()) {
    EXPECT_TRUE(names.insert(filter.name).second) << filter.name;
    EXPECT_TRUE(filter.form.starts_with(filter.name)) << filter.name;
    EXPECT_FALSE(filter.meaning.empty()) << filter.name;
    EXPECT_LE(filter.least, filter.most) << filter.name;
  }
  EXPECT_EQ(names.size(), 30U);
}

TEST(TemplateFilters, ConvertTypes) {
  EXPECT_EQ(filtered("\"12\"", "int"), "12");
  EXPECT_EQ(filtered("-12.9", "int"), "-12");
  EXPECT_THAT(filtered("\"12x\"", "int"), HasSubstr("not a whole number"));
  EXPECT_THAT(filtered("\"9007199254740993\"", "int"), HasSubstr("keeps its digits"));
  EXPECT_EQ(filtered("12", "str"), "\"12\"");
  EXPECT_EQ(filtered("\"no\"", "bool"), "false");
  EXPECT_EQ(filtered("1", "bool"), "true");
  EXPECT_THAT(filtered("\"maybe\"", "bool"), HasSubstr("none of true"));
  EXPECT_EQ(filtered("{\"b\": [1]}", "json"), R"("{\"b\":[1]}")");
}

TEST(TemplateFilters, ChangeText) {
  EXPECT_EQ(filtered("\" aB \"", "trim | upper"), "\"AB\"");
  EXPECT_EQ(filtered("\"  \"", "trim"), "\"\"");
  EXPECT_EQ(filtered("\"a-b-c\"", "replace:-,--"), "\"a--b--c\"");
  EXPECT_EQ(filtered("\"a,b,\"", "split:','"), R"(["a","b",""])");
  EXPECT_EQ(filtered("\"a b\"", "split:' ' | join:+"), "\"a+b\"");
  EXPECT_EQ(filtered("[1, \"x\"]", "join"), "\"1,x\"");
  EXPECT_THAT(filtered("[[1]]", "join"), HasSubstr("neither text nor a number"));
}

TEST(TemplateFilters, TakePiecesOfTextAndLists) {
  EXPECT_EQ(filtered("\"äöü\"", "first"), "\"ä\"");
  EXPECT_EQ(filtered("\"äöü\"", "last"), "\"ü\"");
  EXPECT_EQ(filtered("\"äöü\"", "len"), "3");
  EXPECT_EQ(filtered("\"äöü\"", "slice:1"), "\"öü\"");
  EXPECT_EQ(filtered("[1, 2, 3]", "slice:-2,-1"), "[2]");
  EXPECT_EQ(filtered("[1, 2, 3]", "slice:2,1"), "[]");
  EXPECT_THAT(filtered("[]", "first"), HasSubstr("undefined or null"));
  EXPECT_EQ(filtered("[]", "first | default:x"), "\"x\"");
}

TEST(TemplateFilters, EncodeAndHash) {
  EXPECT_EQ(filtered("\"a/ü b\"", "urlenc"), "\"a%2F%C3%BC%20b\"");
  EXPECT_EQ(filtered("\"user:pass\"", "b64"), "\"dXNlcjpwYXNz\"");
  EXPECT_EQ(filtered("\"\"", "b64"), "\"\"");
  EXPECT_EQ(filtered("\"abc\"", "sha256 | slice:0,8"), "\"ba7816bf\"");
}

TEST(TemplateFilters, SignAsRfc4231DoesInItsSecondCase) {
  const auto compiled = Template::compile("${rec | hmac:config.key}");
  ASSERT_TRUE(compiled);
  Scope scope;
  scope.roots["rec"] = Value::text("what do ya want for nothing?");
  scope.roots["config"] = Value::object({{"key", Value::text("Jefe")}});
  EXPECT_EQ(*compiled->render_text(scope),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(TemplateFilters, ReadTimesInEveryForm) {
  EXPECT_EQ(filtered("\"2026-01-02T03:04:05.678+02:00\"", "iso"), "\"2026-01-02T01:04:05.678Z\"");
  EXPECT_EQ(filtered("\"2026-01-02T03:04:05.678+0000\"", "epoch_ms"), "1767323045678");
  EXPECT_EQ(filtered("\"2026-01-02 03:04:05\"", "epoch"), "1767323045");
  EXPECT_EQ(filtered("\"2026-01-02\"", "epoch"), "1767312000");
  EXPECT_EQ(filtered("1767323045", "iso"), "\"2026-01-02T03:04:05Z\"");
  EXPECT_EQ(filtered("1767323045678", "iso"), "\"2026-01-02T03:04:05.678Z\"");
  EXPECT_EQ(filtered("\"1767323045.25\"", "iso"), "\"2026-01-02T03:04:05.250Z\"");
  EXPECT_EQ(filtered("\"-1d\"", "iso"), "\"2026-02-28T12:00:00Z\"");
}

TEST(TemplateFilters, RefuseWhatIsNoTime) {
  for (const std::string json :
       {"\"soon\"", "true", "[1]", "1e300", "\"2026-13-01\"", "\"\"", "\"2026-01-02T25:00:00Z\"",
        "\"2026-01-02X03:04:05Z\"", "\"-5y\"", "\"0000-01-01\"", "\"2026-01-02T03:04:05+9\""}) {
    EXPECT_THAT(filtered(json, "iso"), HasSubstr("${rec | iso}: iso: ")) << json;
  }
}

TEST(TemplateFilters, MoveAndRoundTimesInTheirOwnForm) {
  EXPECT_EQ(filtered("\"2026-01-02T03:04:05Z\"", "add:-120s"), "\"2026-01-02T03:02:05Z\"");
  EXPECT_EQ(filtered("1767323045", "add:3h"), "1767333845");
  EXPECT_EQ(filtered("1767323045678", "add:1w | add:-7d"), "1767323045678");
  EXPECT_EQ(filtered("\"2026-01-02T03:04:05.9Z\"", "floor:1m"), "\"2026-01-02T03:04:00Z\"");
  EXPECT_EQ(filtered("1767323045678", "floor:1s"), "1767323045000");
  EXPECT_EQ(filtered("\"1969-12-31T23:59:30Z\"", "floor:1m"), "\"1969-12-31T23:59:00Z\"");
  EXPECT_THAT(filtered("0", "add:5"), HasSubstr("no duration"));
  EXPECT_THAT(filtered("0", "add:-s"), HasSubstr("no duration"));
  EXPECT_THAT(filtered("0", "add:9999999999w"), HasSubstr("longer than"));
  EXPECT_THAT(filtered("0", "floor:0s"), HasSubstr("above zero"));
  EXPECT_THAT(filtered("\"9999-12-30\"", "add:9w"), HasSubstr("years 1 to 9999"));
}

TEST(TemplateFilters, WriteTimesInFormatsAndZones) {
  constexpr std::string_view kTime = "\"2026-07-02T22:04:05.678Z\"";
  EXPECT_EQ(filtered(kTime, "fmt:%Y-%m-%d %H:%M:%S.%f, %j %y %a %b %s%%"),
            "\"2026-07-02 22:04:05.678000, 183 26 Thu Jul 1783029845%\"");
  EXPECT_EQ(filtered(kTime, "tz:Europe/Berlin"), "\"2026-07-03T00:04:05.678+02:00\"");
  EXPECT_EQ(filtered(kTime, "tz:Europe/Berlin | fmt:%F %T %z"), "\"2026-07-03 00:04:05 +0200\"");
  EXPECT_EQ(filtered(kTime, "tz:-05:30 | fmt:%F"), "\"2026-07-02\"");
  EXPECT_EQ(filtered(kTime, "tz:+02:00 | add:1h | fmt:%F %T"), "\"2026-07-02 23:04:05\"");
  EXPECT_EQ(filtered(kTime, "tz:Z"), kTime);
  EXPECT_THAT(filtered(kTime, "tz:Mars/Base"), HasSubstr("no time zone"));
  EXPECT_THAT(filtered(kTime, "fmt:%Q"), HasSubstr("%Q"));
  EXPECT_THAT(filtered(kTime, "fmt:%"), HasSubstr("the format has %"));
}

TEST(TemplateFilters, ParseTimesInFormats) {
  EXPECT_EQ(filtered("\"02 Jul 2026 22:04 +0200\"", "parse:%d %b %Y %H:%M %z"),
            "\"2026-07-02T20:04:00Z\"");
  EXPECT_EQ(filtered("\"20260702220405\"", "parse:%Y%m%d%H%M%S | epoch"), "1783029845");
  EXPECT_EQ(filtered("\"1.5\"", "parse:%S.%f"), "\"1970-01-01T00:00:01.500Z\"");
  EXPECT_EQ(filtered("1783029845", "parse:%s"), "\"2026-07-02T22:04:05Z\"");
  for (const std::string chain : {"parse:%Y-%m", "parse:%d.%m.%Y", "parse:%Y-%m-%d %H"}) {
    EXPECT_THAT(filtered("\"2026-02-31\"", chain), HasSubstr("not written as")) << chain;
  }
  EXPECT_THAT(filtered("\"2026-02-31\"", "parse:%F"), HasSubstr("no date"));
}

TEST(TemplateFilters, QuoteSoThatNoValueCanGoOnAsQuery) {
  EXPECT_EQ(filtered(R"("x\" OR 1=1 \\")", "jql_quote"), R"("\"x\\\" OR 1=1 \\\\\"")");
  EXPECT_EQ(filtered(R"("it's \\' or")", "soql_quote"), R"("'it\\'s \\\\\\' or'")");
  EXPECT_EQ(filtered(R"("a\nb")", "cql_quote"), R"("\"a\\nb\"")");
  EXPECT_EQ(filtered(R"(["A", 7])", "jql_quote"), R"("\"A\",\"7\"")");
  EXPECT_THAT(filtered("\"a\\u0000b\"", "soql_quote"), HasSubstr("control character"));
  EXPECT_THAT(filtered("[[1]]", "jql_quote"), HasSubstr("can be quoted"));
  EXPECT_THAT(filtered("[]", "jql_quote"), HasSubstr("empty list"));
}

}  // namespace
}  // namespace freshet::sources::http_api
