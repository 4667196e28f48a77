#include <array>
#include <utility>

#include "index/filter.h"

namespace freshet::index {
namespace {

constexpr std::size_t kMaxConditions = 63;  // With the AND over them the 64 nodes of filter.h.
constexpr std::size_t kMaxExpressionBytes = 8192;

struct Sign {
  std::string_view text;
  FilterOperator op;
};

// Longer ones first: ">=" is no ">" with a value that starts with "=".
constexpr std::array kSigns{
    Sign{"!=", FilterOperator::NotEqual},    Sign{">=", FilterOperator::GreaterOrEqual},
    Sign{"<=", FilterOperator::LessOrEqual}, Sign{"==", FilterOperator::Equal},
    Sign{"=", FilterOperator::Equal},        Sign{">", FilterOperator::Greater},
    Sign{"<", FilterOperator::Less}};

Error invalid(std::string_view condition, std::string_view problem) {
  return {ErrorKind::Invalid, "cannot read the filter '" + std::string(condition.substr(0, 200)) +
                                  "': " + std::string(problem)};
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

/// Cuts at every separator that no backslash precedes.
std::vector<std::string_view> cut(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == separator) {
      pieces.push_back(text.substr(begin, at - begin));
      begin = at + 1;
    }
  }
  pieces.push_back(text.substr(begin));
  return pieces;
}

std::string unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    plain += text[at];
  }
  return plain;
}

Result<Filter> with_values(Filter filter, std::string_view values, std::string_view condition) {
  for (const std::string_view piece : cut(values, '|')) {
    const std::string_view value = trimmed(piece);
    if (value.empty()) return invalid(condition, "a value is missing");
    filter.values.push_back(unescaped(value));
  }
  if (filter.values.size() == 1) return filter;
  if (filter.op == FilterOperator::Equal) {
    filter.op = FilterOperator::In;
  } else if (filter.op == FilterOperator::NotEqual) {
    filter.op = FilterOperator::NotIn;
  } else {
    return invalid(condition, "alternatives with | go with = and != only");
  }
  return filter;
}

Result<Filter> parse_condition(std::string_view condition) {
  const std::size_t at = condition.find_first_of("=!<>");
  const std::string_view rest = at == condition.npos ? std::string_view{} : condition.substr(at);
  for (const Sign& sign : kSigns) {
    if (!rest.starts_with(sign.text)) continue;
    const std::string_view key = trimmed(condition.substr(0, at));
    if (key.empty()) return invalid(condition, "the field's name is missing");
    return with_values({sign.op, std::string(key), {}, {}}, rest.substr(sign.text.size()),
                       condition);
  }
  return invalid(condition, "expected FIELD=VALUE, or != > >= < <= in place of =");
}

}  // namespace

Result<Filter> parse_filter_expression(std::string_view text) {
  if (text.size() > kMaxExpressionBytes) return invalid(text, "it is longer than 8192 bytes");
  const auto conditions = cut(text, ',');
  if (conditions.size() > kMaxConditions) return invalid(text, "it has more than 63 conditions");
  Filter all{FilterOperator::And, {}, {}, {}};
  for (const std::string_view condition : conditions) {
    FRESHET_TRY(Filter filter, parse_condition(trimmed(condition)));
    all.children.push_back(std::move(filter));
  }
  if (all.children.size() == 1) {
    Filter only = std::move(all.children.front());
    return only;
  }
  return all;
}

}  // namespace freshet::index
