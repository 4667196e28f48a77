#include "tests/support/recorded_payloads.h"

#include <cstdlib>
#include <system_error>

namespace freshet::testing {

Result<std::filesystem::path> recorded_payloads() {
  const char* configured = std::getenv("FRESHET_API_PAYLOADS");
  std::filesystem::path folder = configured != nullptr ? configured : "../shared/data/api-fixtures";
  std::error_code error;
  if (std::filesystem::is_directory(folder, error)) return folder;
  return Error{ErrorKind::NotFound,
               "missing test data: " + std::filesystem::absolute(folder, error).string() +
                   " (the data sets stand beside the repository, see CONTRIBUTING.md; set "
                   "FRESHET_API_PAYLOADS where they stand elsewhere)"};
}

}  // namespace freshet::testing
