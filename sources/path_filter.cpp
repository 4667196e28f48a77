#include "sources/path_filter.h"

#include <algorithm>
#include <array>
#include <utility>

namespace freshet::sources {
namespace {

bool is_format_we_read(std::string_view path) {
  constexpr std::array<std::string_view, 9> kExtensions{
      "md", "markdown", "mdx", "html", "htm", "rst", "adoc", "asciidoc", "txt"};
  const auto dot = path.rfind('.');
  if (dot == std::string_view::npos || path.find('/', dot) != std::string_view::npos) return false;
  std::string extension(path.substr(dot + 1));
  for (char& c : extension) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return std::find(kExtensions.begin(), kExtensions.end(), extension) != kExtensions.end();
}

}  // namespace

Result<PathFilter> PathFilter::create(std::span<const std::string> include,
                                      std::span<const std::string> exclude) {
  PathFilter filter;
  for (const auto& pattern : include) {
    FRESHET_TRY(auto glob, Glob::parse(pattern));
    filter.include_.push_back(std::move(glob));
  }
  for (const auto& pattern : exclude) {
    FRESHET_TRY(auto glob, Glob::parse(pattern));
    filter.exclude_.push_back(std::move(glob));
  }
  return filter;
}

bool PathFilter::accepts(std::string_view path) const {
  const auto matches = [path](const Glob& glob) { return glob.matches(path); };
  const bool included = include_.empty() ? is_format_we_read(path)
                                         : std::any_of(include_.begin(), include_.end(), matches);
  return included && std::none_of(exclude_.begin(), exclude_.end(), matches);
}

}  // namespace freshet::sources
