#include "config/problem.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace freshet::config {
namespace {

constexpr std::size_t kMostProblems = 100;

}  // namespace

std::string describe(const Problem& problem, std::string_view file) {
  std::string text(file);
  if (problem.at.line > 0) {
    text += ":" + std::to_string(problem.at.line) + ":" + std::to_string(problem.at.column);
  }
  text += problem.severity == Severity::Error ? ": error: " : ": warning: ";
  if (!problem.option.empty()) text += problem.option + ": ";
  return text + problem.message;
}

void Problems::error(Position at, std::string_view option, std::string message) {
  add({Severity::Error, at, std::string(option), std::move(message)});
}

void Problems::warning(Position at, std::string_view option, std::string message) {
  add({Severity::Warning, at, std::string(option), std::move(message)});
}

void Problems::add(Problem problem) {
  if (list_.size() < kMostProblems) {
    list_.push_back(std::move(problem));
  } else if (list_.size() == kMostProblems) {
    list_.push_back({Severity::Error, problem.at, "", "and more; fix these first"});
  }
}

std::vector<Problem> Problems::sorted() const {
  auto result = list_;
  std::stable_sort(result.begin(), result.end(), [](const Problem& a, const Problem& b) {
    return std::tie(a.at.line, a.at.column) < std::tie(b.at.line, b.at.column);
  });
  return result;
}

}  // namespace freshet::config
