#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "config/option.h"

namespace freshet::config {

/// A number in the option's own unit: "20 MiB", "30s", "30%", "8".
std::string format_number(const OptionText& option, double value);

/// A member's value the way the configuration file writes it; empty for an empty text, list or
/// secret.
std::string format_value(const OptionText& option, const std::string& value);
std::string format_value(const OptionText& option, const std::filesystem::path& value);
std::string format_value(const OptionText& option, bool value);
std::string format_value(const OptionText& option, std::size_t value);
std::string format_value(const OptionText& option, std::int64_t value);
std::string format_value(const OptionText& option, double value);
std::string format_value(const OptionText& option, std::chrono::milliseconds value);
std::string format_value(const OptionText& option, const std::vector<std::string>& value);
std::string format_value(const OptionText& option, const Secret& value);
std::string format_value(const OptionText& option, const FreeValues& value);
std::string format_value(const OptionText& option, const Words& value);
std::string format_value(const OptionText& option, const Words& value);
std::string format_value(const OptionText& option, EncoderKind value);

}  // namespace freshet::config
