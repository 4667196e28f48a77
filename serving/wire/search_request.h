#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "index/query.h"
#include "serving/problem.h"

namespace freshet::serving {

inline constexpr std::size_t kMaxTopK = 200;
inline constexpr std::size_t kMaxGroupSize = 20;

/// Reads the body of POST /v1/search. All members but `query` are optional; an unknown member is
/// unknown_field and is named with the nearest known one; all other faults are invalid_request with
/// one entry per member in `errors`.
std::variant<index::Query, Problem> read_search_request(const Json& body);

/// The same for callers without HTTP: Invalid, with every fault in the message.
Result<index::Query> parse_search_request(const Json& body);

/// "hybrid", "lexical" or "vector": how the API names a mode.
std::string_view wire_name(index::SearchMode mode);

}  // namespace freshet::serving
