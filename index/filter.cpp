#include "index/filter.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/nearest_name.h"

namespace freshet::index {
namespace {

constexpr std::size_t kMaxNodes = 64;
constexpr std::size_t kMaxDepth = 8;
constexpr std::size_t kMaxValues = 256;
constexpr std::size_t kMaxBytes = 1024;  // Of one key or value.

struct OperatorName {
  std::string_view name;
  FilterOperator op;
};

constexpr std::array kOperators{OperatorName{"eq", FilterOperator::Equal},
                                OperatorName{"ne", FilterOperator::NotEqual},
                                OperatorName{"gt", FilterOperator::Greater},
                                OperatorName{"gte", FilterOperator::GreaterOrEqual},
                                OperatorName{"lt", FilterOperator::Less},
                                OperatorName{"lte", FilterOperator::LessOrEqual},
                                OperatorName{"in", FilterOperator::In},
                                OperatorName{"nin", FilterOperator::NotIn},
                                OperatorName{"exists", FilterOperator::Exists},
                                OperatorName{"and", FilterOperator::And},
                                OperatorName{"or", FilterOperator::Or},
                                OperatorName{"not", FilterOperator::Not}};

/// A place in the filter, as an RFC 6901 pointer; "" is the whole.
using Pointer = std::string;

Error invalid(const Pointer& at, std::string_view problem) {
  const std::string place = at.empty() ? "the filter" : "the filter at " + at;
  return {ErrorKind::Invalid, "cannot read " + place + ": " + std::string(problem)};
}

bool is_group(FilterOperator op) {
  return op == FilterOperator::And || op == FilterOperator::Or || op == FilterOperator::Not;
}

bool takes_list(FilterOperator op) {
  return op == FilterOperator::In || op == FilterOperator::NotIn;
}

Pointer child(const Pointer& at, std::string_view name) {
  Pointer pointer = at + "/";
  for (const char byte : name) {
    if (byte == '~') {
      pointer += "~0";
    } else if (byte == '/') {
      pointer += "~1";
    } else {
      pointer += byte;
    }
  }
  return pointer;
}

class FilterReader {
 public:
  Result<Filter> read(const Json& json, const Pointer& at, std::size_t depth) {
    if (++nodes_ > kMaxNodes) return invalid(at, "it has more than 64 conditions");
    if (depth > kMaxDepth) return invalid(at, "it is nested more than 8 deep");
    if (!json.is_object()) return invalid(at, "a condition is an object with \"type\"");
    FRESHET_TRY(const FilterOperator op, read_operator(json, at));
    return is_group(op) ? read_group(op, json, at, depth) : read_comparison(op, json, at);
  }

 private:
  static Result<FilterOperator> read_operator(const Json& json, const Pointer& at) {
    const auto name = json_string(json, "type");
    if (!name)
      return invalid(child(at, "type"), "it must name an operator such as \"eq\" or \"and\"");
    std::vector<std::string_view> names;
    for (const OperatorName& known : kOperators) {
      if (known.name == *name) return known.op;
      names.push_back(known.name);
    }
    std::string problem = "\"" + name->substr(0, kMaxBytes) + "\" is no operator";
    const auto nearest = nearest_name(*name, names);
    problem += nearest ? "; did you mean \"" + std::string(*nearest) + "\"?"
                       : "; use eq, ne, gt, gte, lt, lte, in, nin, exists, and, or, not";
    return invalid(child(at, "type"), problem);
  }

  static Result<Done> check_members(const Json& json, const Pointer& at,
                                    const std::vector<std::string_view>& known) {
    for (const auto& member : json.items()) {
      if (std::find(known.begin(), known.end(), member.key()) != known.end()) continue;
      const auto nearest = nearest_name(member.key(), known);
      return invalid(child(at, member.key()),
                     nearest ? "it is unknown; did you mean \"" + std::string(*nearest) + "\"?"
                             : std::string("it is unknown"));
    }
    return Done{};
  }

  Result<Filter> read_group(FilterOperator op, const Json& json, const Pointer& at,
                            std::size_t depth) {
    FRESHET_CHECK(check_members(json, at, {"type", "filters"}));
    const Json* members = json_member(json, "filters");
    const Pointer place = child(at, "filters");
    if (members == nullptr || !members->is_array() || members->empty()) {
      return invalid(place, "it must be a list of at least one condition");
    }
    if (op == FilterOperator::Not && members->size() != 1) {
      return invalid(place, "\"not\" takes exactly one condition");
    }
    Filter filter{op, {}, {}, {}};
    for (std::size_t index = 0; index < members->size(); ++index) {
      FRESHET_TRY(Filter member,
                  read((*members)[index], child(place, std::to_string(index)), depth + 1));
      filter.children.push_back(std::move(member));
    }
    return filter;
  }

  Result<Filter> read_comparison(FilterOperator op, const Json& json, const Pointer& at) {
    FRESHET_CHECK(check_members(json, at, {"type", "key", "value"}));
    const auto key = json_string(json, "key");
    if (!key || key->empty() || key->size() > kMaxBytes) {
      return invalid(child(at, "key"), "it must name a field, in at most 1024 bytes");
    }
    const Json* value = json_member(json, "value");
    const Pointer place = child(at, "value");
    if (op == FilterOperator::Exists) return read_exists(*key, value, place);
    if (value == nullptr) return invalid(place, "it is missing");
    Filter filter{op, *key, {}, {}};
    FRESHET_TRY(filter.values,
                takes_list(op) ? read_list(*value, place) : read_single(*value, place));
    return filter;
  }

  static Result<Filter> read_exists(const std::string& key, const Json* value, const Pointer& at) {
    if (value != nullptr && !value->is_boolean())
      return invalid(at, "\"exists\" takes true or false");
    Filter exists{FilterOperator::Exists, key, {}, {}};
    if (value == nullptr || value->get<bool>()) return exists;
    return Filter{FilterOperator::Not, {}, {}, {std::move(exists)}};
  }

  static Result<std::vector<std::string>> read_list(const Json& value, const Pointer& at) {
    if (!value.is_array() || value.empty() || value.size() > kMaxValues) {
      return invalid(at, "it must be a list of 1 to 256 values");
    }
    std::vector<std::string> values;
    for (std::size_t index = 0; index < value.size(); ++index) {
      FRESHET_TRY(auto single, read_single(value[index], child(at, std::to_string(index))));
      values.push_back(std::move(single.front()));
    }
    return values;
  }

  static Result<std::vector<std::string>> read_single(const Json& value, const Pointer& at) {
    if (!value.is_string() && !value.is_number() && !value.is_boolean()) {
      return invalid(at, "it must be a string, a number, true or false");
    }
    std::string text = value.is_string() ? value.get<std::string>() : dump_json(value);
    if (text.size() > kMaxBytes) return invalid(at, "it is longer than 1024 bytes");
    return std::vector<std::string>{std::move(text)};
  }

  std::size_t nodes_ = 0;
};

}  // namespace

Result<Filter> parse_filter(const Json& json) {
  return FilterReader().read(json, "", 1);
}

}  // namespace freshet::index
