#pragma once

#include <filesystem>

#include "base/result.h"
#include "sources/http_api/value.h"

namespace freshet::sources::http_api::testing {

/// What a file of recorded answers holds, as one value: JSON, JSON lines (as a list) or YAML, by
/// its name; compressed where that ends in ".gz". The error names the file.
Result<Value> read_recorded_file(const std::filesystem::path& path);

}  // namespace freshet::sources::http_api::testing
