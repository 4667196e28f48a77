#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace freshet::config {

/// The candidate that somebody most likely meant: fewest edits (Damerau's optimal string alignment,
/// with swaps), at most a third of the word and at most three. nullopt when none is that close.
std::optional<std::string_view> nearest_name(std::string_view written,
                                             const std::vector<std::string_view>& candidates);

/// [a-z0-9][a-z0-9_-]*, at most 64 characters.
bool is_source_name(std::string_view name);

/// Has a scheme ("https://") or is in ssh's form ("git@host:path"); everything else is a local
/// path.
bool is_remote_location(std::string_view text);

}  // namespace freshet::config
