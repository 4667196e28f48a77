#include "sources/http_api/mapping/document_mapper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sources/http_api/authoring/samples.h"
#include "sources/http_api/manifest/read_manifest.h"
#include "sources/thread.h"
#include "tests/support/result_matchers.h"

namespace freshet::sources::http_api {
namespace {

using freshet::testing::Succeeds;
using ::testing::ElementsAre;

constexpr std::string_view kManifest = R"yaml(
manifest: 1
id: desk
title: Desk
base: https://desk.example
streams:
  tickets:
    get: /tickets
    records: .tickets[]
    key: .id
    cursor: {type: full}
    map:
      kind: {const: ticket}
      title: .subject
      created: .created
      updated: .updated
      state: .status
      outcome: .outcome
      labels: {html: .labels}
      breadcrumb: {html: .section}
      visibility:
        - {when: '.open == true', level: public}
        - {level: restricted, principals: .groups}
      relations:
        - {type: duplicate_of, kind: ticket, id: .duplicate_of}
      messages:
        each: .comments[]?
        id: .id
        at: .at
        body: {text: .text}
        visibility: [{when: '.public == true', level: inherit}, {level: internal}]
      resolution:
        when: .status == "solved"
        pick: [last_public_agent]
)yaml";

Document document_of(std::string_view record) {
  config::Problems problems;
  const auto manifest = read_manifest(kManifest, problems);
  EXPECT_TRUE(manifest.has_value());
  for (const auto& problem : problems.sorted()) ADD_FAILURE() << describe(problem, "desk.yaml");
  if (!manifest) return {};
  const auto mapper = SampleMapper::create(*manifest, {Json::object(), Json::object(), {}, {}});
  EXPECT_THAT(mapper, Succeeds());
  const auto mapped = mapper->map({"", "tickets", *parse_json(record), Json::object(), {}});
  EXPECT_THAT(mapped, Succeeds());
  return mapped && mapped->document ? *mapped->document : Document{};
}

Thread thread_of(std::string_view record) {
  const auto thread = parse_thread(document_of(record).body);
  EXPECT_THAT(thread, Succeeds());
  return thread ? *thread : Thread{};
}

Instant day(unsigned number) {
  return std::chrono::sys_days{std::chrono::year{2024} / 5 / number};
}

TEST(DocumentMapper, ReadsFragmentsOfHtmlAsText) {
  const Document document = document_of(
      R"({"id": 1, "labels": ["Q&amp;A", "<b>new</b>", 7, ["x"]], "section": "Bits &#038; bobs"})");
  EXPECT_EQ(document.metadata.at("labels"), "Q&A, new");
  EXPECT_EQ(document.metadata.at("breadcrumb"), "Bits & bobs");
  EXPECT_FALSE(document_of(R"({"id": 1, "labels": null})").metadata.contains("labels"));
}

TEST(DocumentMapper, TakesTheLastChangeOfASolvedTicketForItsSolution) {
  const Thread solved =
      thread_of(R"({"id": 1, "status": "solved", "updated": "2024-05-09T00:00:00Z"})");
  const Thread open =
      thread_of(R"({"id": 1, "status": "open", "updated": "2024-05-09T00:00:00Z"})");

  EXPECT_TRUE(solved.resolved);
  EXPECT_EQ(solved.solved_at, day(9));
  EXPECT_FALSE(open.resolved);
  EXPECT_FALSE(open.solved_at);
}

TEST(DocumentMapper, PutsAMessageWithoutATimeAtThatOfTheOneBefore) {
  const Thread thread = thread_of(
      R"({"id": 1, "created": "2024-05-01T00:00:00Z", "comments": [
          {"id": 1}, {"id": 2, "at": "2024-05-03T00:00:00Z"}, {"id": 3}]})");

  ASSERT_EQ(thread.messages.size(), 3U);
  EXPECT_EQ(thread.messages[0].created_at, day(1));
  EXPECT_EQ(thread.messages[2].created_at, day(3));
}

TEST(DocumentMapper, TakesADuplicateForOneWhereTheSourceHasNoOutcome) {
  EXPECT_EQ(thread_of(R"({"id": 1, "duplicate_of": 2})").outcome, "duplicate");
  EXPECT_EQ(thread_of(R"({"id": 1, "duplicate_of": 2, "outcome": "answered"})").outcome,
            "answered");
  EXPECT_EQ(thread_of(R"({"id": 1, "duplicate_of": null})").outcome, "");
  EXPECT_THAT(document_of(R"({"id": 1, "duplicate_of": 2})").relations,
              ElementsAre(Relation{"duplicate_of", "ticket", "2"}));
}

TEST(DocumentMapper, ShowsAMessageToTheThreadsReadersOnlyWhereItSaysSo) {
  const Thread thread =
      thread_of(R"({"id": 1, "open": true, "comments": [{"id": 1, "public": true}, {"id": 2}]})");

  EXPECT_EQ(thread.audience.level, Level::Public);
  EXPECT_EQ(thread.messages.at(0).audience.level, Level::Public);
  EXPECT_EQ(thread.messages.at(1).audience.level, Level::Internal);
}

TEST(DocumentMapper, DoesNotOpenARecordForAGroupThatIsCalledPublic) {
  EXPECT_THAT(document_of(R"({"id": 1, "groups": ["public"]})").allow, ElementsAre("internal"));
  EXPECT_THAT(document_of(R"({"id": 1, "groups": ["signed_in", "staff"]})").allow,
              ElementsAre("staff"));
}

}  // namespace
}  // namespace freshet::sources::http_api
