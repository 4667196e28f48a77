#include "pipeline/resolutions/resolution.h"

#include <gmock/gmock.h>

#include "pipeline/resolutions/turns.h"
#include "tests/pipeline/resolutions/thread_fixture.h"

namespace freshet::pipeline {
namespace {

using sources::Side;
using sources::Thread;
using testing::agent;
using testing::customer;
using ::testing::ElementsAre;
using testing::minute;
using testing::note;
using testing::said;
using ::testing::SizeIs;
using testing::solved_ticket;

const std::string kAnswer =
    "Open the settings, choose Security, and reset the second factor; then sign in again at once.";

Thread ticket() {
  return solved_ticket(
      {customer(0, "I cannot sign in."), note(5, "again the old bug"), agent(10, "Which version?"),
       customer(20, "2.1"), agent(30, kAnswer),
       agent(90, "Closing this as there was no reply to the last message of ours.")});
}

std::string solution(const Thread& thread) {
  const auto found = resolution_of(thread);
  return found ? found->solution.body : std::string();
}

TEST(Turns, StandInTimeOrderWithTheOpeningFirst) {
  auto thread = solved_ticket({agent(30, "c"), customer(10, "b"), agent(30, "d")});
  thread.opening = customer(40, "a");

  std::string order;
  for (const auto& turn : turns_of(thread)) order += turn.body;

  EXPECT_EQ(order, "abcd");
}

TEST(Turns, DoNotRepeatTheOpening) {
  auto thread = solved_ticket({customer(0, "a"), agent(10, "b")});
  thread.opening = customer(0, "a");

  EXPECT_THAT(turns_of(thread), SizeIs(2));
}

TEST(Resolution, IsTheLastPublicAgentTextBeforeTheClose) {
  const auto found = resolution_of(ticket());

  ASSERT_TRUE(found);
  EXPECT_EQ(found->solution.body, kAnswer);
  EXPECT_EQ(found->rule, "last_public_agent_before_close");
  ASSERT_THAT(found->problem, SizeIs(1));
  EXPECT_EQ(found->problem.front().body, "I cannot sign in.");
}

TEST(Resolution, NeverStandsInANote) {
  auto thread = ticket();
  thread.messages.push_back(note(50, "the real reason is the outage in the second data centre"));
  for (const char* rule : {"last_public_agent_before_close", "last_agent_message", "note_marked",
                           "last_public_agent_message", "flagged"}) {
    thread.pick = {rule};
    thread.messages.back().marked = true;

    EXPECT_EQ(solution(thread).find("outage"), std::string::npos) << rule;
  }
}

TEST(Resolution, TakesTheFirstRuleThatFindsSomething) {
  auto thread = ticket();
  thread.pick = {"field:close_notes", "flagged", "last_agent_message"};
  EXPECT_EQ(solution(thread).substr(0, 7), "Closing");

  thread.messages[4].marked = true;
  EXPECT_EQ(solution(thread), kAnswer);

  thread.fields = {agent(60, "Second factor reset.")};
  thread.fields[0].id = "close_notes";
  EXPECT_EQ(solution(thread), "Second factor reset.");

  thread.fields[0].audience = {};
  EXPECT_EQ(solution(thread), kAnswer) << "a field for staff is no public solution";
}

TEST(Resolution, KnowsEveryRuleThatAThreadMayName) {
  auto thread = ticket();
  thread.messages[4].marked = true;
  for (const auto rule : sources::kPickRules) {
    thread.pick = {std::string(rule)};

    EXPECT_EQ(resolution_of(thread).has_value(), rule != "none") << rule;
  }
}

TEST(Resolution, IsNoneByTheRuleNone) {
  auto thread = ticket();
  thread.pick = {"none", "last_public_agent"};

  EXPECT_FALSE(resolution_of(thread));
}

TEST(Resolution, NeedsASolvedTicket) {
  auto open = ticket();
  open.state = "open";
  auto unresolved = ticket();
  unresolved.resolved = false;

  EXPECT_FALSE(resolution_of(open));
  EXPECT_FALSE(resolution_of(unresolved));
}

TEST(Resolution, NeedsAnOutcomeThatMeansAnswered) {
  auto thread = ticket();
  for (const char* outcome : {"duplicate", "declined", "unknown"}) {
    thread.outcome = outcome;
    EXPECT_FALSE(resolution_of(thread)) << outcome;
  }
  thread.outcome = "answered";
  EXPECT_TRUE(resolution_of(thread));
}

TEST(Resolution, IsNotMadeOfThreadsForStaffOrNobody) {
  auto thread = ticket();
  for (const auto level : {sources::Level::Internal, sources::Level::Private}) {
    thread.audience = {level, {}};
    EXPECT_FALSE(resolution_of(thread));
  }
  thread.audience = {sources::Level::Restricted, {}};
  EXPECT_FALSE(resolution_of(thread));
}

TEST(Resolution, OfAForumThreadNeedsNoClosedState) {
  auto thread = ticket();
  thread.kind = "thread";
  thread.state = "open";
  thread.pick = {"flagged"};
  thread.messages[4].marked = true;

  EXPECT_EQ(solution(thread), kAnswer);
}

TEST(Resolution, TakesABotsAnswerOnlyWhenPeopleMarkedIt) {
  auto thread = solved_ticket({customer(0, "Help"), said(Side::Bot, 10, kAnswer)});
  thread.pick = {"last_public_agent", "flagged"};
  EXPECT_FALSE(resolution_of(thread));

  thread.messages[1].marked = true;
  EXPECT_EQ(solution(thread), kAnswer);
}

TEST(Resolution, CitesItsLinks) {
  auto thread = solved_ticket(
      {customer(0, "Help"), agent(10, "Follow https://docs.example/reset, it says all.")});

  EXPECT_THAT(resolution_of(thread)->links, ElementsAre("https://docs.example/reset"));
}

TEST(Resolution, IsLessSureWhenTheCustomerCameBack) {
  const auto confidence_after = [](const std::string& reply) {
    auto thread = ticket();
    thread.messages.push_back(customer(95, reply));
    return resolution_of(thread)->confidence;
  };

  EXPECT_NEAR(resolution_of(ticket())->confidence, 0.7, 1e-9);
  EXPECT_NEAR(confidence_after("Thanks, that was it"), 0.7, 1e-9);
  EXPECT_NEAR(confidence_after("Still the same"), 0.5, 1e-9);
}

TEST(Resolution, SettlesFromTheLastPublicWord) {
  auto thread = ticket();
  EXPECT_EQ(quiet_since(thread), minute(90));

  thread.messages.push_back(note(500, "nothing public"));
  EXPECT_EQ(quiet_since(thread), minute(90));

  thread.messages.pop_back();
  thread.messages.pop_back();
  EXPECT_EQ(quiet_since(thread), minute(60)) << "the close itself";
}

}  // namespace
}  // namespace freshet::pipeline
