#pragma once

#include <string>
#include <string_view>

namespace freshet::sources::http_api {

/// A manifest to start from, commented, and its samples. `id` names the system.
std::string manifest_skeleton(std::string_view id);
std::string samples_skeleton();

}  // namespace freshet::sources::http_api
