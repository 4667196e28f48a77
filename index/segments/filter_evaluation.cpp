#include "index/segments/filter_evaluation.h"

#include <charconv>
#include <cmath>
#include <optional>

namespace freshet::index {

namespace {

constexpr std::size_t kMaxDepth = 32;

std::optional<double> as_number(std::string_view text) {
  double number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc{} || end != text.data() + text.size() || !std::isfinite(number))
    return {};
  return number;
}

/// A value of the filter, compared by number where both sides are numbers, else by bytes.
class Comparand {
 public:
  explicit Comparand(std::string_view text) : text_(text), number_(as_number(text)) {}
  [[nodiscard]] bool is_number() const { return number_.has_value(); }
  [[nodiscard]] std::string_view text() const { return text_; }
  /// Below, at or above zero: `value` is less than, equal to or greater than this.
  [[nodiscard]] int compare(std::string_view value) const {
    if (const auto number = number_ ? as_number(value) : std::nullopt) {
      return *number < *number_ ? -1 : static_cast<int>(*number > *number_);
    }
    return value.compare(text_);
  }

 private:
  std::string_view text_;
  std::optional<double> number_;
};

bool holds(FilterOperator op, int order) {
  switch (op) {
    case FilterOperator::Greater:
      return order > 0;
    case FilterOperator::GreaterOrEqual:
      return order >= 0;
    case FilterOperator::Less:
      return order < 0;
    case FilterOperator::LessOrEqual:
      return order <= 0;
    default:
      return order == 0;
  }
}

class Evaluation {
 public:
  Evaluation(std::span<const FieldIndex* const> segments, const PassageSet& live)
      : segments_(segments), live_(&live) {}

  Result<PassageSet> passages(const Filter& filter, std::size_t depth) const {
    if (depth > kMaxDepth) return Error{ErrorKind::Invalid, "the filter is nested too deeply"};
    switch (filter.op) {
      case FilterOperator::And:
        return all_of(filter, depth);
      case FilterOperator::Or:
        return any_of(filter, depth);
      case FilterOperator::Not: {
        FRESHET_TRY(const PassageSet matched, any_of(filter, depth));
        return others(matched);
      }
      case FilterOperator::NotEqual:
      case FilterOperator::NotIn: {
        FRESHET_TRY(const PassageSet matched, compared(filter, FilterOperator::Equal));
        return others(matched);
      }
      case FilterOperator::Exists:
        return with_key(filter);
      default:
        return compared(filter, filter.op);
    }
  }

 private:
  [[nodiscard]] PassageSet others(const PassageSet& matched) const {
    PassageSet rest = *live_;
    rest -= matched;
    return rest;
  }

  Result<PassageSet> all_of(const Filter& filter, std::size_t depth) const {
    PassageSet result = *live_;
    for (const Filter& child : filter.children) {
      FRESHET_TRY(const PassageSet matched, passages(child, depth + 1));
      result &= matched;
    }
    return result;
  }

  Result<PassageSet> any_of(const Filter& filter, std::size_t depth) const {
    PassageSet result;
    for (const Filter& child : filter.children) {
      FRESHET_TRY(const PassageSet matched, passages(child, depth + 1));
      result |= matched;
    }
    return result;
  }

  Result<PassageSet> with_key(const Filter& filter) const {
    PassageSet result;
    for (const FieldIndex* segment : segments_) {
      FRESHET_CHECK(segment->collect(
          FieldKind::Field, filter.key, [](auto) { return true; }, result));
    }
    result &= *live_;
    return result;
  }

  Result<PassageSet> compared(const Filter& filter, FilterOperator op) const {
    if (filter.values.empty()) {
      return Error{ErrorKind::Invalid, "the filter on \"" + filter.key + "\" has no value"};
    }
    PassageSet result;
    for (const std::string& value : filter.values)
      FRESHET_CHECK(collect(filter.key, op, value, result));
    result &= *live_;
    return result;
  }

  Result<Done> collect(std::string_view key, FilterOperator op, std::string_view value,
                       PassageSet& result) const {
    const Comparand comparand(value);
    const bool by_bytes = holds(op, 0) && !holds(op, 1) && !holds(op, -1) && !comparand.is_number();
    const auto matches = [&](std::string_view stored) {
      return holds(op, comparand.compare(stored));
    };
    for (const FieldIndex* segment : segments_) {
      FRESHET_CHECK(by_bytes ? segment->collect_equal(FieldKind::Field, key, value, result)
                             : segment->collect(FieldKind::Field, key, matches, result));
    }
    return Done{};
  }

  std::span<const FieldIndex* const> segments_;
  const PassageSet* live_;
};

}  // namespace

Result<PassageSet> evaluate_filter(const Filter& filter,
                                   std::span<const FieldIndex* const> segments,
                                   const PassageSet& live) {
  return Evaluation(segments, live).passages(filter, 0);
}

}  // namespace freshet::index
