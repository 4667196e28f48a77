#include "serving/target.h"

#include <optional>

namespace freshet::serving {

namespace {

constexpr std::size_t kMaxParameters = 64;

std::optional<unsigned> hex_value(char digit) {
  if (digit >= '0' && digit <= '9') return static_cast<unsigned>(digit - '0');
  if (digit >= 'a' && digit <= 'f') return static_cast<unsigned>(digit - 'a') + 10;
  if (digit >= 'A' && digit <= 'F') return static_cast<unsigned>(digit - 'A') + 10;
  return std::nullopt;
}

std::optional<char> decode_escape(std::string_view text) {
  if (text.size() < 3) return std::nullopt;
  const auto high = hex_value(text[1]);
  const auto low = hex_value(text[2]);
  if (!high || !low) return std::nullopt;
  return static_cast<char>(*high * 16 + *low);
}

enum class Plus { Literal, Space };

Result<std::string> percent_decode(std::string_view text, Plus plus) {
  std::string decoded;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%') {
      const auto byte = decode_escape(text.substr(at));
      if (!byte) return Error{ErrorKind::Invalid, "the request target has a malformed % escape"};
      decoded += *byte;
      at += 2;
      continue;
    }
    decoded += text[at] == '+' && plus == Plus::Space ? ' ' : text[at];
  }
  return decoded;
}

/// Calls `visit` for each part between separators and stops at its first error.
template <typename Visit>
Result<Done> for_each_part(std::string_view text, char separator, const Visit& visit) {
  for (;;) {
    const auto end = text.find(separator);
    FRESHET_CHECK(visit(text.substr(0, end)));
    if (end == std::string_view::npos) return Done{};
    text.remove_prefix(end + 1);
  }
}

Result<Done> add_parameter(std::string_view pair, Target& target) {
  if (pair.empty()) return Done{};
  if (target.parameters.size() == kMaxParameters) {
    return Error{ErrorKind::Invalid, "the request target has more than 64 parameters"};
  }
  const auto equals = pair.find('=');
  const auto raw_value = equals == std::string_view::npos ? "" : pair.substr(equals + 1);
  FRESHET_TRY(auto name, percent_decode(pair.substr(0, equals), Plus::Space));
  FRESHET_TRY(auto value, percent_decode(raw_value, Plus::Space));
  target.parameters.emplace_back(std::move(name), std::move(value));
  return Done{};
}

}  // namespace

Result<Target> parse_target(std::string_view text) {
  if (text.empty() || text.front() != '/') {
    return Error{ErrorKind::Invalid, "the request target must be a path that starts with \"/\""};
  }
  Target target;
  const auto question = text.find('?');
  const auto path = text.substr(1, question == std::string_view::npos ? question : question - 1);
  FRESHET_CHECK(for_each_part(path, '/', [&](std::string_view part) -> Result<Done> {
    FRESHET_TRY(auto segment, percent_decode(part, Plus::Literal));
    target.segments.push_back(std::move(segment));
    return Done{};
  }));
  if (question == std::string_view::npos) return target;
  FRESHET_CHECK(for_each_part(text.substr(question + 1), '&',
                              [&](std::string_view pair) { return add_parameter(pair, target); }));
  return target;
}

}  // namespace freshet::serving
