#pragma once

#include <cstddef>
#include <string_view>

#include "pipeline/extract/asciidoc_inline.h"

namespace freshet::pipeline {

/// Reads the rows between the "|===" lines `first` and `last` (both excluded). `attributes` is the
/// block's attribute list without brackets: cols and options say how many columns there are and
/// whether the first row is a header; otherwise the first line with cells gives the columns, and an
/// empty line below it makes it the header.
void read_asciidoc_table(Span lines, std::string_view attributes, const AsciidocAttributes& names,
                         DocumentBuilder& builder);

}  // namespace freshet::pipeline
