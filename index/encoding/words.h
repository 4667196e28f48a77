#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace freshet::index {

/// At most this many characters make one word; a longer run of letters is cut into several.
inline constexpr std::size_t kMaxWordCharacters = 32;

/// The case-folded words of a text in order, at most `limit` of them. Any bytes are accepted.
std::vector<std::string> folded_words(std::string_view text, std::size_t limit);

/// How many words folded_words() would find without a limit.
std::size_t count_words(std::string_view text);

}  // namespace freshet::index
