#include "sources/http_api/reading/marks.h"

#include <algorithm>
#include <cstdlib>

#include "base/clock.h"
#include "sources/http_api/mapping/field_values.h"

namespace freshet::sources::http_api {

namespace {

constexpr double kGreatest = 9e18;  ///< Of what fits into 64 bits, nearly.

}  // namespace

std::int64_t microseconds_of(std::chrono::milliseconds duration) {
  return std::chrono::microseconds(duration).count();
}

bool is_dated(CursorType type) {
  return type == CursorType::Time || type == CursorType::Feed;
}

std::optional<std::int64_t> mark_from(const Value& value, CursorType type) {
  if (type == CursorType::Seq) {
    const auto text = value.scalar().value_or("");
    const auto number = value.as_number();
    if (number) return static_cast<std::int64_t>(std::clamp(*number, -kGreatest, kGreatest));
    return text.empty()
               ? std::nullopt
               : std::optional(static_cast<std::int64_t>(std::strtoll(text.c_str(), nullptr, 10)));
  }
  const auto time = time_of(value);
  return time ? std::optional(time->time_since_epoch().count()) : std::nullopt;
}

Value bound(std::optional<std::int64_t> mark, CursorType type) {
  if (!mark) return {};
  if (type == CursorType::Seq) return Value::number(static_cast<double>(*mark));
  return Value::text(to_rfc3339(Instant(std::chrono::microseconds(*mark))));
}

}  // namespace freshet::sources::http_api
