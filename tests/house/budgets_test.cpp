#include <algorithm>
#include <regex>

#include <gtest/gtest.h>

#include "tests/house/source_tree.h"

namespace freshet::testing {
namespace {

constexpr std::size_t kMostFileLines = 400;
constexpr std::size_t kMostFunctionLines = 50;

struct Function {
  std::string name;
  std::size_t lines = 0;
};

/// A function, as clang-format lays it out: a line that opens a parenthesis at some indent (0, or 2
/// in a class), up to the closing brace at the same indent.
std::vector<Function> functions_of(const SourceFile& file) {
  static const std::regex kOpening(R"(^( {0,2})[A-Za-z~][^;#]*\(.*)");
  static const std::regex kNoFunction(
      R"(^ *(namespace|using|return|static_assert|if|for|while|switch|constexpr std::array|TEST)\b.*)");
  std::vector<Function> functions;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    std::smatch match;
    const std::string& line = file.lines[i];
    if (!std::regex_match(line, match, kOpening) || std::regex_match(line, kNoFunction)) continue;
    const std::string closing = match[1].str() + "}";
    const bool has_body = [&] {
      for (std::size_t j = i; j < std::min(i + 8, file.lines.size()); ++j) {
        if (file.lines[j].ends_with("{")) return true;
        if (file.lines[j].ends_with(";") || file.lines[j].ends_with("}")) return false;
      }
      return false;
    }();
    if (!has_body) continue;
    std::size_t end = i;
    while (end < file.lines.size() && file.lines[end] != closing) ++end;
    if (end == file.lines.size()) continue;
    functions.push_back({line, end - i + 1});
    i = end;
  }
  return functions;
}

TEST(Budgets, FilesStayShort) {
  for (const SourceFile& file : source_files(rooms())) {
    EXPECT_LE(file.lines.size(), kMostFileLines) << file.path;
  }
}

TEST(Budgets, FunctionsStayShort) {
  std::vector<std::size_t> lengths;
  for (const SourceFile& file : source_files(rooms())) {
    for (const Function& function : functions_of(file)) {
      lengths.push_back(function.lines);
      EXPECT_LE(function.lines, kMostFunctionLines) << file.path << ": " << function.name;
    }
  }
  ASSERT_GT(lengths.size(), 200U) << "the test did not find the functions";
  std::ranges::sort(lengths);
  EXPECT_LE(lengths[lengths.size() * 9 / 10], 30U) << "nine functions in ten are to be short";
}

TEST(Budgets, MainFitsOnAScreen) {
  for (const SourceFile& file : source_files({"jobs"})) {
    if (file.path == "jobs/main.cpp") {
      EXPECT_LT(file.lines.size(), 60U);
    }
  }
}

TEST(Budgets, NothingIsLeftForLater) {
  const std::regex mark(R"(.*\b(TODO|FIXME|XXX|GTEST_SKIP|DISABLED_)\b.*)");
  for (const SourceFile& file : source_files(rooms())) {
    for (const std::string& line : file.lines) {
      EXPECT_FALSE(std::regex_match(line, mark)) << file.path << ": " << line;
    }
  }
}

}  // namespace
}  // namespace freshet::testing
