#pragma once

#include <string>
#include <string_view>

namespace freshet {

/// Text with HTML character references ("&amp;", "&#228;", "&#xe4;") replaced. Unknown ones stay as
/// written.
std::string decode_entities(std::string_view text);

/// The text of a short fragment of HTML, such as a title: tags gone, character references replaced.
std::string text_of_html_fragment(std::string_view html);

}  // namespace freshet
