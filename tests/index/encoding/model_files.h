#pragma once

#include <filesystem>

namespace freshet::testing {

/// The model that scripts/setup fetches; tests that need it fail clearly when it is absent.
inline std::filesystem::path model_directory() {
  return FRESHET_TEST_MODEL;
}

/// tests/index/encoding/golden.
inline std::filesystem::path golden_directory() {
  return FRESHET_TEST_GOLDEN;
}

}  // namespace freshet::testing
