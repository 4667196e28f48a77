#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "pipeline/extract/lines.h"

namespace freshet::pipeline {

/// Questions about single lines of reStructuredText.

/// The character of a line that is one punctuation character repeated, else NUL.
char rst_adornment(std::string_view line);

/// How many bytes the marker of a list item takes ("- ", "12. ", "#) ", "(a) "), 0 when there is
/// none.
std::size_t rst_list_marker(std::string_view line);

/// ".. name:: argument", at any indentation.
struct RstDirective {
  std::string_view name;
  std::string_view argument;
};
std::optional<RstDirective> rst_directive(std::string_view line);

/// How a directive's content is read.
enum class RstContent { Text, Code, Unread, Entries, Include, Image };
RstContent rst_content(std::string_view directive_name);

/// "===  ====" begins a simple table, "+---+---+" a grid table.
bool is_rst_simple_rule(std::string_view line);
bool is_rst_grid_rule(std::string_view line);

/// The columns [begin, end) of a simple table's rule; the last column is open.
std::vector<Span> rst_columns(std::string_view rule);

}  // namespace freshet::pipeline
