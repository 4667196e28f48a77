#include "config/units.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>

namespace freshet::config {
namespace {

constexpr double kLargest =
    9007199254740992.0;  // 2^53: a double holds every whole number below it.

struct Unit {
  std::string_view name;
  double size;
};

constexpr std::array<Unit, 8> kByteUnits{{{"GiB", 1073741824.0},
                                          {"MiB", 1048576.0},
                                          {"KiB", 1024.0},
                                          {"GB", 1e9},
                                          {"MB", 1e6},
                                          {"kB", 1e3},
                                          {"KB", 1e3},
                                          {"B", 1.0}}};
constexpr std::array<Unit, 4> kTimeUnits{
    {{"h", 3'600'000.0}, {"m", 60'000.0}, {"s", 1000.0}, {"ms", 1.0}}};

Error invalid(std::string_view text, std::string_view how) {
  return {ErrorKind::Invalid, "\"" + std::string(text.substr(0, 60)) + "\" " + std::string(how)};
}

/// Digits with an optional decimal part; no sign, exponent, "inf" or "nan".
std::optional<double> plain_number(std::string_view text) {
  if (text.empty() || text.find_first_not_of("0123456789.") != std::string_view::npos) return {};
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return value;
}

struct Measured {
  std::string_view number;
  std::string_view unit;
};

Measured split_unit(std::string_view text) {
  const auto end = text.find_first_not_of("0123456789.");
  if (end == std::string_view::npos) return {text, {}};
  auto unit = text.substr(end);
  const auto start = unit.find_first_not_of(' ');
  unit.remove_prefix(start == std::string_view::npos ? unit.size() : start);
  return {text.substr(0, end), unit};
}

template <typename Units>
std::optional<double> measure(std::string_view text, const Units& units) {
  const auto [number, unit] = split_unit(text);
  const auto value = plain_number(number);
  if (!value) return {};
  for (const Unit& known : units) {
    if (known.name == unit) return std::round(*value * known.size);
  }
  return {};
}

std::string whole(double value) {
  return std::to_string(static_cast<std::uint64_t>(value));
}

/// With the largest unit that divides the value.
template <typename Units>
std::string in_units(double value, const Units& units, std::string_view space) {
  for (const Unit& unit : units) {
    if (value >= unit.size && std::fmod(value, unit.size) == 0) {
      return whole(value / unit.size) + std::string(space) + std::string(unit.name);
    }
  }
  return whole(value) + std::string(space) + std::string(units.back().name);
}

}  // namespace

Result<double> parse_count(std::string_view text) {
  const auto value = plain_number(text);
  if (!value || text.find('.') != std::string_view::npos || *value >= kLargest) {
    return invalid(text, "is no whole number; write digits only, such as 20000");
  }
  return *value;
}

Result<double> parse_bytes(std::string_view text) {
  const bool bare = text.find_first_not_of("0123456789") == std::string_view::npos;
  const auto value = bare ? plain_number(text) : measure(text, kByteUnits);
  if (!value || *value >= kLargest) {
    return invalid(text, "is no size; write it like 20 MB, 16 KiB or 1048576");
  }
  return *value;
}

Result<double> parse_duration(std::string_view text) {
  const auto value = measure(text, kTimeUnits);
  if (!value || *value >= kLargest) {
    return invalid(text, "is no duration; write it with its unit, like 500ms, 30s, 5m or 1h");
  }
  return *value;
}

Result<double> parse_fraction(std::string_view text) {
  const auto [number, unit] = split_unit(text);
  const auto value = plain_number(number);
  if (!value || (!unit.empty() && unit != "%")) {
    return invalid(text, "is no share; write it like 30% or 0.3");
  }
  return unit == "%" ? *value / 100 : *value;
}

std::string format_bytes(double bytes) {
  return in_units(bytes, kByteUnits, " ");
}
std::string format_duration(double milliseconds) {
  return in_units(milliseconds, kTimeUnits, "");
}
std::string format_fraction(double fraction) {
  std::array<char, 32> digits{};
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), std::round(fraction * 1e8) / 1e6);
  return std::string(digits.data(), end.ptr) + "%";
}

}  // namespace freshet::config
