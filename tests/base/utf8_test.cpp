#include "base/utf8.h"

#include <gtest/gtest.h>

namespace freshet {
namespace {

TEST(Utf8, DecodesEveryLength) {
  for (const char32_t value : {U'a', U'é', U'€', U'😀', char32_t{0x10FFFF}}) {
    std::string text;
    append_utf8(text, value);
    const CodePoint decoded = decode_utf8(text);
    EXPECT_TRUE(decoded.valid);
    EXPECT_EQ(decoded.value, value);
    EXPECT_EQ(decoded.length, text.size());
  }
}

TEST(Utf8, RefusesOverlongSurrogateTruncatedAndTooLarge) {
  for (const char* text : {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xE2\x82",
                           "\xF4\x90\x80\x80", "\xFF", "\x80"}) {
    EXPECT_FALSE(is_valid_utf8(text)) << text;
    EXPECT_EQ(decode_utf8(text).length, 1U);
  }
}

TEST(Utf8, ReplacesOnlyTheBrokenBytes) {
  EXPECT_EQ(to_valid_utf8("a\xFFé"), "a\xEF\xBF\xBDé");
  EXPECT_EQ(to_valid_utf8("€uro"), "€uro");
}

TEST(Utf8, NeverCutsACharacter) {
  EXPECT_EQ(truncate_utf8("a€", 1), "a");
  EXPECT_EQ(truncate_utf8("a€", 3), "a");
  EXPECT_EQ(truncate_utf8("a€", 4), "a€");
}

}  // namespace
}  // namespace freshet
