#pragma once

#include <string>
#include <string_view>

namespace freshet {

/// Appends a text as a JSON string, quotes included (RFC 8259, section 7). Malformed UTF-8 becomes
/// U+FFFD. For what is written too often to build a Json first.
void append_json_text(std::string& out, std::string_view text);

}  // namespace freshet
