#include "sources/http_api/time_filters.h"

#include <charconv>
#include <cmath>
#include <optional>

#include "base/clock.h"
#include "sources/http_api/moments.h"

namespace freshet::sources::http_api {
namespace {

using std::chrono::floor;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

// The year 5138 in seconds, 1973 in milliseconds: below are seconds, from here on milliseconds.
constexpr double kFirstMilliseconds = 1e11;
constexpr double kMostMilliseconds = 2.6e14;

Error unfit(std::string_view what) {
  return {ErrorKind::Invalid, std::string(what)};
}

enum class Form { Text, Seconds, Milliseconds };

/// A time and how it came.
struct Moment {
  Instant instant;
  Form form;
};

Result<Moment> of_number(double number) {
  if (!(std::abs(number) < kMostMilliseconds)) return unfit("the number is too large for a time");
  const bool in_seconds = std::abs(number) < kFirstMilliseconds;
  const double scaled = number * (in_seconds ? 1e6 : 1e3);
  const Instant instant{microseconds{std::llround(scaled)}};
  FRESHET_TRY(const auto fine, in_range(instant));
  return Moment{fine, in_seconds ? Form::Seconds : Form::Milliseconds};
}

std::optional<double> numeric(std::string_view text) {
  double number = 0;
  const auto [end, code] =
      std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  if (code != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Result<Moment> read(const Value& value, const Value& now) {
  if (const auto number = value.as_number()) return of_number(*number);
  if (!value.is_text()) return unfit("it is not a time");
  const std::string text = *value.scalar();
  if (const auto number = numeric(text)) return of_number(*number);
  if (!text.starts_with('-') && !text.starts_with('+')) {
    FRESHET_TRY(const auto instant, parse_iso(text));
    return Moment{instant, Form::Text};
  }
  FRESHET_TRY(const auto distance, parse_duration(text));
  if (now.is_null()) return unfit("a relative time needs \"now\", which is not set here");
  FRESHET_TRY(const auto from, read(now, Value{}));
  FRESHET_TRY(const auto instant, in_range(from.instant + distance));
  return Moment{instant, Form::Text};
}

Result<Moment> read(const Filtered& input) {
  return read(input.value, input.now);
}

double since_1970(Instant instant, Form form) {
  const auto elapsed = static_cast<double>(instant.time_since_epoch().count());
  return elapsed / (form == Form::Seconds ? 1e6 : 1e3);
}

Result<Filtered> written(Instant instant, Form form, const Filtered& input) {
  FRESHET_TRY(const auto fine, in_range(instant));
  if (form == Form::Text) return Filtered{Value::text(iso_text(fine)), input.now};
  return Filtered{Value::number(since_1970(fine, form)), input.now};
}

/// The whole units since 1970.
template <typename Unit>
Result<Filtered> counted(const Filtered& input) {
  FRESHET_TRY(const auto moment, read(input));
  const auto count = floor<Unit>(moment.instant).time_since_epoch().count();
  return Filtered{Value::number(static_cast<double>(count)), input.now};
}

}  // namespace

Result<Filtered> iso(const Filtered& input, const Arguments&) {
  FRESHET_TRY(const auto moment, read(input));
  return written(moment.instant, Form::Text, input);
}

Result<Filtered> epoch(const Filtered& input, const Arguments&) {
  return counted<seconds>(input);
}

Result<Filtered> epoch_ms(const Filtered& input, const Arguments&) {
  return counted<milliseconds>(input);
}

Result<Filtered> fmt(const Filtered& input, const Arguments& arguments) {
  FRESHET_TRY(const auto moment, read(input));
  FRESHET_TRY(const auto text, format_time(moment.instant, input.offset, arguments[0]));
  return Filtered{Value::text(text), input.now};
}

Result<Filtered> parse(const Filtered& input, const Arguments& arguments) {
  const auto text = input.value.scalar();
  if (!text) return unfit("it is not a time");
  FRESHET_TRY(const auto instant, parse_time(*text, arguments[0]));
  return written(instant, Form::Text, input);
}

Result<Filtered> add(const Filtered& input, const Arguments& arguments) {
  FRESHET_TRY(const auto moment, read(input));
  FRESHET_TRY(const auto distance, parse_duration(arguments[0]));
  return written(moment.instant + distance, moment.form, input);
}

Result<Filtered> tz(const Filtered& input, const Arguments& arguments) {
  FRESHET_TRY(const auto moment, read(input));
  FRESHET_TRY(const auto offset, zone_offset(arguments[0], moment.instant));
  return Filtered{Value::text(iso_text(moment.instant, offset)), input.now, offset};
}

Result<Filtered> floor_to(const Filtered& input, const Arguments& arguments) {
  FRESHET_TRY(const auto moment, read(input));
  FRESHET_TRY(const auto step, parse_duration(arguments[0]));
  if (step <= microseconds{0}) return unfit("floor takes a duration above zero");
  const auto since = moment.instant.time_since_epoch();
  const auto rest = ((since % step) + step) % step;
  return written(moment.instant - rest, moment.form, input);
}

Result<Done> check_fmt(const Arguments& arguments) {
  return check_time_format(arguments[0]);
}

Result<Done> check_parse(const Arguments& arguments) {
  return check_parse_format(arguments[0]);
}

Result<Done> check_duration(const Arguments& arguments) {
  FRESHET_CHECK(parse_duration(arguments[0]));
  return Done{};
}

}  // namespace freshet::sources::http_api
