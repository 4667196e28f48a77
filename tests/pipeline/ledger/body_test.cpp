#include "pipeline/ledger/body.h"

#include "tests/support/result_matchers.h"

namespace freshet::testing {
namespace {

using pipeline::compress_body;
using pipeline::decompress_body;
using ::testing::_;

TEST(Body, ComesBackByteForByte) {
  for (const std::string& body :
       {std::string(), std::string("a\0b\xff", 4), std::string(1000000, 'x')}) {
    ASSERT_SUCCEEDS(const std::string frame, compress_body(body));
    ASSERT_SUCCEEDS(const std::string back, decompress_body(frame));
    EXPECT_EQ(back, body);
  }
}

TEST(Body, NoticesEveryDamagedOrMissingByte) {
  const std::string body = "a text that is compressed, a text that is compressed";
  ASSERT_SUCCEEDS(const std::string frame, compress_body(body));
  for (std::size_t at = 0; at < frame.size(); ++at) {
    std::string damaged = frame;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    const auto result = decompress_body(damaged);
    // A few header bits carry no meaning; what is then read must still be right.
    if (result) {
      EXPECT_EQ(*result, body) << at;
    }
    EXPECT_THAT(decompress_body(std::string_view(frame).substr(0, at)),
                FailsWith(ErrorKind::Corrupt, _));
  }
}

TEST(Body, RefusesAFrameThatClaimsToBeHuge) {
  // Magic number, single segment with an 8-byte content size of 2^40.
  const std::string bomb("\x28\xb5\x2f\xfd\xe0\0\0\0\0\0\1\0\0\1\0\0", 16);

  EXPECT_THAT(decompress_body(bomb), FailsWith(ErrorKind::Corrupt, _));
}

}  // namespace
}  // namespace freshet::testing
