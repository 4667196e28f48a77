#include "tests/simulation/dialects.h"

#include <chrono>
#include <cstdio>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/simulation/ask.h"
#include "tests/simulation/bulk.h"
#include "tests/simulation/fault.h"
#include "tests/simulation/schedule.h"

namespace freshet::simulation {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// The request that lists everything, per dialect.
http::Request listing(std::string_view dialect) {
  if (dialect == "zendesk") return get("/api/v2/help_center/articles?page[size]=100");
  if (dialect == "freshdesk") return get("/api/v2/tickets?updated_since=2020-01-01T00:00:00Z");
  if (dialect == "jira") return get("/rest/api/3/search/jql?jql=id+%3E+0&fields=summary");
  if (dialect == "confluence") return get("/wiki/api/v2/pages?body-format=storage");
  if (dialect == "discourse") return get("/latest.json");
  if (dialect == "intercom") return get("/articles");
  if (dialect == "github") return get("/repos/acme/help/issues?state=all");
  return post("/v1/search", "{}");
}

/// Changes, faults and listings between them; the answers one after the other.
std::string run(const Dialect& dialect, std::uint64_t seed, std::size_t steps) {
  World world(seed);
  const auto server = dialect.create(world, {.most_rows = 5});
  Schedule schedule(world, server->profile().capabilities, seed + 1);
  FaultyServer faulty(*server, random_faults(seed + 2, steps, 8, passing_faults()));
  faulty.before_each([&] { schedule.step(); });
  std::string answers;
  for (std::size_t i = 0; i < steps; ++i) {
    const auto response = faulty.send(listing(dialect.name));
    answers += response ? std::to_string(response->status) + response->body : "unavailable";
  }
  return answers;
}

TEST(Dialects, AnswerTheSameToTheSameSeedAndRequests) {
  for (const Dialect& dialect : dialects()) {
    EXPECT_EQ(run(dialect, 5, 60), run(dialect, 5, 60)) << dialect.name;
    EXPECT_NE(run(dialect, 5, 60), run(dialect, 6, 60)) << dialect.name;
  }
}

TEST(Dialects, ListRowsWhereTheirProfileSaysAndCanShowThemAsNone) {
  for (const Dialect& dialect : dialects()) {
    World world(7);
    const auto server = dialect.create(world, {});
    Schedule schedule(world, server->profile().capabilities, 8);
    schedule.steps(100);
    settle(world);
    FaultyServer empty(*server, {.faults = {{.kind = FaultKind::EmptyListing, .count = 1}}});

    const http::Response none = *empty.send(listing(dialect.name));
    const http::Response some = *empty.send(listing(dialect.name));

    EXPECT_EQ(empty.struck().count(FaultKind::EmptyListing), 1U) << dialect.name;
    EXPECT_THAT(some.body, HasSubstr("Document 1")) << dialect.name;
    EXPECT_THAT(none.body, Not(HasSubstr("Document 1"))) << dialect.name;
    EXPECT_TRUE(none.headers.contains("date")) << dialect.name;
  }
}

TEST(Dialects, RefuseWithoutCredentialsUnlessTheyServeEverybody) {
  for (const Dialect& dialect : dialects()) {
    World world(9);
    const auto server = dialect.create(world, {});
    http::Request request = listing(dialect.name);
    request.headers.clear();
    EXPECT_EQ(server->handle(request).status, server->profile().anonymous ? 200 : 401)
        << dialect.name;
  }
}

TEST(Dialects, ShowNoTextOfADocumentThatIsGoneOrHidden) {
  for (const Dialect& dialect : dialects()) {
    World world(11);
    const auto server = dialect.create(world, {});
    Schedule schedule(world, server->profile().capabilities, 12);
    schedule.steps(300);
    settle(world);
    const std::string body = server->handle(listing(dialect.name)).body;

    std::set<std::string> live;
    for (const Truth& truth : world.truth())
      live.insert("\"Document " + std::to_string(truth.id) + "\"");
    for (const auto& [id, document] : world.documents()) {
      const std::string title = "\"" + document->title() + "\"";
      if (live.contains(title)) continue;
      EXPECT_THAT(body, Not(HasSubstr(title))) << dialect.name;
    }
  }
}

/// Prints the rate; the only thing it checks is that the runs are real.
TEST(Dialects, RunManySchedulesASecond) {
  constexpr std::uint64_t kSchedules = 40;
  for (const Dialect& dialect : dialects()) {
    const auto start = std::chrono::steady_clock::now();
    std::size_t bytes = 0;
    for (std::uint64_t seed = 0; seed < kSchedules; ++seed) bytes += run(dialect, seed, 60).size();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    std::printf("%-10s %6.0f schedules/s of 60 steps and 60 listings\n", dialect.name.data(),
                static_cast<double>(kSchedules) / took.count());
    EXPECT_GT(bytes, 10'000U) << dialect.name;
  }
}

TEST(BulkZendesk, ServesEveryTicketOnceAndEndsTheStream) {
  const BulkZendesk bulk({.tickets = 2500});
  std::size_t tickets = 0;
  std::string target = "/api/v2/incremental/tickets/cursor?start_time=0";
  Json body;

  do {
    body = *parse_json(bulk.handle(get(target)).body);
    tickets += body["tickets"].size();
    target = "/api/v2/incremental/tickets/cursor?cursor=" + body["after_cursor"].get<std::string>();
  } while (!body["end_of_stream"].get<bool>());

  EXPECT_EQ(tickets, 2500U);
  EXPECT_EQ(bulk.ticket_pages(), 3U);
  EXPECT_TRUE((*parse_json(bulk.handle(get(target)).body))["tickets"].empty());
}

TEST(BulkZendesk, MarksExactlyTheInternalComment) {
  const BulkZendesk bulk({.tickets = 10});

  const Json comments =
      (*parse_json(bulk.handle(get("/api/v2/tickets/7/comments?page[size]=100")).body))["comments"];

  ASSERT_EQ(comments.size(), 4U);
  for (const Json& comment : comments) {
    const bool marked = comment["body"].get<std::string>().find("INT-BULK") != std::string::npos;
    EXPECT_EQ(comment["public"].get<bool>(), !marked);
  }
  EXPECT_EQ(bulk.comments_page(7), bulk.comments_page(7));
}

}  // namespace
}  // namespace freshet::simulation
