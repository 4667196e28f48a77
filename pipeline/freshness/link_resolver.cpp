#include "pipeline/freshness/link_resolver.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "pipeline/freshness/paths.h"

namespace freshet::pipeline {
namespace {

constexpr std::size_t kLongestLink = 2000;
constexpr std::size_t kLeastVotes = 5;
constexpr std::string_view kDocusaurusRoot = "@site/";

bool has_scheme(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '-' || c == '.';
  });
}

/// Expressions of template languages stand for something we cannot know.
bool has_template(std::string_view text) {
  return text.find_first_of("{}<>$|*") != std::string_view::npos;
}

/// Without query and fragment.
std::string_view path_part(std::string_view text) {
  return text.substr(0, text.find_first_of("?#"));
}

void add(std::vector<std::string>& paths, std::optional<std::string> path) {
  if (path && std::find(paths.begin(), paths.end(), *path) == paths.end()) {
    paths.push_back(*std::move(path));
  }
}

/// The ancestors of a page, the source's root first: any may be the site's root.
std::vector<std::string> possible_roots(std::string_view page) {
  std::vector<std::string> roots;
  for (auto root = directory_of(page); !root.empty(); root = directory_of(root)) {
    roots.insert(roots.begin(), std::string(root));
  }
  roots.insert(roots.begin(), "");
  return roots;
}

/// Whether the link may be an address on the site, where a page is a directory of its own.
bool may_be_address(std::string_view page, std::string_view path) {
  return !is_index_page(page) && (is_bare(path) || path.ends_with('/'));
}

std::optional<std::string> from_file(std::string_view page, std::string_view path) {
  return normal_path(joined(directory_of(page), path));
}

std::optional<std::string> from_address(std::string_view page, std::string_view path) {
  return normal_path(joined(without_page_ending(page), path));
}

}  // namespace

struct LinkResolver::Target {
  enum class Base { None, Page, Root };
  Base base = Base::None;
  std::string path;
};

LinkResolver::LinkResolver(const SourceView& view, const std::vector<LinkRecord>& links)
    : view_(&view) {
  learn(links);
}

LinkResolver::Target LinkResolver::read(std::string_view written) const {
  using Base = Target::Base;
  if (written.size() > kLongestLink || has_template(written)) return {};
  const auto& site = view_->site_address();
  Base base = Base::Page;
  if (!site.empty() && written.starts_with(site)) {
    written.remove_prefix(site.size());
    base = Base::Root;
  } else if (written.starts_with("//") || has_scheme(written)) {
    return {};
  } else if (written.starts_with('/')) {
    base = Base::Root;
  } else if (written.starts_with(kDocusaurusRoot)) {
    written.remove_prefix(kDocusaurusRoot.size());
    base = Base::Root;
  }
  auto path = percent_decoded(path_part(written));
  if (!path || path->empty()) return {};
  return {base, *std::move(path)};
}

std::vector<std::string> LinkResolver::meanings(const LinkRecord& link,
                                                const Target& target) const {
  std::vector<std::string> paths;
  if (target.base == Target::Base::Page) {
    const bool address = may_be_address(link.path, target.path);
    if (!address || reading_ != Reading::FromAddress) add(paths, from_file(link.path, target.path));
    if (address && reading_ != Reading::FromFile) add(paths, from_address(link.path, target.path));
    if (link.kind != "include") return paths;
  }
  for (const auto& root : possible_roots(link.path)) {
    add(paths, normal_path(joined(root, target.path)));
    // Where Jekyll keeps what pages include.
    if (link.kind == "include") add(paths, normal_path(joined(root, "_includes/" + target.path)));
  }
  return paths;
}

Resolution LinkResolver::look_up(const std::vector<std::string>& meanings) const {
  std::string gone;
  bool gone_is_index = false;
  bool directory = false;
  const auto look = [&](const std::string& path, bool as_directory) {
    if (view_->is_live(path)) return true;
    if (gone.empty() && view_->is_gone(path)) {
      gone = path;
      gone_is_index = as_directory;
    }
    return false;
  };
  for (const auto& path : meanings) {
    if (look(path, false)) return {LinkState::Fine, ""};
    directory = directory || view_->is_live_directory(path);
    if (!has_web_ending(path) && has_page_ending(path)) continue;
    const std::string address(has_web_ending(path) ? without_page_ending(path) : path);
    for (const auto& page : view_->at_address(address)) {
      if (look(page, without_page_ending(page) != address)) return {LinkState::Fine, ""};
    }
  }
  // A directory that lost its index page but not its other pages still shows them on some sites.
  if (directory && (gone.empty() || gone_is_index)) return {LinkState::Fine, ""};
  if (!gone.empty()) return {LinkState::Gone, gone};
  const bool page = std::any_of(meanings.begin(), meanings.end(), [](const std::string& path) {
    return is_bare(path) || has_page_ending(path);
  });
  return {page ? LinkState::Unknown : LinkState::Unseen, ""};
}

Resolution LinkResolver::resolve(const LinkRecord& link) const {
  const auto target = read(link.target);
  if (target.base == Target::Base::None) return {LinkState::External, ""};
  return look_up(meanings(link, target));
}

bool LinkResolver::is_known(const std::string& path) const {
  return view_->is_live(path) || view_->is_gone(path) || !view_->at_address(path).empty();
}

/// Counts the links that make sense in one reading only.
void LinkResolver::learn(const std::vector<LinkRecord>& links) {
  std::size_t file_votes = 0;
  std::size_t address_votes = 0;
  for (const auto& link : links) {
    const auto target = read(link.target);
    if (target.base != Target::Base::Page || !may_be_address(link.path, target.path)) continue;
    const auto file = from_file(link.path, target.path);
    const auto address = from_address(link.path, target.path);
    const bool is_file = file && is_known(*file);
    const bool is_address = address && is_known(*address);
    if (is_file && !is_address) ++file_votes;
    if (is_address && !is_file) ++address_votes;
  }
  if (file_votes >= kLeastVotes && file_votes >= 10 * address_votes) reading_ = Reading::FromFile;
  if (address_votes >= kLeastVotes && address_votes >= 10 * file_votes) {
    reading_ = Reading::FromAddress;
  }
}

}  // namespace freshet::pipeline
