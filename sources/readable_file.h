#pragma once

#include <string_view>

namespace freshet::sources {

/// Whether a file that hangs under a message may hold text that extraction reads: Markdown, HTML,
/// reStructuredText, AsciiDoc, and as plain text logs, tables and settings. By its name's ending
/// and the media type that somebody declared; its bytes may still say otherwise.
bool is_readable_file(std::string_view name, std::string_view media_type);

/// Whether name or media type say that it is a web page.
bool is_web_page(std::string_view name, std::string_view media_type);

}  // namespace freshet::sources
