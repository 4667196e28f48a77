#pragma once

#include <string_view>

namespace freshet::config {

/// [a-z0-9][a-z0-9_-]*, at most 64 characters.
bool is_source_name(std::string_view name);

/// Has a scheme ("https://") or is in ssh's form ("git@host:path"); everything else is a local
/// path.
bool is_remote_location(std::string_view text);

}  // namespace freshet::config
