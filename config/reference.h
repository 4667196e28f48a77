#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace freshet::config {

/// The JSON Schema (draft-07) of the configuration file, for editors and `freshet config schema`.
Json settings_schema();

/// Every option as Markdown tables: the generated part of docs/configuration.md.
std::string options_markdown();

/// A configuration that works as it stands, with every other option commented out at its default:
/// what `freshet init` writes.
std::string commented_example();

/// `text` as one cell of a Markdown table.
std::string table_cell(std::string_view text);

}  // namespace freshet::config
