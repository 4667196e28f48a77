#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace freshet {

/// The candidate that somebody most likely meant: fewest edits (Damerau's optimal string alignment,
/// with swaps), at most a third of the word and at most three. nullopt when none is that close.
std::optional<std::string_view> nearest_name(std::string_view written,
                                             std::span<const std::string_view> candidates);

}  // namespace freshet
