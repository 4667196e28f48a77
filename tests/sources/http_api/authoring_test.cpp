#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sources/http_api/authoring/check_samples.h"
#include "sources/http_api/authoring/lint.h"
#include "sources/http_api/manifest/read_manifest.h"
#include "tests/support/result_matchers.h"

namespace freshet::sources::http_api {
namespace {

using freshet::testing::FailsWith;
using freshet::testing::Succeeds;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// A manifest with one lookup, `books`, and one stream, `pages`.
struct Parts {
  std::string lookup = "";  ///< More members of the lookup.
  std::string stream = "";  ///< More members of the stream.
  std::string records = ".data[]";
  std::string visibility = "[{when: .open == true, level: public}]";
  std::string option = "{type: url, meaning: Address of the wiki.}";
  std::string limit = "{max: 1, per: 1s}";
};

std::string manifest_of(const Parts& parts) {
  return "manifest: 1\nid: wiki\nconfig:\n  url: " + parts.option +
         "\nbase: ${config.url}\nlimits: [" + parts.limit +
         "]\nstreams:\n"
         "  books:\n    lookup: true\n    get: /books\n    records: .data[]\n    key: .id\n" +
         parts.lookup + "  pages:\n    get: /pages\n    records: " + parts.records +
         "\n    key: .id\n    cursor: {type: full}\n    children: {comments: {get: "
         "/comments}}\n" +
         parts.stream +
         "    map:\n      kind: {const: article}\n      title: .name\n      visibility: " +
         parts.visibility + "\n";
}

/// What lint says of a manifest, a line each.
std::vector<std::string> lines_of(const Parts& parts) {
  const std::string text = manifest_of(parts);
  config::Problems problems;
  const auto manifest = read_manifest(text, problems);
  if (manifest) lint(*manifest, text, problems);
  std::vector<std::string> lines;
  for (const auto& problem : problems.sorted()) lines.push_back(describe(problem, "wiki.yaml"));
  return lines;
}

std::size_t count_of(const std::vector<std::string>& lines, const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(lines.begin(), lines.end(),
                    [&](const std::string& line) { return line.find(text) != std::string::npos; }));
}

/// What the check says of one sample, beside the kinds that are not shown.
std::vector<std::string> check(const std::string& sample, const std::string& file = "") {
  config::Problems problems;
  const auto manifest = read_manifest(manifest_of({}), problems);
  EXPECT_TRUE(manifest.has_value());
  const auto samples = parse_samples(
      R"({"config": {"url": "https://wiki.example"}, "without": {"deleted": "", "restricted": "", "internal": ""})" +
      file + R"(, "samples": [)" + sample + "]}");
  if (!samples) return {samples.error().message};
  auto lines = check_samples(*manifest, *samples);
  std::erase(lines, "there are fewer than three samples");
  return lines;
}

std::string sample_of(const std::string& expect, const std::string& more = "") {
  return R"({"name": "a page", "stream": "pages", "record": {"id": 1, "name": "A", "open": true}, )" +
         more + R"("expect": )" + expect + "}";
}

TEST(Lint, HasNothingToSayOfASoundManifest) {
  EXPECT_THAT(lines_of({}), IsEmpty());
}

TEST(Lint, RefusesOnALookupWhatALookupDoesNotDo) {
  EXPECT_THAT(lines_of({.lookup = "    hydrate: {get: '/books/${rec.id}'}\n"}),
              ElementsAre(AllOf(HasSubstr("wiki.yaml:13:5: error: streams.books.hydrate"),
                                HasSubstr("does nothing on a lookup"))));
  EXPECT_THAT(lines_of({.lookup = "    deletes: {sweep: {every: 24h}}\n"}),
              ElementsAre(HasSubstr("error: streams.books.deletes")));
  EXPECT_THAT(lines_of({.lookup = "    children: {more: {get: /more}}\n"}), IsEmpty());
}

TEST(Lint, WarnsOfGroupsThatNobodyIsIn) {
  EXPECT_THAT(
      lines_of({.visibility = "[{when: .open == true, level: public}, {level: restricted}]"}),
      ElementsAre(AllOf(HasSubstr("warning: streams.pages.map.visibility"),
                        HasSubstr("level restricted without principals"))));
  EXPECT_THAT(lines_of({.visibility = "[{level: segment, principals: .groups}]"}), IsEmpty());
}

TEST(ReadManifest, SaysOnceWhatASweepInherits) {
  const auto lines = lines_of({.stream = "    deletes: {sweep: {every: 24h}}\n", .records = ".["});

  EXPECT_EQ(count_of(lines, "streams.pages.records"), 1U);
  EXPECT_EQ(count_of(lines, "sweep"), 0U);
}

TEST(ReadManifest, DoesNotMissTheTestOfAPublicRuleThatDoesNotCompile) {
  const auto lines = lines_of({.visibility = "[{when: .open = = true, level: public}]"});

  EXPECT_EQ(count_of(lines, "visibility.when"), 1U);
  EXPECT_EQ(count_of(lines, "public needs a test"), 0U);
  EXPECT_EQ(count_of(lines_of({.visibility = "[{level: public}]"}), "public needs a test"), 1U);
}

TEST(ReadManifest, TellsATextThatACommaCutFromAWrongOption) {
  EXPECT_THAT(lines_of({.option = "{type: url, meaning: Address, as people write it.}"}),
              ElementsAre(AllOf(HasSubstr("config.url.as people write it."),
                                HasSubstr("put that text in quotes"))));
  EXPECT_THAT(lines_of({.option = "{type: url, zzz: 1}"}), ElementsAre(HasSubstr("remove it")));
}

TEST(ReadManifest, RefusesALimitThatLetsNothingPass) {
  EXPECT_THAT(lines_of({.limit = "{max: 0, per: 1s}"}),
              ElementsAre(AllOf(HasSubstr("wiki.yaml:6:16: error: limits.max"),
                                HasSubstr("must be 1 or more; take the limit out"))));
  EXPECT_THAT(lines_of({.limit = "{max: 5, per: 0s}"}),
              ElementsAre(AllOf(HasSubstr("limits.per"), HasSubstr("longer than nothing"))));
}

TEST(ReadManifest, NamesTheNearestRuleForOneThatFindsNoSolution) {
  const auto lines_with = [](const std::string& pick) {
    return lines_of(
        {.visibility = "[{level: internal}]\n      resolution: {when: .ok, pick: " + pick + "}"});
  };

  EXPECT_THAT(lines_with("[flagged, last_agent_mesage]"),
              ElementsAre(AllOf(HasSubstr("map.resolution.pick: \"last_agent_mesage\" is no rule"),
                                HasSubstr("did you mean last_agent_message?"))));
  EXPECT_THAT(lines_with("newest"), ElementsAre(HasSubstr("write marked_message, flagged, ")));
  EXPECT_THAT(lines_with("field:close_notes"), ElementsAre(HasSubstr("take marked_message")));
  EXPECT_THAT(lines_with("[flagged, last_public_agent]"), IsEmpty());
}

TEST(SamplesFile, AcceptsADocumentThatIsAsExpected) {
  EXPECT_THAT(check(sample_of(R"({"title": "A", "metadata": {"kind": "article"}})")), IsEmpty());
}

TEST(SamplesFile, SaysWhatTheDocumentHasWhereAnExpectedMemberIsNotThere) {
  EXPECT_THAT(check(sample_of(R"({"titel": "A"})")),
              ElementsAre(AllOf(HasSubstr("sample \"a page\": expects \"titel\""),
                                HasSubstr("none of id, title, url"), HasSubstr("metadata"),
                                HasSubstr("did you mean \"title\"?"))));
}

TEST(SamplesFile, NamesTheNearestMemberForAWrongOne) {
  EXPECT_THAT(check(sample_of("{}", R"("childen": {}, )")),
              ElementsAre(AllOf(HasSubstr("samples[0] has \"childen\""),
                                HasSubstr("did you mean \"children\"?"))));
  EXPECT_THAT(check(sample_of("{}"), R"(, "lookup": {})"),
              ElementsAre(AllOf(HasSubstr("the file has \"lookup\""),
                                HasSubstr("did you mean \"lookups\"?"))));
  EXPECT_THAT(parse_samples(R"({"without": {"interna": ""}, "samples": []})"),
              FailsWith(ErrorKind::Invalid,
                        AllOf(HasSubstr("without has \"interna\""), HasSubstr("internal"))));
}

TEST(SamplesFile, KnowsTheLookupsAndChildrenOfTheManifest) {
  EXPECT_THAT(check(sample_of("{}"), R"(, "lookups": {"books": [], "boks": []})"),
              ElementsAre(HasSubstr("lookups has \"boks\"")));
  EXPECT_THAT(check(sample_of("{}", R"("children": {"coments": []}, )")),
              ElementsAre(AllOf(HasSubstr("children has \"coments\""),
                                HasSubstr("did you mean \"comments\"?"))));
}

}  // namespace
}  // namespace freshet::sources::http_api
