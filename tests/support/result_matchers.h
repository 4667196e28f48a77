#pragma once

#include <ostream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/result.h"

namespace freshet {

/// How GoogleTest shows an error.
inline void PrintTo(const Error& error, std::ostream* out) {
  *out << name_of(error.kind) << ": " << error.message;
}

}  // namespace freshet

namespace freshet::testing {

/// EXPECT_THAT(result, Succeeds()).
MATCHER(Succeeds, "") {
  if (arg.has_value()) return true;
  *result_listener << name_of(arg.error().kind) << ": " << arg.error().message;
  return false;
}

/// EXPECT_THAT(result, FailsWith(ErrorKind::Invalid, HasSubstr("config.yaml"))).
MATCHER_P2(FailsWith, kind, message, "") {
  if (arg.has_value()) {
    *result_listener << "it succeeded";
    return false;
  }
  *result_listener << name_of(arg.error().kind) << ": " << arg.error().message;
  return arg.error().kind == kind && ::testing::Matches(message)(arg.error().message);
}

}  // namespace freshet::testing

/// Declares the value of a result, or fails the test with the error.
#define ASSERT_SUCCEEDS(declaration, expression) \
  ASSERT_SUCCEEDS_NAMED(FRESHET_CONCAT(freshet_test_result_, __LINE__), declaration, expression)
#define ASSERT_SUCCEEDS_NAMED(result, declaration, expression)            \
  auto result = (expression);                                             \
  ASSERT_TRUE(result.has_value()) << name_of(result.error().kind) << ": " \
                                  << result.error().message;              \
  declaration = *std::move(result)
