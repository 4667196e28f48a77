#pragma once

#include <filesystem>

#include "base/result.h"

namespace freshet::testing {

/// Answers of real services, kept outside the repository: the directory that FRESHET_API_PAYLOADS
/// names, or ../shared/data/api-fixtures. NotFound, naming it, where there is none.
Result<std::filesystem::path> recorded_payloads();

}  // namespace freshet::testing
