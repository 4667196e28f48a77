#include "sources/http_api/value_filters.h"

#include <charconv>
#include <cmath>

namespace freshet::sources::http_api {
namespace {

constexpr double kExactIntegers = 9007199254740992.0;  // 2^53

Error unfit(std::string_view what) {
  return {ErrorKind::Invalid, std::string(what)};
}

}  // namespace

Result<Filtered> use_default(const Filtered& input, const Arguments& arguments) {
  return Filtered{input.value.is_null() ? Value::text(arguments[0]) : input.value, input.now};
}

Result<Filtered> to_int(const Filtered& input, const Arguments&) {
  double number = 0;
  if (const auto given = input.value.as_number()) {
    number = std::trunc(*given);
  } else {
    const auto text = input.value.is_text() ? input.value.scalar().value_or("") : "";
    const auto [end, code] =
        std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    const bool whole = code == std::errc{} && end == text.data() + text.size();
    if (!whole || number != std::trunc(number)) return unfit("it is not a whole number");
  }
  if (!(std::abs(number) < kExactIntegers)) {
    return unfit("it is 2^53 or more; leave it as text, which keeps its digits");
  }
  return Filtered{Value::number(number), input.now};
}

Result<Filtered> to_str(const Filtered& input, const Arguments&) {
  const auto text = input.value.scalar();
  if (!text) return unfit("it is a list or object; use join or json");
  return Filtered{Value::text(*text), input.now};
}

Result<Filtered> to_bool(const Filtered& input, const Arguments&) {
  const auto text = input.value.scalar().value_or("");
  for (const std::string_view yes : {"true", "yes", "1"}) {
    if (text == yes) return Filtered{Value::boolean(true), input.now};
  }
  for (const std::string_view no : {"false", "no", "0"}) {
    if (text == no) return Filtered{Value::boolean(false), input.now};
  }
  return unfit("it is none of true, false, yes, no, 1, 0");
}

Result<Filtered> to_json(const Filtered& input, const Arguments&) {
  return Filtered{Value::text(input.value.to_json()), input.now};
}

}  // namespace freshet::sources::http_api
