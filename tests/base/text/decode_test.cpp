#include "base/text/decode.h"

#include "tests/support/result_matchers.h"

namespace freshet {
namespace {

using testing::FailsWith;
using ::testing::HasSubstr;
using namespace std::string_view_literals;

TEST(DecodeText, IsExactWhereEveryByteIsACharacter) {
  for (const std::string_view bytes :
       {"plain"sv,
        "Gr\xc3\xbc\xc3\x9f"
        "e"sv,
        "\xef\xbb\xbfmarked"sv, "Gr\xfc\xdf aus K\xf6ln"sv, "\xff\xfeG\0r\0\xfc\0\xdf\0"sv}) {
    ASSERT_SUCCEEDS(const auto decoded, decode_text(bytes));
    EXPECT_TRUE(decoded.exact) << decoded.text;
  }
}

TEST(DecodeText, IsNotExactWhereAByteWasReplacedOrLeftOut) {
  for (const std::string_view bytes :
       {"a line with one \0 in it and enough beside it to pass for text"sv,
        "\xff\xfeh\0a\0l\0f\0\x00\xd8"sv, "eight bits, but \x81\x8d are none of any charset"sv}) {
    ASSERT_SUCCEEDS(const auto decoded, decode_text(bytes));
    EXPECT_FALSE(decoded.exact) << decoded.text;
  }
}

TEST(DecodeText, RefusesWhatIsNoTextAndSaysWhatItLooksLike) {
  EXPECT_THAT(decode_text("\x89PNG\r\n\x1a\n"sv), FailsWith(ErrorKind::Invalid, HasSubstr("PNG")));
  EXPECT_THAT(decode_text("\1\2\3\4\5\6\7"sv), FailsWith(ErrorKind::Invalid, HasSubstr("binary")));
}

}  // namespace
}  // namespace freshet
