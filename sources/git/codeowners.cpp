#include "sources/git/codeowners.h"

#include <algorithm>

namespace freshet::sources::git {
namespace {

constexpr std::size_t kMaxRules = 5000;
constexpr std::string_view kBlank = " \t\r";

/// The next word of a line, where "\ " is a blank inside a word. Shortens `line`.
std::string_view take_word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(kBlank), line.size()));
  std::size_t end = 0;
  while (end < line.size() && kBlank.find(line[end]) == std::string_view::npos) {
    end += line[end] == '\\' ? 2 : 1;
  }
  end = std::min(end, line.size());
  const auto word = line.substr(0, end);
  line.remove_prefix(end);
  return word;
}

}  // namespace

CodeOwners::CodeOwners(std::string_view text) {
  while (!text.empty() && rules_.size() < kMaxRules) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto pattern = take_word(line);
    // "[Section]" and "^[Section]" are GitLab's headings.
    if (pattern.empty() || pattern.front() == '#' || pattern.find('[') <= 1) continue;
    auto glob = Glob::parse(pattern);
    if (!glob) continue;
    std::string owners;
    for (auto owner = take_word(line); !owner.empty() && owner.front() != '#';
         owner = take_word(line)) {
      owners += (owners.empty() ? "" : " ") + std::string(owner);
    }
    rules_.emplace_back(*std::move(glob), std::move(owners));
  }
}

std::string CodeOwners::owner_of(std::string_view path) const {
  const auto rule = std::find_if(rules_.rbegin(), rules_.rend(),
                                 [path](const auto& entry) { return entry.first.matches(path); });
  return rule == rules_.rend() ? std::string{} : rule->second;
}

}  // namespace freshet::sources::git
