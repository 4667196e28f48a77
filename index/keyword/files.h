#pragma once

#include <string_view>

namespace freshet::index {

/// Within a segment's directory: the finished database, and the one being built.
inline constexpr std::string_view kKeywordFile = "keyword.glass";
inline constexpr std::string_view kUnfinishedDirectory = "keyword.unfinished";

/// Xapian metadata key of the languages of a segment's documents, one a line.
inline constexpr std::string_view kLanguagesKey = "languages";

}  // namespace freshet::index
