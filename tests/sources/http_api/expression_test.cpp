#include "sources/http_api/expression.h"

#include <gtest/gtest.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
using WithoutLeakCheck = __lsan::ScopedDisabler;
#else
struct WithoutLeakCheck {
  WithoutLeakCheck() {}
};
#endif

#include "tests/support/result_matchers.h"

namespace freshet::sources::http_api {
namespace {

using ::freshet::testing::FailsWith;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

Value parsed(std::string_view json) {
  auto value = Value::parse(json);
  EXPECT_TRUE(value.has_value()) << json;
  return value ? *value : Value{};
}

/// What a program gives, as one JSON array; or its error.
std::string run(std::string_view program, std::string_view input, const Variables& variables = {}) {
  const auto expression = Expression::compile(program);
  if (!expression) return expression.error().message;
  const auto values = expression->all(parsed(input), variables);
  return values ? Value::array(*values).to_json() : values.error().message;
}

TEST(Expression, GivesEveryValueOfAProgram) {
  EXPECT_EQ(
      run(".items[] | select(.n > 1) | .n * 10", R"({"items": [{"n": 1}, {"n": 2}, {"n": 3}]})"),
      "[20,30]");
  EXPECT_EQ(run("empty", "1"), "[]");
}

TEST(Expression, GivesTheFirstValueOrNull) {
  const auto expression = Expression::compile(".[] | select(. > 1)");
  ASSERT_TRUE(expression);
  ASSERT_SUCCEEDS(const auto first, expression->first(parsed("[1, 2, 3]")));
  ASSERT_SUCCEEDS(const auto none, expression->first(parsed("[]")));
  EXPECT_EQ(first, Value::number(2));
  EXPECT_TRUE(none.is_null());
}

TEST(Expression, BindsVariablesAnewForEachRun) {
  const auto expression = Expression::compile(".id == $parent.id and $config.site == \"x\"");
  ASSERT_TRUE(expression);
  Variables variables;
  variables.parent = parsed(R"({"id": 1})");
  variables.config = parsed(R"({"site": "x"})");

  EXPECT_EQ(expression->first(parsed(R"({"id": 1})"), variables).operator*(), Value::boolean(true));
  variables.parent = parsed(R"({"id": 2})");
  EXPECT_EQ(expression->first(parsed(R"({"id": 1})"), variables).operator*(),
            Value::boolean(false));
}

TEST(Expression, ReadsUnsetVariablesAsNullOrEmpty) {
  EXPECT_EQ(run("[$parent, $children, $lookup, $config]", "1"), "[[null,{},{},{}]]");
  EXPECT_EQ(run("$parent", "1"), "[null]");
  EXPECT_EQ(run("$children", "1"), "[{}]");
}

TEST(Expression, CannotLeaveItsParentheses) {
  EXPECT_THAT(run("$parent) | (.", "1"), HasSubstr("closed without being opened"));
  EXPECT_THAT(run("$parent | (.", "1"), HasSubstr("never closed"));
  EXPECT_THAT(run("$parent # )", "1"), HasSubstr("[null]"));
  EXPECT_THAT(run("\"\\(1) ) | (\" + ($parent | tostring)", "1"), HasSubstr("[\"1 ) | (null\"]"));
}

TEST(Expression, NamesTheProgramInItsErrors) {
  EXPECT_THAT(
      Expression::compile(".a | | .b"),
      FailsWith(ErrorKind::Invalid, AllOf(HasSubstr(".a | | .b"), HasSubstr("syntax error"))));
  EXPECT_THAT(Expression::compile(""), FailsWith(ErrorKind::Invalid, HasSubstr("empty")));
  EXPECT_THAT(Expression::compile("$nowhere"),
              FailsWith(ErrorKind::Invalid, HasSubstr("$nowhere is not defined")));
  EXPECT_EQ(run(".a", "[]"), "the expression \".a\": Cannot index array with string \"a\"");
  EXPECT_EQ(run("\"x\" | tonumber", "1"),
            "the expression \"\"x\" | tonumber\": Invalid numeric literal at EOF at line 1, column "
            "1 (...)");
}

TEST(Expression, RepeatsNoTextOfARecordInItsMessages) {
  for (const char* program : {".a | tonumber", ".a | keys", ".a[]", ".a | fromjson", ".a + 1",
                              ".a | strptime(\"%Y\")", "error({x: .a})"}) {
    const std::string said = run(program, R"({"a": "kim@mail.example \" ) x"})");

    EXPECT_THAT(said, Not(HasSubstr("kim"))) << program;
    EXPECT_THAT(said, HasSubstr("the expression")) << program;
  }
  EXPECT_THAT(run(".a.name", R"({"a": "kim"})"), HasSubstr("\"name\""));
}

TEST(Expression, ReportsErrorsOfAnyType) {
  EXPECT_THAT(run("error(\"plain\")", "1"), HasSubstr("plain"));
  EXPECT_THAT(run("error({code: 4})", "1"), HasSubstr(R"(error {"code":4})"));
  EXPECT_EQ(run("error(null)", "1"), "[]") << "jq 1.6 takes it for empty";
}

TEST(Expression, WorksAgainAfterAFailure) {
  const auto expression = Expression::compile(".a + 1");
  ASSERT_TRUE(expression);
  EXPECT_FALSE(expression->first(parsed(R"({"a": {}})")));
  ASSERT_SUCCEEDS(const auto value, expression->first(parsed(R"({"a": 1})")));
  EXPECT_EQ(value, Value::number(2));
}

TEST(Expression, RefusesWhatReadsMoreThanTheInput) {
  for (const std::string program : {"env",
                                    "$ENV",
                                    "$ ENV",
                                    "$#\nENV.HOME",
                                    "input",
                                    "[inputs]",
                                    "{a: input}",
                                    "{(input): 1}",
                                    "\"\\(input)\"",
                                    "input_filename",
                                    "now",
                                    "debug",
                                    "stderr",
                                    "halt",
                                    "get_search_list",
                                    "modulemeta",
                                    "import \"a\" as a; .",
                                    "include \"a\"; .",
                                    "def f: 1; f",
                                    "$__prog_args",
                                    "{a: if . then 1, input else 2 end}",
                                    "a::b",
                                    "input_line_number",
                                    "{a: 1, b: (2, input)}",
                                    "@base64 \"\\(env)\"",
                                    "localtime"}) {
    EXPECT_THAT(Expression::compile(program),
                FailsWith(ErrorKind::Invalid, HasSubstr("is not available in expressions")))
        << program;
  }
}

TEST(Expression, RefusesWhatMayNeverEnd) {
  for (const std::string program :
       {"range(5)", "[limit(3; repeat(1))]", "until(. > 5; . + 1)", "while(true; .)", "recurse(.a)",
        "gsub(\"\"; \"x\")", "reduce .[] as $x (0; . + $x)", "foreach .[] as $x (0; .)", "walk(.)",
        "combinations", "implode", "getpath([1])", "fromstream(1)"}) {
    EXPECT_THAT(Expression::compile(program),
                FailsWith(ErrorKind::Invalid, HasSubstr("in expressions")))
        << program;
  }
}

TEST(Expression, JudgesWordsAndNotSubstrings) {
  EXPECT_EQ(run(".env", R"({"env": 1})"), "[1]");
  EXPECT_EQ(run("\"input\"", "1"), "[\"input\"]");
  EXPECT_EQ(run("{input: .now, debug: 1}", R"({"now": 2})"), R"([{"debug":1,"input":2}])");
  EXPECT_EQ(run("{input}", R"({"input": 3})"), R"([{"input":3}])");
  EXPECT_EQ(run("[.[\"env\"], .input] # now", R"({"env": 1})"), "[[1,null]]");
}

TEST(Expression, SuggestsTheFunctionThatWasMeant) {
  EXPECT_THAT(Expression::compile(".a | lenght"),
              FailsWith(ErrorKind::Invalid, HasSubstr("did you mean \"length\"?")));
}

TEST(Expression, RunsTheExpressionsOfTheSampleManifests) {
  for (const std::string program :
       {"has(\"user_segment_id\") and .user_segment_id == null and ((.user_segment_ids // []) | "
        "length) == 0",
        "[\"org:\\(.organization_id)\"]",
        ".attachments[]? | {id, name: .file_name, size, url: .content_url}",
        ".fields.comment.total > (.fields.comment.comments | length)", "[.name]",
        ".fields.issuelinks[]? | {t: .type.name, i: (.outwardIssue // .inwardIssue).id}",
        "($children.comments // .fields.comment.comments)[]", ".pinned or .pinned_globally",
        "$children.posts[] | select(.post_type == 1 and (.hidden | not))",
        "any($children.posts[]; .accepted_answer)", "\"\\(.bumped_at)/\\(.posts_count)\""}) {
    EXPECT_THAT(Expression::compile(program), ::freshet::testing::Succeeds()) << program;
  }
}

TEST(Expression, StopsARunThatTakesTooLong) {
  std::string input = "[0";
  for (int i = 1; i < 1000; ++i) input += "," + std::to_string(i);
  EXPECT_THAT(run(".[] as $a | .[] as $b | .[] as $c | select($a + $b + $c < 0)", input + "]"),
              HasSubstr("stopped after a second"));
}

TEST(Expression, StopsARunThatTakesTooMuchMemoryAndWorksAgain) {
  std::string program = "\"0123456789abcdef\"";
  for (int i = 0; i < 40; ++i) program += " | . + .";
  const auto expression = Expression::compile("if . == 1 then (" + program + ") else 2 end");
  ASSERT_TRUE(expression);

  EXPECT_THAT(expression->first(Value::number(1)),
              FailsWith(ErrorKind::Invalid, HasSubstr("512 MiB")));
  ASSERT_SUCCEEDS(const auto value, expression->first(Value::number(0)));
  EXPECT_EQ(value, Value::number(2));
}

TEST(Expression, StopsASingleStepThatAsksForTooMuchMemory) {
  // What jq held in that step is lost by design: aborting the process is all that it could do.
  const WithoutLeakCheck unchecked;
  const auto expression = Expression::compile(".text * .times | length");
  ASSERT_TRUE(expression);

  EXPECT_THAT(expression->first(parsed(R"({"text": "01", "times": 600000000})")),
              FailsWith(ErrorKind::Invalid, HasSubstr("512 MiB")));
  ASSERT_SUCCEEDS(const auto value, expression->first(parsed(R"({"text": "ab", "times": 3})")));
  EXPECT_EQ(value, Value::number(6));
}

TEST(Expression, SurvivesAnIndexFarBeyondTheEnd) {
  const WithoutLeakCheck unchecked;
  EXPECT_THAT(run(".list[.at] = 1", R"({"list": [], "at": 1000000000})"),
              HasSubstr("the expression"));
}

TEST(Expression, NeverPrintsWhatJqHasToSay) {
  ::testing::internal::CaptureStderr();
  EXPECT_FALSE(Expression::compile(".a | | .b"));
  EXPECT_FALSE(Expression::compile("$nowhere"));
  EXPECT_THAT(run(".a | keys", "{}"), HasSubstr("has no keys"));
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace freshet::sources::http_api
