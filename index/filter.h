#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace freshet::index {

enum class FilterOperator {
  Equal,
  NotEqual,
  Greater,
  GreaterOrEqual,
  Less,
  LessOrEqual,
  In,
  NotIn,
  Exists,
  And,
  Or,
  Not
};

/// A condition on stored fields, in the grammar of OpenAI's vector-store filters. Comparison is by
/// bytes, or by number where both sides are numbers; RFC 3339 times therefore compare as text.
/// Keys: source, document_id, path, language, owner, updated_at, title, and every metadata key.
struct Filter {
  FilterOperator op = FilterOperator::And;
  std::string key;                  ///< Comparisons only.
  std::vector<std::string> values;  ///< One, or several for In and NotIn.
  std::vector<Filter> children;     ///< And, Or, Not.
};

/// {"type": "eq", "key": "product", "value": "billing"} or {"type": "and", "filters": [...]}.
/// Errors name the JSON Pointer of the bad member. At most 64 nodes, depth 8.
Result<Filter> parse_filter(const Json& json);

/// The command line's form: `product=billing,locale!=de,updated_at>=2026-01-01,kind=article|macro`
/// (comma is AND, "|" lists alternatives).
Result<Filter> parse_filter_expression(std::string_view text);

}  // namespace freshet::index
