#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "index/filter.h"

namespace freshet::index {

enum class SearchMode { Hybrid, Keyword, Vector };
enum class GroupBy { Passage, Document };
enum class Explain { No, Yes };

struct Query {
  std::string
      text;  ///< At most kMaxQueryBytes are looked at; the rest is cut, and said so in `notes`.
  std::size_t top_k = 10;  ///< 1..200.
  SearchMode mode = SearchMode::Hybrid;
  std::optional<double> alpha =
      std::nullopt;  ///< 0 keyword .. 1 vector; absent means decided per query.
  std::optional<Filter> filter = std::nullopt;
  std::vector<std::string> principals{"public"};  ///< Who asks. Allow of any, deny of none.
  GroupBy group_by = GroupBy::Passage;
  std::size_t group_size = 3;
  double min_relevance = 0.0;
  Explain explain = Explain::No;
};

inline constexpr std::size_t kMaxQueryBytes = 4096;

}  // namespace freshet::index
