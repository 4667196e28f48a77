#include "base/result.h"

#include "tests/support/result_matchers.h"

namespace freshet {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return Error{ErrorKind::Invalid, "odd"};
  return number / 2;
}

Result<int> quarter(int number) {
  FRESHET_TRY(const int first, half(number));
  FRESHET_TRY(const int second, half(first));
  return second;
}

TEST(Result, HandsTheValueOn) {
  ASSERT_SUCCEEDS(const int value, quarter(8));
  EXPECT_EQ(value, 2);
}

TEST(Result, HandsTheFirstErrorUp) {
  EXPECT_THAT(quarter(6), testing::FailsWith(ErrorKind::Invalid, ::testing::Eq("odd")));
}

TEST(Result, SaysWhatWasBeingDone) {
  const Error error = while_doing("read the plan", {ErrorKind::NotFound, "no such file"});
  EXPECT_EQ(error.kind, ErrorKind::NotFound);
  EXPECT_EQ(error.message, "cannot read the plan: no such file");
}

}  // namespace
}  // namespace freshet
