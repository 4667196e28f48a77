#include "pipeline/resolutions/renditions.h"

#include <gmock/gmock.h>

#include "tests/pipeline/resolutions/thread_fixture.h"

namespace freshet::pipeline {
namespace {

using sources::Level;
using testing::agent;
using testing::customer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::note;
using testing::solved_ticket;

TEST(Renditions, KeepInternalTextOutOfTheParticipantsView) {
  auto thread =
      solved_ticket({customer(0, "Help"), note(5, "CANARY-NOTE"), agent(10, "Restart it.")});
  thread.messages[1].attachments = {
      {"1", "CANARY-FILE.txt", "", 1, "https://x/CANARY-URL", "CANARY-CONTENT"}};
  thread.messages[1].author = "CANARY-AUTHOR";
  thread.fields = {note(60, "CANARY-FIELD")};
  thread.opening = note(0, "CANARY-OPENING");

  EXPECT_THAT(write_thread(participants_view(thread)), Not(HasSubstr("CANARY")));
  for (const char* canary : {"NOTE", "FILE", "URL", "CONTENT", "AUTHOR", "FIELD", "OPENING"}) {
    EXPECT_THAT(write_thread(*internal_view(thread)), HasSubstr(canary));
  }
}

TEST(Renditions, HaveNoInternalViewWithoutInternalText) {
  EXPECT_FALSE(internal_view(solved_ticket({customer(0, "Help"), agent(10, "Restart it.")})));
}

TEST(Renditions, KeepPrivateTextOutOfEveryView) {
  auto thread = solved_ticket({customer(0, "Help"), note(5, "seen"), note(6, "CANARY")});
  thread.messages[2].audience = {Level::Private, {}};

  EXPECT_THAT(write_thread(participants_view(thread)), Not(HasSubstr("CANARY")));
  EXPECT_THAT(write_thread(*internal_view(thread)), Not(HasSubstr("CANARY")));
}

TEST(Renditions, KeepTextForOtherGroupsOutOfEveryView) {
  auto thread = solved_ticket({customer(0, "Help"), note(5, "seen"), agent(6, "CANARY")});
  thread.messages[2].audience = {Level::Restricted, {"role:admins"}};

  EXPECT_THAT(write_thread(participants_view(thread)), Not(HasSubstr("CANARY")));
  EXPECT_THAT(write_thread(*internal_view(thread)), Not(HasSubstr("CANARY")));
}

TEST(Renditions, OfAPrivateThreadAreNotShownToStaff) {
  auto thread = solved_ticket({customer(0, "Help"), note(5, "x")});
  thread.audience = {Level::Private, {}};

  EXPECT_FALSE(internal_view(thread));
}

TEST(Renditions, ShowAThreadForStaffInOneDocument) {
  auto thread = solved_ticket({customer(0, "Help"), note(5, "x")});
  thread.audience = {};

  EXPECT_EQ(participants_view(thread).messages.size(), 2U);
  EXPECT_FALSE(internal_view(thread));
}

TEST(Renditions, OfAResolutionHoldProblemAndSolutionOnly) {
  auto thread = solved_ticket({customer(0, "Help"), agent(10, "CANARY-QUESTION"),
                               note(20, "CANARY-NOTE"), agent(30, "Restart it.")});
  for (sources::Message& message : thread.messages)
    message.attachments = {{"1", "CANARY.log", "", 1, "https://x/CANARY-TOKEN", "CANARY-CONTENT"}};
  sources::Document document;
  document.external_id = "7";
  document.metadata = {{"product", "router"}, {"requester", "CANARY-PERSON"}};
  document.metadata["kind"] = "ticket";
  document.relations = {{"requester", "person", "CANARY-PERSON"}};
  document.provenance.authors = {"CANARY-AUTHOR"};

  const auto made = resolution_document(document, thread, *resolution_of(thread), {"public"});

  EXPECT_EQ(made.external_id, "7~resolution");
  EXPECT_THAT(made.body, Not(HasSubstr("CANARY")));
  EXPECT_THAT(made.body, HasSubstr("Restart it."));
  EXPECT_THAT(made.allow, ElementsAre("public"));
  EXPECT_THAT(made.metadata,
              ElementsAre(std::pair("confidence", "0.50"), std::pair("kind", "resolution"),
                          std::pair("product", "router"),
                          std::pair("resolution_rule", "last_public_agent_before_close")));
  EXPECT_TRUE(made.provenance.authors.empty());
  EXPECT_THAT(made.relations, ElementsAre(sources::Relation{"resolution_of", "ticket", "7"}));
}

TEST(Renditions, AreToldFromFilesThatAreNamedLikeThem) {
  EXPECT_FALSE(is_sibling({"notes~internal", "v1"}));
  EXPECT_TRUE(is_sibling({"7~internal", internal_document({}, {}).version}));
  EXPECT_EQ(thread_id_of("7~resolution"), "7");
  EXPECT_EQ(thread_id_of("7"), "7");
}

}  // namespace
}  // namespace freshet::pipeline
