#include "config/environment.h"

#include <algorithm>

namespace freshet::config {
namespace {

constexpr std::size_t kMostBytes = std::size_t{64} << 10;

Error invalid(std::string message) {
  return {ErrorKind::Invalid, std::move(message)};
}

bool is_variable_name(std::string_view name) {
  const auto word = [](char c) {
    return c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  };
  return !name.empty() && !(name[0] >= '0' && name[0] <= '9') &&
         std::all_of(name.begin(), name.end(), word);
}

/// `inside` is what stands between the braces.
Result<std::string> value_of(std::string_view inside, const EnvironmentLookup& environment) {
  const auto split = inside.find(":-");
  const auto name = inside.substr(0, split);
  if (!is_variable_name(name)) {
    return invalid(
        "\"${" + std::string(inside) +
        "}\" is no variable; write ${NAME} or ${NAME:-default}, or $$ for a dollar sign");
  }
  auto value = environment ? environment(name) : std::nullopt;
  if (split != std::string_view::npos && (!value || value->empty())) {
    return std::string(inside.substr(split + 2));
  }
  if (!value) {
    return invalid("the environment variable " + std::string(name) +
                   " is not set; set it or write ${" + std::string(name) + ":-default}");
  }
  return *value;
}

}  // namespace

Result<std::string> expand_variables(std::string_view text, const EnvironmentLookup& environment) {
  std::string out;
  while (!text.empty()) {
    const auto dollar = text.find('$');
    out += text.substr(0, dollar);
    if (dollar == std::string_view::npos) break;
    text.remove_prefix(dollar);
    if (text.starts_with("${")) {
      const auto end = text.find('}');
      if (end == std::string_view::npos) return invalid("\"${\" is not closed by \"}\"");
      FRESHET_TRY(const auto value, value_of(text.substr(2, end - 2), environment));
      out += value;
      text.remove_prefix(end + 1);
    } else {
      out += '$';
      text.remove_prefix(text.starts_with("$$") ? 2 : 1);
    }
    if (out.size() > kMostBytes) return invalid("is longer than 64 KB after expanding variables");
  }
  return out;
}

}  // namespace freshet::config
