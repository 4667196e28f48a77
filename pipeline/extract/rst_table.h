#pragma once

#include <cstddef>

#include "pipeline/extract/rst_inline.h"

namespace freshet::pipeline {

/// Reads the simple or grid table that begins at line `number`; returns the number of its last
/// line. Cells of one row that go over several lines are joined.
std::size_t read_rst_table(std::size_t number, const RstNames& names, DocumentBuilder& builder);

}  // namespace freshet::pipeline
