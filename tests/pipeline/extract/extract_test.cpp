#include "pipeline/extract/extract.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/pipeline/extract/extracted_text.h"
#include "tests/support/result_matchers.h"

namespace freshet::pipeline::testing {
namespace {

using namespace std::string_view_literals;
using ::freshet::testing::FailsWith;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Extract, DecidesByMediaTypeThenEndingThenContent) {
  EXPECT_THAT(outline(*extract({"page", "text/html; charset=utf-8", "<p># x", ""})),
              ElementsAre("p: # x"));
  EXPECT_THAT(outline(*extract({"a.md", "text/plain", "# x", ""})), ElementsAre("h1#x: x"));
  EXPECT_THAT(outline(*extract({"dir.md/page", "", "<!DOCTYPE html><p>x", ""})),
              ElementsAre("p: x"));
  EXPECT_THAT(outline(*extract({"NOTES", "", "# x\nand", ""})), ElementsAre("p: # x\nand"));
}

TEST(Extract, NamesAGlobForEveryFormat) {
  EXPECT_THAT(readable_globs(), Contains("**/*.md"));
  EXPECT_THAT(readable_globs(), Contains("**/*.html"));
  EXPECT_THAT(readable_globs(), Contains("**/*.txt"));
}

TEST(Extract, SaysWhatABinaryFileLooksLike) {
  EXPECT_THAT(extract({"a.md", "", "%PDF-1.7\nstuff", ""}),
              FailsWith(ErrorKind::Invalid, HasSubstr("looks like a PDF")));
  EXPECT_THAT(extract({"a.md", "", "\x89PNG\r\n\x1a\n"sv, ""}),
              FailsWith(ErrorKind::Invalid, HasSubstr("PNG")));
  EXPECT_THAT(extract({"a.md", "", "PK\x03\x04 word/document.xml"sv, ""}),
              FailsWith(ErrorKind::Invalid, HasSubstr("ZIP")));
  EXPECT_THAT(extract({"a.md", "",
                       "\x7f"
                       "ELF\x02\x01"sv,
                       ""}),
              FailsWith(ErrorKind::Invalid, HasSubstr("ELF")));
  EXPECT_THAT(extract({"a.md", "", "ab\0\1\2\3\4\5\6\0\0"sv, ""}),
              FailsWith(ErrorKind::Invalid, HasSubstr("binary data")));
}

TEST(Extract, ReadsEveryByteOrderMark) {
  EXPECT_THAT(outline(read_as("a.md", "\xef\xbb\xbf# \xc3\xbc")), ElementsAre("h1#ü: ü"));
  EXPECT_THAT(outline(read_as("a.md", "\xff\xfe#\0 \0\xfc\0"sv)), ElementsAre("h1#ü: ü"));
  EXPECT_THAT(outline(read_as("a.md", "\xfe\xff\0#\0 \0\xfc"sv)), ElementsAre("h1#ü: ü"));
  EXPECT_THAT(outline(read_as("a.md", "#\0 \0W\0o\0r\0d\0"sv)), ElementsAre("h1#word: Word"));
}

TEST(Extract, BelievesADeclaredCharsetThatFits) {
  const auto document =
      read_as("a.html", "<html><meta charset=\"windows-1251\"><p>\xcf\xf0\xe8\xe2\xe5\xf2</p>");

  EXPECT_THAT(outline(document), ElementsAre("p: Привет"));
  EXPECT_THAT(document.warnings, IsEmpty());
}

TEST(Extract, WarnsWhenTheBytesAreNotWhatTheyDeclare) {
  const auto document = read_as("a.html",
                                "<html><meta charset=utf-8><p>Gr\xfc\xdf"
                                "e aus K\xf6ln, sch\xf6ne Stra\xdf"
                                "en und \xc4pfel</p>");

  EXPECT_THAT(outline(document), ElementsAre("p: Grüße aus Köln, schöne Straßen und Äpfel"));
  EXPECT_THAT(document.warnings, ElementsAre(HasSubstr("declared utf-8, but")));
}

TEST(Extract, ReadsAFewNulBytesAsSpacesAndWarns) {
  const auto document = read_as(
      "a.txt", "A long enough line of text with one \0 in it, which is most likely an accident."sv);

  EXPECT_THAT(outline(document), ElementsAre(HasSubstr("with one   in it")));
  EXPECT_THAT(document.warnings, ElementsAre(HasSubstr("1 NUL")));
}

TEST(Extract, DetectsTheLanguageOnlyWhereThereIsEnoughText) {
  const std::string german =
      "Dies ist ein längerer deutscher Absatz, der über die Einrichtung des Dienstes und seine "
      "Fehlerquellen spricht.";

  EXPECT_EQ(read_as("a.txt", german).language, "de");
  EXPECT_EQ(read_as("a.txt", "ok").language, "");
  EXPECT_EQ(extract({"a.txt", "", german, "fr"})->language, "fr");
}

TEST(Extract, ReadsAnEmptyFileAsAnEmptyDocument) {
  for (const std::string_view path : {"a.md", "a.html", "a.txt", "a.rst", "a.adoc"}) {
    EXPECT_THAT(read_as(path, "").blocks, IsEmpty()) << path;
    EXPECT_THAT(read_as(path, " \n\t\r\n").blocks, IsEmpty()) << path;
  }
}

TEST(PlainText, KeepsLinesAndQuotesApart) {
  const std::string text =
      "Hello,\n  all.\n\n> earlier\n> words\n\nSee https://a.example/x?y=1. Bye\n";

  const auto document = read_as("a.txt", text);

  EXPECT_THAT(outline(document), ElementsAre("p: Hello,\n  all.", "quote: > earlier\n> words",
                                             "p: See https://a.example/x?y=1. Bye"));
  EXPECT_THAT(links_of(document),
              ElementsAre("7 link https://a.example/x?y=1 [https://a.example/x?y=1]"));
  EXPECT_EQ(source_of(document.blocks[0], text), "Hello,\n  all.");
}

}  // namespace
}  // namespace freshet::pipeline::testing
