#include "serving/request_ids.h"

#include <gtest/gtest.h>

namespace freshet::serving {
namespace {

Request with_id(const std::string& id) {
  Request request;
  request.headers = {{"x-request-id", id}};
  return request;
}

TEST(RequestIds, KeepTheCallersSafeId) {
  RequestIds ids(1);

  EXPECT_EQ(ids.of(with_id("call-7:a.b_C")), "call-7:a.b_C");
  EXPECT_EQ(ids.of(with_id(std::string(128, 'a'))), std::string(128, 'a'));
}

TEST(RequestIds, ReplaceWhatIsTooLongOrCouldBreakALog) {
  RequestIds ids(1);

  for (const auto& id : {std::string(), std::string(129, 'a'), std::string("a b"),
                         std::string("a\"b"), std::string("caf\xc3\xa9")}) {
    EXPECT_NE(ids.of(with_id(id)), id);
  }
}

TEST(RequestIds, NeverRepeatAndDifferBetweenRuns) {
  RequestIds first(1);
  RequestIds second(2);
  const auto id = first.next();

  EXPECT_EQ(id.size(), 32U);
  EXPECT_NE(id, first.next());
  EXPECT_NE(id, second.next());
}

}  // namespace
}  // namespace freshet::serving
