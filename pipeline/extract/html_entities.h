#pragma once

#include <string>
#include <string_view>

namespace freshet::pipeline {

/// Text with HTML character references ("&amp;", "&#228;", "&#xe4;") replaced. Unknown ones stay as
/// written.
std::string decode_entities(std::string_view text);

}  // namespace freshet::pipeline
