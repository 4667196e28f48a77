#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace freshet::pipeline {

/// The two forms that `fold` knows.
std::string fold_lines(std::string_view body);
std::string fold_html(std::string_view body);

/// Overwrites bytes [begin, end) with spaces; line ends stay.
void blank_out(std::string& text, std::size_t begin, std::size_t end);

}  // namespace freshet::pipeline
