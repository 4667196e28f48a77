#include <random>
#include <string>

#include <gmock/gmock.h>

#include "config/tree.h"
#include "tests/config/reading.h"

namespace freshet::config {
namespace {

using ::testing::HasSubstr;
using testing::problems_of;
using testing::read_text;
using ::testing::SizeIs;
using ::testing::StartsWith;
using testing::with;

TEST(HostileConfiguration, ThatIsNoYamlIsRefusedWithItsPlace) {
  EXPECT_THAT(problems_of(read_text("version: 1\ndata_dir: [\n")), HasSubstr("is not YAML"));
  EXPECT_THAT(problems_of(read_text("version: 1\n  data_dir: x: y\n")), StartsWith("f:2:"));
}

TEST(HostileConfiguration, ThatIsBinaryIsRefused) {
  EXPECT_THAT(problems_of(read_text("\x7f"
                                    "ELF\x02\x01\xff\xfe")),
              HasSubstr("not UTF-8"));
  EXPECT_THAT(problems_of(read_text(std::string_view("version: 1\0x", 12))),
              HasSubstr("not UTF-8"));
}

TEST(HostileConfiguration, ThatIsEmptyIsRefusedWithANextStep) {
  for (const char* text : {"", "\n\n", "# only a comment\n", "---\n", "~\n"}) {
    EXPECT_THAT(problems_of(read_text(text)), HasSubstr("freshet init")) << text;
  }
}

TEST(HostileConfiguration, ThatIsNoMapIsRefused) {
  for (const char* text : {"docs\n", "- a\n- b\n", "[1, 2]\n"}) {
    EXPECT_THAT(problems_of(read_text(text)), HasSubstr("must be a map")) << text;
  }
}

TEST(HostileConfiguration, OfTenMegabytesIsRefused) {
  EXPECT_THAT(problems_of(read_text(std::string(10'000'000, '#'))), HasSubstr("larger than 1 MB"));
}

TEST(HostileConfiguration, OfDeepNestingIsRefused) {
  EXPECT_THAT(problems_of(read_text("a: " + std::string(100'000, '['))),
              HasSubstr("nested deeper"));
  EXPECT_THAT(problems_of(read_text(std::string(100'000, '{'))), HasSubstr("f:1:"));
  std::string blocks;
  for (std::size_t depth = 0; depth < 400; ++depth) blocks += std::string(depth, ' ') + "a:\n";
  EXPECT_THAT(problems_of(read_text(blocks)), HasSubstr("nested deeper"));
}

TEST(HostileConfiguration, WithAnAliasBombIsRefused) {
  std::string bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n";
  for (char name = 'b'; name < 'j'; ++name) {
    const char last = static_cast<char>(name - 1);
    bomb +=
        std::string(1, name) + ": &" + name + " [*" + last + ", *" + last + ", *" + last + "]\n";
  }
  EXPECT_THAT(problems_of(read_text(bomb)), HasSubstr("f:1:4: error: anchors"));
  EXPECT_FALSE(read_text("a: *nowhere\n").usable());
  EXPECT_FALSE(read_text("<<: *base\n").usable());
}

TEST(HostileConfiguration, WithTagsOrSeveralDocumentsIsRefused) {
  EXPECT_THAT(problems_of(read_text("version: !!binary aGk=\n")), HasSubstr("tags"));
  EXPECT_THAT(problems_of(read_text("version: 1\n---\nversion: 1\n")), HasSubstr("more than one"));
}

TEST(HostileConfiguration, WithDuplicateKeysNamesBothLines) {
  const auto text = problems_of(read_text(with("serve:\n  threads: 1\n  threads: 2\n")));

  EXPECT_THAT(text, HasSubstr("f:7:3: error: threads: is written twice; the first is in line 6"));
}

TEST(HostileConfiguration, IndentedByTabsSaysSo) {
  EXPECT_THAT(problems_of(read_text("version: 1\nserve:\n\tthreads: 1\n")), HasSubstr("tab"));
}

TEST(HostileConfiguration, WithStrangeKeysIsRefused) {
  EXPECT_FALSE(read_text("? [a, b]\n: 1\n").usable());
  EXPECT_FALSE(read_text("? {a: b}\n: 1\n").usable());
  EXPECT_THAT(problems_of(read_text(with("\xd0\xb8\xd0\xbc\xd1\x8f: 1\n"))),
              HasSubstr("\xd0\xb8\xd0\xbc\xd1\x8f: is no option"));
  EXPECT_FALSE(read_text(with(std::string(50'000, 'k') + ": 1\n")).usable());
}

TEST(HostileConfiguration, WithControlCharactersInAValueIsRefused) {
  EXPECT_THAT(problems_of(read_text(with("serve: {listen: \"a\\nb:80\"}\n"))),
              HasSubstr("control characters"));
}

TEST(HostileConfiguration, ReportsABoundedNumberOfProblems) {
  std::string text = with("");
  for (int i = 0; i < 5000; ++i) text += "unknown" + std::to_string(i) + ": 1\n";

  EXPECT_THAT(read_text(text).problems, SizeIs(101));
}

/// Whatever the bytes are, reading ends with settings or with problems.
TEST(HostileConfiguration, MadeOfRandomPiecesNeverCrashesTheReader) {
  const std::vector<std::string> pieces{"version: 1\n",
                                        "data_dir: x\n",
                                        "sources:\n",
                                        "  - name: a\n",
                                        "    type: git\n",
                                        "    type: folder\n",
                                        "    path: ${P}\n",
                                        "[",
                                        "]",
                                        "{",
                                        "}",
                                        ": ",
                                        "- ",
                                        "\n",
                                        "  ",
                                        "\t",
                                        "'",
                                        "\"",
                                        "#",
                                        "&a ",
                                        "*a",
                                        "!t ",
                                        "|\n",
                                        ">\n",
                                        "? ",
                                        "%YAML 9\n",
                                        "---\n",
                                        "...\n",
                                        "\xff",
                                        "${",
                                        "$$",
                                        "serve:",
                                        "  threads: 1e9\n",
                                        "~"};
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (auto left = random() % 24; left > 0; --left) text += pieces[random() % pieces.size()];

    const auto reading = read_text(text);

    EXPECT_TRUE(!reading.usable() || !reading.settings.sources.empty()) << text;
  }
}

}  // namespace
}  // namespace freshet::config
