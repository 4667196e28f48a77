#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "base/result.h"

namespace freshet {

/// The JSON value of the whole project. Keys keep their order. Include <nlohmann/json.hpp> in
/// sources that build or take values apart; headers need only this one.
using Json = nlohmann::ordered_json;

/// Parses one JSON text strictly (RFC 8259, UTF-8, depth up to 512). Never throws.
Result<Json> parse_json(std::string_view text);

/// One line, or indented by two. Malformed UTF-8 inside strings becomes U+FFFD. Never throws.
std::string dump_json(const Json& value);
std::string dump_json_pretty(const Json& value);

/// Looks up a member of an object and gives it only if it has the type asked for.
std::optional<std::string> json_string(const Json& object, std::string_view key);
std::optional<std::int64_t> json_integer(const Json& object, std::string_view key);
std::optional<double> json_number(const Json& object, std::string_view key);
std::optional<bool> json_boolean(const Json& object, std::string_view key);
/// The member itself, or null where `object` is no object or has no such member.
const Json* json_member(const Json& object, std::string_view key);

}  // namespace freshet
