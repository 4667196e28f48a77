#include "jobs/duration.h"

#include <charconv>
#include <string>
#include <utility>

namespace freshet::jobs {

namespace {

/// The whole number at the start of `text`, which is moved behind it.
Result<std::uint64_t> take_number(std::string_view& text, std::string_view whole) {
  std::uint64_t number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc{} || number > 1'000'000'000) {
    return Error{ErrorKind::Invalid,
                 "'" + std::string(whole) + "' does not start with a usable number"};
  }
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

}  // namespace

Result<std::chrono::seconds> parse_duration(std::string_view text) {
  std::string_view rest = text;
  FRESHET_TRY(const std::uint64_t number, take_number(rest, text));
  const auto count = static_cast<std::int64_t>(number);
  constexpr std::pair<std::string_view, std::int64_t> kUnits[] = {
      {"", 1}, {"s", 1}, {"m", 60}, {"h", 3600}, {"d", 86400}};
  for (const auto& [unit, seconds] : kUnits) {
    if (rest == unit) return std::chrono::seconds{count * seconds};
  }
  return Error{ErrorKind::Invalid, "'" + std::string(text) + "' is no duration (90s, 10m, 2h, 1d)"};
}

Result<pipeline::DeleteGuard> parse_max_delete(std::string_view text) {
  std::string_view rest = text;
  FRESHET_TRY(const std::uint64_t number, take_number(rest, text));
  if (rest.empty()) return pipeline::DeleteGuard{.max_fraction = 0, .max_count = number};
  if (rest == "%" && number <= 100) {
    return pipeline::DeleteGuard{.max_fraction = static_cast<double>(number) / 100, .max_count = 0};
  }
  return Error{ErrorKind::Invalid,
               "'" + std::string(text) + "' is neither a count (200) nor a share (25%)"};
}

}  // namespace freshet::jobs
