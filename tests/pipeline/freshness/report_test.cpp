#include "pipeline/freshness/report.h"

#include <bitset>
#include <sstream>

#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "base/json.h"
#include "pipeline/freshness/report_text.h"
#include "tests/support/result_matchers.h"

namespace freshet::pipeline {
namespace {

using freshet::testing::FailsWith;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const Instant kNow = std::chrono::sys_days{std::chrono::year{2026} / 11 / 21};

Finding plain_finding() {
  Finding finding;
  finding.rule = "broken-link";
  finding.source = "docs";
  finding.document_id = "docs:guide/use.md";
  finding.path = "guide/use.md";
  finding.line = 12;
  finding.quote = "see [setup](setup.md)";
  finding.fact = "guide/setup.md was deleted in 1a2b3c4d on 2026-03-04";
  finding.target = "guide/setup.md";
  finding.commit = "1a2b3c4d";
  finding.since = std::chrono::sys_days{std::chrono::year{2026} / 3 / 4};
  finding.owner = "Docs team";
  finding.action = "remove the link or restore the page";
  finding.fingerprint = "00ff";
  return finding;
}

StaleReport report_of(std::vector<Finding> findings) {
  StaleReport report;
  report.findings = std::move(findings);
  report.documents_checked = 120;
  report.links_checked = 900;
  return report;
}

/// A finding whose texts attack every format.
Finding hostile_finding() {
  auto finding = plain_finding();
  finding.path = "=cmd|'/C calc'!A0/<script>alert(1)</script>.md";
  finding.quote = "\x1b[31mred\r\n| a | b | \"q\" \xe2\x80\xae gpj.exe \xff <img src=x onerror=y>";
  finding.owner = "@everyone</td>`x`";
  finding.action = "+1,2";
  return finding;
}

std::string written(std::string_view format, const StaleReport& report) {
  const auto found = report_format(format);
  return found ? found->write(report, kNow) : "no format " + std::string(format);
}

TEST(ReportFormats, AreNamedWhenAnUnknownOneIsAskedFor) {
  EXPECT_THAT(report_format("pdf"),
              FailsWith(ErrorKind::Invalid, HasSubstr("table, json, csv, markdown, html")));
}

TEST(ReportFormats, SayWhenThereIsNothing) {
  for (const auto& format : report_formats()) {
    const auto text = format.write(report_of({}), kNow);
    EXPECT_TRUE(text.ends_with('\n')) << format.name;
  }
  EXPECT_THAT(written("table", report_of({})),
              HasSubstr("0 findings in 120 documents and 900 links."));
}

TEST(ReportFormats, NeverCallAPageOutdated) {
  for (const auto& format : report_formats()) {
    EXPECT_THAT(format.write(report_of({plain_finding()}), kNow), Not(HasSubstr("outdated")));
  }
}

TEST(JsonReport, HasTheContractsMembers) {
  auto report = report_of({plain_finding()});
  report.notes = {"a note"};
  ASSERT_SUCCEEDS(const Json json, parse_json(written("json", report)));

  EXPECT_EQ(json["schema"], 1);
  EXPECT_EQ(json["generated_at"], "2026-11-21T00:00:00Z");
  EXPECT_EQ(json["notes"][0], "a note");
  EXPECT_EQ(json["checked"]["documents"], 120);
  EXPECT_EQ(json["checked"]["links"], 900);
  std::vector<std::string> members;
  for (const auto& item : json["findings"][0].items()) members.push_back(item.key());
  EXPECT_THAT(members, ::testing::ElementsAre("rule", "class", "source", "document", "path", "line",
                                              "quote", "fact", "target", "commit", "since", "owner",
                                              "action", "fingerprint"));
  EXPECT_EQ(json["findings"][0]["class"], "proof");
  EXPECT_EQ(json["findings"][0]["line"], 12);
}

TEST(JsonReport, StaysValidWithHostileTexts) {
  ASSERT_SUCCEEDS(const Json json, parse_json(written("json", report_of({hostile_finding()}))));

  EXPECT_EQ(json["findings"][0]["path"], hostile_finding().path);
}

TEST(CsvReport, IsOneRowPerFinding) {
  EXPECT_EQ(written("csv", report_of({plain_finding()})),
            "rule,class,source,document,path,line,quote,fact,target,commit,since,owner,action,"
            "fingerprint\r\n"
            "broken-link,proof,docs,docs:guide/use.md,guide/use.md,12,see [setup](setup.md),"
            "guide/setup.md was deleted in 1a2b3c4d on 2026-03-04,guide/setup.md,1a2b3c4d,"
            "2026-03-04T00:00:00Z,Docs team,remove the link or restore the page,00ff\r\n");
}

TEST(CsvReport, CannotCarryFormulas) {
  for (const char* start : {"=1", "+1", "-1", "@x", "\t=1", " =1",
                            "\xef\xbc\x9d"
                            "1",
                            "\n=1"}) {
    auto finding = plain_finding();
    finding.owner = start;
    EXPECT_THAT(written("csv", report_of({finding})), HasSubstr(",'")) << start;
  }
  EXPECT_THAT(written("csv", report_of({hostile_finding()})),
              AllOf(HasSubstr(",'=cmd"), HasSubstr("\"'+1,2\""), HasSubstr("\"\"q\"\"")));
}

TEST(CsvReport, KeepsEachRowOnOneLine) {
  const auto text = written("csv", report_of({hostile_finding()}));

  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

TEST(MarkdownReport, EscapesWhatWouldBreakItsTable) {
  const auto text = written("markdown", report_of({hostile_finding()}));

  EXPECT_THAT(text, AllOf(HasSubstr("\\<script\\>"), HasSubstr("=cmd\\|"),
                          Not(HasSubstr("@everyone")), Not(HasSubstr("\x1b"))));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("| ")) continue;
    std::size_t bars = 0;
    for (std::size_t i = 0; i < line.size(); ++i)
      bars += line[i] == '|' && (i == 0 || line[i - 1] != '\\');
    EXPECT_EQ(bars, 7U) << line;
  }
}

TEST(HtmlReport, RunsNothingAndLoadsNothing) {
  const auto text = written("html", report_of({hostile_finding()}));

  EXPECT_THAT(text, StartsWith("<!doctype html>"));
  EXPECT_THAT(text, HasSubstr("default-src 'none'; style-src 'sha256-"));
  EXPECT_THAT(text,
              AllOf(Not(HasSubstr("<script")), Not(HasSubstr("<img")), Not(HasSubstr("src=\"")),
                    Not(HasSubstr("http://")), Not(HasSubstr("https://"))));
  EXPECT_THAT(text, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;"));
  EXPECT_THAT(text, HasSubstr("@everyone&lt;/td&gt;"));
}

/// The page's own style must pass its own policy: checked against `openssl dgst -sha256 -binary |
/// base64`.
std::string between(std::string_view text, std::string_view start, std::string_view end) {
  const auto from = text.find(start) + start.size();
  return std::string(text.substr(from, text.find(end, from) - from));
}

std::string hex_of_base64(std::string_view text) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bits;
  for (const char c : text) {
    if (c != '=') bits += std::bitset<6>(digits.find(c)).to_string();
  }
  std::string hex;
  for (std::size_t i = 0; i + 4 <= bits.size() && hex.size() < 64; i += 4) {
    hex += "0123456789abcdef"[std::bitset<4>(bits.substr(i, 4)).to_ulong()];
  }
  return hex;
}

TEST(HtmlReport, AllowsItsOwnStyleAndNoOther) {
  const auto text = written("html", report_of({plain_finding()}));

  EXPECT_EQ(hex_of_base64(between(text, "'sha256-", "'")),
            sha256_hex(between(text, "<style>", "</style>")));
}

TEST(HtmlReport, GroupsByOwner) {
  auto second = plain_finding();
  second.owner = "";
  const auto text = written("html", report_of({plain_finding(), second}));

  EXPECT_THAT(text, AllOf(HasSubstr("<h2>Docs team</h2>"), HasSubstr("<h2>Nobody named</h2>")));
}

TEST(TableReport, FitsAHundredColumns) {
  auto finding = plain_finding();
  finding.quote = std::string(40, 'x') + " " + std::string(40, 'y') + " " + std::string(300, 'z');
  auto report = report_of({finding});
  report.notes = {
      "docs: 4 of 101 links within the source mean no page that we know of, now or before. They "
      "are not reported"};
  std::istringstream lines(written("table", report));

  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100U) << line;
}

TEST(TableReport, CannotSteerTheTerminal) {
  const auto text = written("table", report_of({hostile_finding()}));

  EXPECT_THAT(text,
              AllOf(Not(HasSubstr("\x1b")), Not(HasSubstr("\xe2\x80\xae")), Not(HasSubstr("\r"))));
}

TEST(OneLine, KeepsOrdinaryTextAsItIs) {
  EXPECT_EQ(one_line("Gr\xc3\xbc\xc3\x9f"
                     "e, \xe4\xbd\xa0\xe5\xa5\xbd"),
            "Gr\xc3\xbc\xc3\x9f"
            "e, \xe4\xbd\xa0\xe5\xa5\xbd");
}

}  // namespace
}  // namespace freshet::pipeline
