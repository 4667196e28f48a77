#include "base/json_text.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/json.h"

namespace freshet {
namespace {

std::string written(std::string_view text) {
  std::string out = "x";
  append_json_text(out, text);
  return out;
}

TEST(JsonText, IsWrittenAsTheLibraryWritesIt) {
  std::string every_byte;
  for (char c = 0; c < 0x7f; ++c) every_byte += c;
  for (const std::string& text : {std::string(), std::string("plain"), std::string("a\"b\\c\nd"),
                                  every_byte, std::string("\x7f é \xF0\x9F\x98\x80")}) {
    EXPECT_EQ(written(text), "x" + dump_json(Json(text)));
  }
}

TEST(JsonText, RepairsMalformedText) {
  EXPECT_EQ(written("a\xFFz\n"), "x\"a\xEF\xBF\xBDz\\n\"");
}

}  // namespace
}  // namespace freshet
