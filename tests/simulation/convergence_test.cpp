// That the simulation can be solved, and is not solved by accident: a careful client written out by
// hand ends with the truth, the usual one does not.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/simulation/ask.h"
#include "tests/simulation/fault.h"
#include "tests/simulation/freshdesk.h"
#include "tests/simulation/schedule.h"
#include "tests/simulation/zendesk.h"

namespace freshet::simulation {
namespace {

using std::chrono::seconds;

/// Asks again until there is an answer that is not a passing trouble.
Answer insist(FaultyServer& server, World& world, const std::string& target) {
  for (int attempt = 0; attempt < 50; ++attempt) {
    const auto response = server.send(get(target));
    if (response && response->status < 500 && response->status != 429) {
      auto body = parse_json(response->body);
      if (body) return {response->status, response->headers, *std::move(body)};
    }
    world.advance(seconds{10});
  }
  ADD_FAILURE() << "the trouble does not pass: " << target;
  return {};
}

struct Copy {
  std::string body;
  std::set<std::string> everyone;
  std::set<std::string> staff;
};

/// Reads the ticket export by its cursor and every changed ticket's comments.
class TicketExport {
 public:
  TicketExport(FaultyServer& server, World& world) : server_(&server), world_(&world) {}

  void sync() {
    for (bool more = true; more;) {
      const std::string from = cursor_.empty() ? "start_time=0" : "cursor=" + cursor_;
      const Answer page = insist(*server_, *world_, kPath + "?" + from);
      if (page.status != 200) {
        cursor_.clear();
        continue;
      }
      for (const Json& ticket : page.body["tickets"]) take(ticket);
      if (page.body["after_cursor"].is_string()) cursor_ = page.body["after_cursor"];
      more = !page.body["end_of_stream"].get<bool>();
    }
  }
  [[nodiscard]] const std::map<Id, Copy>& copies() const { return copies_; }

 private:
  void take(const Json& ticket) {
    const Id id = ticket["id"];
    copies_.erase(id);
    if (ticket["status"] == "deleted") return;
    Copy copy;
    std::string after;
    for (bool more = true; more;) {
      const Answer page =
          insist(*server_, *world_,
                 "/api/v2/tickets/" + std::to_string(id) + "/comments?page[size]=100" +
                     (after.empty() ? "" : "&page[after]=" + after));
      if (page.status == 404) return;
      after = page.status == 200 ? page.body["meta"]["after_cursor"].get<std::string>() : "";
      if (page.status == 200) add(page.body["comments"], copy);
      more = page.status != 200 || page.body["meta"]["has_more"].get<bool>();
    }
    copies_[id] = std::move(copy);
  }
  static void add(const Json& comments, Copy& copy) {
    for (const Json& comment : comments) {
      const std::string body = comment["body"];
      if (comment["id"] > 1'000'000'000) copy.body = body;
      auto& markers = comment["public"].get<bool>() ? copy.everyone : copy.staff;
      markers.insert(body.substr(body.rfind(' ') + 1));
    }
  }

  const std::string kPath = "/api/v2/incremental/tickets/cursor";
  FaultyServer* server_;
  World* world_;
  std::string cursor_;
  std::map<Id, Copy> copies_;
};

void expect_equal(const std::map<Id, Copy>& copies, const World& world, std::uint64_t seed) {
  std::size_t tickets = 0;
  for (const Truth& truth : world.truth()) {
    if (truth.kind != Kind::Ticket) continue;
    ++tickets;
    ASSERT_TRUE(copies.contains(truth.id)) << "lost " << truth.id << ", seed " << seed;
    const Copy& copy = copies.at(truth.id);
    EXPECT_THAT(copy.body, ::testing::HasSubstr(truth.version_marker)) << "seed " << seed;
    EXPECT_THAT(truth.public_markers, ::testing::UnorderedElementsAreArray(copy.everyone));
    EXPECT_THAT(truth.internal_markers, ::testing::UnorderedElementsAreArray(copy.staff));
  }
  EXPECT_EQ(copies.size(), tickets) << "resurrected, seed " << seed;
}

TEST(Convergence, ACarefulZendeskClientEndsWithTheTruth) {
  std::size_t tickets = 0;
  std::size_t troubles = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    World world(seed);
    world.advance(seconds{120});
    ZendeskServer zendesk(world, {.most_rows = 4});
    Schedule schedule(world, zendesk.profile().capabilities, seed + 1);
    FaultyServer server(zendesk, random_faults(seed + 2, 150, 30, passing_faults()));
    TicketExport client(server, world);

    for (int i = 0; i < 8; ++i) {
      schedule.steps(20);
      world.advance(seconds{45});
      // A client that reads more slowly than the world changes would never end.
      std::size_t budget = 30;
      server.before_each([&] { budget > 0 ? (--budget, schedule.step()) : void(); });
      client.sync();
    }
    server.heal();
    server.before_each({});
    settle(world);
    client.sync();

    expect_equal(client.copies(), world, seed);
    tickets += client.copies().size();
    for (const auto& [kind, times] : server.struck()) troubles += times;
  }
  EXPECT_GT(tickets, 500U);
  EXPECT_GT(troubles, 500U);
}

/// Reads tickets from `overlap` before the newest time seen; below zero for "later than".
std::size_t stale_after(std::uint64_t seed, seconds overlap) {
  World world(seed);
  FreshdeskServer freshdesk(world);
  Schedule schedule(world, freshdesk.profile().capabilities, seed + 1);
  FaultyServer server(freshdesk);
  std::map<Id, std::string> copies;
  Instant newest = world.now() - std::chrono::hours{1};
  const auto sync = [&] {
    const std::string since = to_rfc3339(newest - overlap);
    const Answer page = insist(server, world,
                               "/api/v2/tickets?order_by=updated_at&order_type=asc&per_page=100"
                               "&updated_since=" +
                                   since);
    for (const Json& ticket : page.body) {
      copies[ticket["id"]] = ticket["updated_at"];
      newest = std::max(newest, *parse_rfc3339(std::string(ticket["updated_at"])));
    }
  };
  for (int i = 0; i < 60; ++i) {
    schedule.steps(2);
    world.advance(seconds{1});
    sync();
  }
  settle(world);
  sync();
  std::size_t stale = 0;
  for (const auto& [id, ticket] : world.documents()) {
    const bool live = ticket->kind == Kind::Ticket && ticket->state == State::Live;
    if (live && copies[id] != to_rfc3339(ticket->updated)) ++stale;
  }
  return stale;
}

TEST(Convergence, TheNewestTimeSeenLosesTicketsAndAnOverlapDoesNot) {
  std::size_t lost = 0;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    lost += stale_after(seed, seconds{-1});
    EXPECT_EQ(stale_after(seed, seconds{120}), 0U) << "seed " << seed;
  }

  EXPECT_GT(lost, 20U);
}

}  // namespace
}  // namespace freshet::simulation
