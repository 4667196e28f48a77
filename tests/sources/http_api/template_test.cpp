#include "sources/http_api/template.h"

#include <gtest/gtest.h>

#include "tests/support/result_matchers.h"

namespace freshet::sources::http_api {
namespace {

using ::freshet::testing::FailsWith;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

Scope sample() {
  Scope scope;
  const auto config =
      Value::parse(R"({"site": "acme", "tags": ["a", "b c"], "none": null, "size": 20})");
  const auto rec =
      Value::parse(R"({"id": 12345, "key": "OPS-1", "parts": [{"x": 1}], "open": true})");
  scope.roots = {{"config", *config}, {"rec", *rec}, {"now", Value::text("2026-03-01T12:00:00Z")}};
  scope.secrets = {{"api_token", "s3cret"}};
  return scope;
}

std::string rendered(std::string_view text) {
  const auto compiled = Template::compile(text);
  if (!compiled) return compiled.error().message;
  const auto result = compiled->render_text(sample());
  return result ? *result : result.error().message;
}

TEST(Template, JoinsItsPiecesAsText) {
  EXPECT_EQ(rendered("https://${config.site}.example.com/t/${rec.id}?n=${rec.parts[0].x}"),
            "https://acme.example.com/t/12345?n=1");
  EXPECT_EQ(rendered("plain"), "plain");
  EXPECT_EQ(rendered(""), "");
  EXPECT_EQ(rendered("${ rec.key | lower }"), "ops-1");
}

TEST(Template, KeepsTheTypeWhenItIsOnePlaceholder) {
  const auto list = Template::compile("${config.tags}");
  const auto number = Template::compile("${rec.id}");
  const auto padded = Template::compile(" ${rec.id}");
  ASSERT_TRUE(list && number && padded);

  EXPECT_EQ(list->render(sample()).operator*().to_json(), R"(["a","b c"])");
  EXPECT_EQ(*number->render(sample()), Value::number(12345));
  EXPECT_EQ(*padded->render(sample()), Value::text(" 12345"));
  EXPECT_THAT(list->render_text(sample()),
              FailsWith(ErrorKind::Invalid, HasSubstr("join or json")));
}

TEST(Template, RendersConstantsAndEscapedDollars) {
  const auto constant = Template::compile("a $${b} $5 $$ {x}");
  ASSERT_TRUE(constant);
  EXPECT_TRUE(constant->constant());
  EXPECT_EQ(*constant->render_text(sample()), "a ${b} $5 $$ {x}");
  EXPECT_FALSE(Template::compile("${rec.id}")->constant());
}

TEST(Template, NeverRendersWhatIsUndefined) {
  for (const std::string text : {"${rec.missing}", "a${config.none}", "${cursor.from}",
                                 "${rec.parts[7]}", "${rec.missing | lower}", "${rec.id.deeper}"}) {
    EXPECT_THAT(rendered(text), HasSubstr("undefined")) << text;
  }
  EXPECT_EQ(rendered("[${rec.missing | default:x}]"), "[x]");
  EXPECT_EQ(rendered("${cursor.from | default:'2020-01-01' | epoch}"), "1577836800");
  EXPECT_EQ(rendered("${rec.key | default:x}"), "OPS-1");
  EXPECT_EQ(rendered("a${rec.missing | default:''}b"), "ab");
}

TEST(Template, SaysWhereItIsWrong) {
  EXPECT_THAT(
      Template::compile("ab${rec.id"),
      FailsWith(ErrorKind::Invalid, AllOf(HasSubstr("character 3"), HasSubstr("never closed"))));
  EXPECT_THAT(Template::compile("${confg.x}"),
              FailsWith(ErrorKind::Invalid, HasSubstr("did you mean \"config\"")));
  EXPECT_THAT(
      Template::compile("x ${rec.id | epoc}"),
      FailsWith(ErrorKind::Invalid, AllOf(HasSubstr("character 3"), HasSubstr("\"epoch\""))));
  EXPECT_THAT(Template::compile("${rec.id | replace:a}"),
              FailsWith(ErrorKind::Invalid, HasSubstr("replace:FROM,TO")));
  EXPECT_THAT(Template::compile("${rec.id | lower:a}"),
              FailsWith(ErrorKind::Invalid, HasSubstr("number of arguments")));
  for (const std::string text :
       {"${}", "${rec..id}", "${rec[x]}", "${rec.}", "${rec.id |}", "${rec[0}"}) {
    EXPECT_THAT(Template::compile(text), FailsWith(ErrorKind::Invalid, HasSubstr("character 1")))
        << text;
  }
}

TEST(Template, SaysHowWhatOnlyExpressionsReachIsReached) {
  EXPECT_THAT(Template::compile("${lookup.books}"),
              FailsWith(ErrorKind::Invalid, HasSubstr("write $lookup.NAME[KEY] without ${}")));
  EXPECT_THAT(Template::compile("${children.page[0]}"),
              FailsWith(ErrorKind::Invalid, HasSubstr("write $children.NAME without ${}")));
}

TEST(Template, FindsAFormatOrDurationThatIsNoneWhenItIsCompiled) {
  EXPECT_THAT(Template::compile("${now | fmt:%F %Q}"),
              FailsWith(ErrorKind::Invalid, AllOf(HasSubstr("fmt"), HasSubstr("%Q"))));
  EXPECT_THAT(Template::compile("${rec.at | parse:%j}"),
              FailsWith(ErrorKind::Invalid, AllOf(HasSubstr("parse"), HasSubstr("%j"))));
  EXPECT_THAT(Template::compile("${now | add:12}"),
              FailsWith(ErrorKind::Invalid, HasSubstr("no duration")));
}

TEST(Template, NamesSecretsOnlyWhereTheyAreAllowed) {
  const auto refused = Template::compile("${config.api_token}");
  const auto allowed = Template::compile("Bearer ${config.api_token}", SecretUse::Allowed);
  const auto hidden = Template::compile("${rec.id | hmac:config.api_token}");
  ASSERT_TRUE(refused && allowed && hidden);

  EXPECT_THAT(
      refused->render(sample()),
      FailsWith(ErrorKind::Invalid, AllOf(HasSubstr("is a secret"), Not(HasSubstr("s3cret")))));
  EXPECT_EQ(*allowed->render_text(sample()), "Bearer s3cret");
  EXPECT_THAT(hidden->render(sample()), FailsWith(ErrorKind::Invalid, HasSubstr("is a secret")));
}

TEST(Template, PassesSecretsToHmacAsKeys) {
  const auto signature =
      Template::compile("${rec.key | hmac:config.api_token}", SecretUse::Allowed);
  ASSERT_TRUE(signature);
  EXPECT_EQ(signature->render_text(sample())->size(), 64U);
}

TEST(Template, LetsArgumentsHoldAnythingInQuotes) {
  EXPECT_EQ(rendered("${rec.key | replace:'-', '|}'}"), "OPS|}1");
  EXPECT_EQ(rendered("${rec.key | replace:\"OPS\",it's}"), "it's-1");
  EXPECT_EQ(rendered("${config.tags | join:', '}"), "a, b c");
}

}  // namespace
}  // namespace freshet::sources::http_api
