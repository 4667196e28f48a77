#include "sources/http_api/authoring/check_samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sources/http_api/authoring/lint.h"
#include "sources/http_api/manifest/read_manifest.h"
#include "tests/sources/http_api/support/article_api.h"
#include "tests/support/result_matchers.h"

namespace freshet::sources::http_api {
namespace {

using freshet::testing::FailsWith;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kSamples = R"({
  "config": {"token": "t"},
  "lookups": {"groups": [{"id": 7, "closed": true}]},
  "without": {"internal": "articles have no comments"},
  "samples": [
    {"name": "open", "stream": "articles", "record": {"id": 1, "title": "One", "open": true, "group": 1},
     "expect": {"title": "One", "allow": ["public"]}},
    {"name": "closed", "stream": "articles", "record": {"id": 2, "title": "Two", "open": false, "group": 7},
     "expect": {"title": "Two", "allow": ["internal"]}},
    {"name": "deleted", "stream": "articles", "record": {"id": 3, "title": "Three", "open": true, "dead": true, "group": 1},
     "expect": "deleted"}
  ]
})";

class CheckSamples : public ::testing::Test {
 protected:
  std::vector<std::string> check(const std::string& public_when,
                                 const std::string& samples = kSamples) {
    std::string text = testing::ArticleApi::manifest();
    const std::string rule = ".open == true, level: public}\n";
    text.replace(text.find(rule), rule.size(),
                 "'" + public_when +
                     "', level: public}\n"
                     "        - {when: .open == false, level: internal}\n"
                     "        - {level: private}\n");
    text.insert(text.find("    deletes:"), "    tombstone: .dead\n");
    text.insert(text.find("  articles:"),
                "  groups: {lookup: true, get: /groups, records: '.[]', key: .id}\n");
    config::Problems problems;
    const auto manifest = read_manifest(text, problems);
    if (!manifest) return {"unreadable: " + problems.sorted().front().message};
    const auto file = parse_samples(samples);
    return file ? check_samples(*manifest, *file) : std::vector{file.error().message};
  }
  static std::string changed(std::string samples, const std::string& from, const std::string& to) {
    return samples.replace(samples.find(from), from.size(), to);
  }
};

TEST_F(CheckSamples, AcceptsWhatMapsAsItSays) {
  EXPECT_THAT(check(".open == true and .id < 3"), IsEmpty());
}

TEST_F(CheckSamples, FindTheFieldWhoseAbsenceBringsADeletedRecordBack) {
  EXPECT_THAT(check(".open == true"),
              Contains(AllOf(HasSubstr("\"deleted\""), HasSubstr("record/dead missing"))));
}

TEST_F(CheckSamples, FindTheFieldWhoseAbsenceOpensARecord) {
  EXPECT_THAT(check(".open != false and .id < 3"),
              Contains(AllOf(HasSubstr("sample \"closed\""), HasSubstr("record/open missing"),
                             HasSubstr("more visible"))));
}

TEST_F(CheckSamples, FindTheFieldOfALookupWhoseAbsenceOpensARecord) {
  EXPECT_THAT(check("(.open == true or .id == 2) and .id < 3 and "
                    "($lookup.groups[.group | tostring].closed | not)"),
              Contains(AllOf(HasSubstr("sample \"closed\""),
                             HasSubstr("lookups/groups/0/closed missing"))));
}

/// Of one ticket with these comments, whose rules are `each` and who sees a comment.
std::vector<std::string> check_comments(const std::string& each, const std::string& public_when,
                                        const std::string& comments) {
  const std::string text = R"(manifest: 1
id: desk
config: {}
base: https://desk.example
streams:
  tickets:
    get: /tickets
    records: .[]
    key: .id
    cursor: {type: full}
    map:
      kind: {const: ticket}
      title: .id
      visibility: [{when: .id == 1, level: public}]
      messages:
        each: ')" + each + R"('
        id: .id
        body: {text: .text}
        visibility: [{when: ')" +
                           public_when +
                           R"(', level: inherit}, {level: internal}]
)";
  config::Problems problems;
  const auto manifest = read_manifest(text, problems);
  if (!manifest) return {"unreadable: " + problems.sorted().front().message};
  const auto file = parse_samples(
      R"({"samples": [{"name": "talk", "stream": "tickets", "expect": {},
          "record": {"id": 1, "comments": )" +
      comments + "}}]}");
  return file ? check_samples(*manifest, *file) : std::vector{file.error().message};
}

TEST(CheckSampledComments, TellTwoThatBeginAlikeApart) {
  const std::string alike(60, 'x');

  EXPECT_THAT(check_comments(".comments[]?", ".internal != true",
                             R"([{"id": "a", "internal": true, "text": ")" + alike +
                                 R"( note"}, {"id": "b", "text": ")" + alike + R"( reply"}])"),
              Contains(AllOf(HasSubstr("record/comments/0/internal missing"),
                             HasSubstr("message a becomes more visible"))));
}

TEST(CheckSampledComments, FindTheOneThatOnlyShowsUpWhereAFieldIsMissing) {
  const std::string comments = R"([{"id": "a", "dead": true, "open": true, "text": "removed"},
                                   {"id": "b", "text": "a note"}])";
  const std::string each = ".comments[]? | select(.dead != true)";

  EXPECT_THAT(check_comments(each, ".open == true", comments),
              Contains(AllOf(HasSubstr("record/comments/0/dead missing"),
                             HasSubstr("message a becomes more visible"))));
}

TEST(CheckSampledComments, KnowTheOneThatLostItsId) {
  EXPECT_THAT(check_comments(".comments[]?", ".id != \"a\"",
                             R"([{"id": "a", "text": "a note"}, {"id": "b", "text": "a reply"}])"),
              Contains(AllOf(HasSubstr("record/comments/0/id missing"),
                             HasSubstr("the text \"a note\" becomes more visible"))));
}

TEST_F(CheckSamples, SaysWhatASampleBecomesInstead) {
  EXPECT_THAT(check(".open == true and .id < 3",
                    changed(kSamples, R"("title": "One", "allow")", R"("title": "Uno", "allow")")),
              Contains(HasSubstr(R"(title is "One", not "Uno")")));
}

TEST_F(CheckSamples, MissTheKindsOfSampleThatAreNotThere) {
  EXPECT_THAT(
      check(".open == true and .id < 3",
            changed(kSamples, R"("without": {"internal": "articles have no comments"},)", "")),
      Contains(HasSubstr("no sample shows the kind \"internal\"")));
}

TEST_F(CheckSamples, RefuseAFileOfAnotherForm) {
  EXPECT_THAT(parse_samples("[1, 2"), FailsWith(ErrorKind::Invalid, HasSubstr("")));
  EXPECT_THAT(parse_samples(R"({"samples": [{"name": 3}]})"),
              FailsWith(ErrorKind::Invalid, HasSubstr("samples[0]")));
}

TEST(Lint, RefusesAPublicRuleThatHoldsForARecordWithoutFields) {
  std::string text = testing::ArticleApi::manifest();
  text.replace(text.find(".open == true"), 13, ".closed != true");
  config::Problems problems;
  const auto manifest = read_manifest(text, problems);
  ASSERT_TRUE(manifest);

  lint(*manifest, text, problems);

  EXPECT_THAT(problems.sorted(),
              Contains(::testing::Field(&config::Problem::severity, config::Severity::Error)));
}

}  // namespace
}  // namespace freshet::sources::http_api
