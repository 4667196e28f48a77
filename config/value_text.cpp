#include "config/value_text.h"

#include "config/units.h"

namespace freshet::config {

std::string format_number(const OptionText& option, double value) {
  switch (option.type) {
    case OptionType::Bytes:
      return format_bytes(value);
    case OptionType::Duration:
      return format_duration(value);
    case OptionType::Fraction:
      return format_fraction(value);
    default:
      return std::to_string(static_cast<std::uint64_t>(value));
  }
}

std::string format_value(const OptionText& /*option*/, const std::string& value) {
  return value;
}

std::string format_value(const OptionText& /*option*/, const std::filesystem::path& value) {
  return value.string();
}

std::string format_value(const OptionText& /*option*/, bool value) {
  return value ? "true" : "false";
}

std::string format_value(const OptionText& option, std::size_t value) {
  return format_number(option, static_cast<double>(value));
}

std::string format_value(const OptionText& option, std::int64_t value) {
  return format_number(option, static_cast<double>(value));
}

std::string format_value(const OptionText& option, double value) {
  return format_number(option, value);
}

std::string format_value(const OptionText& option, std::chrono::milliseconds value) {
  return format_number(option, static_cast<double>(value.count()));
}

std::string format_value(const OptionText& /*option*/, const std::vector<std::string>& value) {
  std::string text;
  for (const auto& item : value) text += (text.empty() ? "[" : ", ") + item;
  return text.empty() ? text : text + "]";
}

std::string format_value(const OptionText& /*option*/, const Secret& /*value*/) {
  return "";
}

std::string format_value(const OptionText& /*option*/, const FreeValues& /*value*/) {
  return "";
}

std::string format_value(const OptionText& /*option*/, const Words& /*value*/) {
  return "";
}

std::string format_value(const OptionText& option, EncoderKind value) {
  return std::string(option.choices[static_cast<std::size_t>(value)]);
}

}  // namespace freshet::config
