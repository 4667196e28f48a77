#include "tests/simulation/fault.h"

#include "tests/simulation/ask.h"
#include "tests/simulation/zendesk.h"
#include "tests/support/result_matchers.h"

namespace freshet::simulation {
namespace {

using std::chrono::seconds;
using ::testing::_;
using testing::FailsWith;
using ::testing::HasSubstr;

constexpr std::string_view kList = "/api/v2/help_center/articles.json?page[size]=4";

class FaultyServerTest : public ::testing::Test {
 protected:
  FaultyServerTest() {
    for (int i = 0; i < 10; ++i) world_.create({.kind = Kind::Article});
    settle(world_);
  }

  http::Response send(FaultyServer& server, std::string_view target = kList) {
    auto response = server.send(get(target));
    EXPECT_TRUE(response.has_value());
    return response ? *response : http::Response{};
  }
  /// The answer to the first request under one fault.
  http::Response struck_by(FaultKind kind, std::string_view target = kList) {
    FaultyServer server(zendesk_, {.faults = {{.kind = kind}}});
    http::Response response = send(server, target);
    EXPECT_EQ(server.struck().at(kind), 1U) << name_of(kind);
    return response;
  }
  static Json rows(const http::Response& response) {
    auto body = parse_json(response.body);
    return body && body->contains("articles") ? (*body)["articles"] : Json(nullptr);
  }
  http::Response throttled(Throttling style) {
    FaultyServer server(zendesk_, {.faults = {{.kind = FaultKind::Throttle}}, .throttling = style});
    return send(server);
  }

  World world_{21};
  ZendeskServer zendesk_{world_};
};

TEST_F(FaultyServerTest, SpeaksEveryDialectOfTooManyRequests) {
  using enum Throttling;
  EXPECT_EQ(throttled(RetryAfterSeconds).headers.at("retry-after"), "5");
  EXPECT_THAT(throttled(RetryAfterDate).headers.at("retry-after"), HasSubstr("GMT"));
  EXPECT_EQ(throttled(ResetSeconds).headers.at("x-ratelimit-reset"), "5");
  const auto epoch = whole_number(throttled(ResetEpoch).headers.at("x-ratelimit-reset"));
  EXPECT_NEAR(static_cast<double>(*epoch), static_cast<double>(epoch_seconds(world_.now())), 7);
  EXPECT_EQ(throttled(OwnHeader).headers.at("x-ratelimit-retry-after"), "5");
  EXPECT_EQ(throttled(ForbiddenStatus).status, 403);
  EXPECT_THAT(throttled(BodyBackoff).body, HasSubstr("\"backoff\":5"));
  EXPECT_EQ(throttled(BadRequestStatus).status, 400);
}

TEST_F(FaultyServerTest, StaysClosedUntilTheTimeItNamedAndCountsTheImpatient) {
  FaultyServer server(zendesk_, {.faults = {{.kind = FaultKind::Throttle}}});

  EXPECT_EQ(send(server).status, 429);
  EXPECT_EQ(send(server).status, 429);
  EXPECT_EQ(server.impatient(), 1U);
  world_.advance(seconds{5});
  EXPECT_EQ(send(server).status, 200);
  EXPECT_EQ(server.impatient(), 1U);
}

TEST_F(FaultyServerTest, RefusesInEveryWay) {
  EXPECT_GE(struck_by(FaultKind::ServerError).status, 500);
  EXPECT_EQ(struck_by(FaultKind::Outage).status, 503);
  EXPECT_EQ(struck_by(FaultKind::Unauthorized).status, 401);
  EXPECT_EQ(struck_by(FaultKind::Forbidden).status, 403);
  EXPECT_EQ(struck_by(FaultKind::LostPermission).status, 403);
  const auto page = struck_by(FaultKind::LoginPage);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.headers.at("content-type"), HasSubstr("text/html"));
  FaultyServer reset(zendesk_, {.faults = {{.kind = FaultKind::Reset}}});
  EXPECT_THAT(reset.send(get(kList)), FailsWith(ErrorKind::Unavailable, HasSubstr("reset")));
}

TEST_F(FaultyServerTest, CutsTheBody) {
  const auto response = struck_by(FaultKind::TruncatedBody);
  EXPECT_EQ(response.status, 200);
  EXPECT_FALSE(parse_json(response.body).has_value());
}

TEST_F(FaultyServerTest, TakesTimeAndMovesTheServersClock) {
  const Instant before = world_.now();
  struck_by(FaultKind::SlowBody);
  EXPECT_GE(world_.now() - before, seconds{5});
  struck_by(FaultKind::ClockJump);
  EXPECT_EQ(world_.server_now() - world_.now(), seconds{5});
}

TEST_F(FaultyServerTest, ForgetsATokenUntilTheListingBeginsAnew) {
  FaultyServer server(zendesk_, {.faults = {{.kind = FaultKind::ExpiredToken, .count = 3}}});

  EXPECT_EQ(send(server).status, 200);
  const std::string target = std::string(kList) + "&page[after]=c4.0";
  EXPECT_EQ(send(server, target).status, 400);
  EXPECT_EQ(send(server, target).status, 400);
  EXPECT_EQ(send(server, target).status, 400) << "the fault is over, the token still dead";
  EXPECT_EQ(send(server).status, 200);
  EXPECT_EQ(send(server, target).status, 200);
}

TEST_F(FaultyServerTest, DisturbsTheRowsOfAPage) {
  const Json plain = ask(zendesk_, kList).body["articles"];

  EXPECT_EQ(rows(struck_by(FaultKind::DuplicateRows)).size(), 8U);
  EXPECT_EQ(rows(struck_by(FaultKind::ReorderedRows))[0], plain[3]);
  EXPECT_LT(rows(struck_by(FaultKind::MissingRows)).size(), 4U);
  const Json poisoned = rows(struck_by(FaultKind::PoisonRecord));
  EXPECT_EQ(poisoned[0]["id"], plain[0]["id"]);
  EXPECT_TRUE(poisoned[0]["updated_at"].is_array());
  EXPECT_EQ(poisoned[1], plain[1]);
}

TEST_F(FaultyServerTest, ShowsAListingAsCompleteThatIsNot) {
  for (const FaultKind kind : {FaultKind::EmptyListing, FaultKind::HalfListing}) {
    const auto response = struck_by(kind);
    const Json body = *parse_json(response.body);
    EXPECT_EQ(body["articles"].size(), kind == FaultKind::EmptyListing ? 0U : 2U);
    EXPECT_EQ(body["meta"]["has_more"], false);
    EXPECT_TRUE(body["links"]["next"].is_null());
  }
}

TEST_F(FaultyServerTest, EndsAListingAtTheRowCap) {
  FaultyServer server(zendesk_, {.faults = {}, .row_cap = 8});
  const std::string target(kList);

  EXPECT_EQ(send(server, target).status, 200);
  EXPECT_EQ(send(server, target + "&page[after]=c4.0").status, 200);
  EXPECT_EQ(send(server, target + "&page[after]=c8.0").status, 400);
  EXPECT_EQ(send(server, target).status, 200) << "a new listing counts from the start";
}

TEST_F(FaultyServerTest, GivesADateWithEveryAnswer) {
  for (const FaultKind kind : misleading_faults()) {
    FaultyServer server(zendesk_, {.faults = {{.kind = kind}}});
    EXPECT_TRUE(send(server).headers.contains("date")) << name_of(kind);
  }
}

TEST_F(FaultyServerTest, HealsAndLetsTheWorldMoveBetweenRequests) {
  FaultyServer server(zendesk_, {.faults = {{.kind = FaultKind::Outage, .count = 100}}});
  int changes = 0;
  server.before_each([&] { ++changes; });

  EXPECT_EQ(send(server).status, 503);
  server.heal();
  EXPECT_EQ(send(server).status, 200);
  EXPECT_EQ(changes, 2);
}

}  // namespace
}  // namespace freshet::simulation
