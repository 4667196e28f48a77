#include "base/http/retry.h"

#include "tests/support/manual_clock.h"
#include "tests/support/recording_waiter.h"
#include "tests/support/result_matchers.h"

namespace freshet::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::AllOf;
using ::testing::ElementsAre;
using testing::FailsWith;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::SizeIs;

Response answer(int status, const std::string& retry_after = {}) {
  Response response;
  response.status = status;
  if (!retry_after.empty()) response.headers["retry-after"] = retry_after;
  return response;
}

class Retrying : public ::testing::Test {
 protected:
  /// Sends one request to a far side that gives these outcomes in turn, the last for ever.
  Result<Response> send(std::vector<Result<Response>> outcomes,
                        const Interruption& interruption = {}) {
    RetryingSender sender(
        [&, outcomes = std::move(outcomes)](const Request&, const Interruption&) {
          return outcomes[std::min(sent_++, outcomes.size() - 1)];
        },
        RetryPolicy{}, clock_, waiter_, 7);
    return sender.send(Request{}, interruption);
  }

  testing::ManualClock clock_;
  testing::RecordingWaiter waiter_{clock_};
  std::size_t sent_ = 0;
};

TEST_F(Retrying, LeavesGoodAnswersAndFinalErrorsAlone) {
  for (const int status : {200, 301, 400, 401, 403, 404, 422}) {
    ASSERT_SUCCEEDS(const auto response, send({answer(status)}));
    EXPECT_EQ(response.status, status);
  }
  EXPECT_THAT(send({Error{ErrorKind::Invalid, "bad"}}), FailsWith(ErrorKind::Invalid, "bad"));

  EXPECT_THAT(waiter_.waits(), SizeIs(0));
}

TEST_F(Retrying, TriesAgainWithGrowingDelaysUntilItSucceeds) {
  ASSERT_SUCCEEDS(const auto response, send({answer(503), Error{ErrorKind::Unavailable, "down"},
                                             answer(429), answer(200)}));

  EXPECT_EQ(response.status, 200);
  EXPECT_THAT(waiter_.waits(), ElementsAre(AllOf(Ge(milliseconds(250)), Le(milliseconds(500))),
                                           AllOf(Ge(milliseconds(500)), Le(milliseconds(1000))),
                                           AllOf(Ge(milliseconds(1000)), Le(milliseconds(2000)))));
}

TEST_F(Retrying, GivesTheLastOutcomeWhenItsAttemptsAreUsedUp) {
  ASSERT_SUCCEEDS(const auto response, send({answer(500)}));

  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(sent_, 5U);
}

TEST_F(Retrying, WaitsAsLongAsTheServerAsks) {
  ASSERT_SUCCEEDS(const auto response, send({answer(429, "7"), answer(200)}));

  EXPECT_EQ(response.status, 200);
  EXPECT_THAT(waiter_.waits(), ElementsAre(seconds(7)));
}

TEST_F(Retrying, GivesUpOnAServerThatAsksForTooMuchPatience) {
  ASSERT_SUCCEEDS(const auto response, send({answer(429, "3600"), answer(200)}));

  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(sent_, 1U);
}

TEST_F(Retrying, StopsWhenInterruptedWhileWaiting) {
  const Interruption interruption({}, clock_, clock_.now() + milliseconds(100));

  EXPECT_THAT(send({answer(503), answer(200)}, interruption),
              FailsWith(ErrorKind::Interrupted, HasSubstr("again")));
}

TEST(RetryAfter, IsSecondsOrADateAndNeverNegative) {
  const testing::ManualClock clock;  // 2026-11-20T00:00:00Z

  EXPECT_EQ(parse_retry_after("0", clock.now()), milliseconds(0));
  EXPECT_EQ(parse_retry_after("120", clock.now()), seconds(120));
  EXPECT_EQ(parse_retry_after("-5", clock.now()), milliseconds(0));
  EXPECT_EQ(parse_retry_after("Fri, 20 Nov 2026 00:01:30 GMT", clock.now()), seconds(90));
  EXPECT_EQ(parse_retry_after("Fri, 20 Nov 2020 00:00:00 GMT", clock.now()), milliseconds(0));
  EXPECT_EQ(parse_retry_after("soon", clock.now()), std::nullopt);
  EXPECT_EQ(parse_retry_after("", clock.now()), std::nullopt);
  EXPECT_EQ(parse_retry_after("99999999999999999999", clock.now()), std::nullopt);
}

}  // namespace
}  // namespace freshet::http
