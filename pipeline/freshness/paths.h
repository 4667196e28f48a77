#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace freshet::pipeline {

/// "/"-separated paths relative to a source's root, as documents and departures carry them. The
/// root is "".

/// Replaces %XX. nullopt for a broken escape, or when the result is no UTF-8 or holds control
/// characters.
std::optional<std::string> percent_decoded(std::string_view text);

/// Without ".", ".." and doubled slashes. nullopt when it would leave the root.
std::optional<std::string> normal_path(std::string_view path);

/// "a/b" of "a/b/c.md", "" of "c.md".
std::string_view directory_of(std::string_view path);
std::string joined(std::string_view directory, std::string_view path);

/// How a page in `directory` links to `path`: "../setup/x.md".
std::string relative_path(std::string_view directory, std::string_view path);

/// Ends like a text that site generators turn into a page (.md, .rst, .html ...).
bool has_page_ending(std::string_view path);
/// Ends like a rendered page (.html, .htm).
bool has_web_ending(std::string_view path);
/// Without its ending where it has one of a page.
std::string_view without_page_ending(std::string_view path);
/// Its last part has no ending at all.
bool is_bare(std::string_view path);

/// Stands for its directory: index, README and _index pages.
bool is_index_page(std::string_view path);

/// Changelogs, release notes, blogs and archives tell what was true once; nobody rewrites them.
bool is_history(std::string_view path);

}  // namespace freshet::pipeline
