#pragma once

#include <cstdint>
#include <string>

#include "tests/support/temporary_directory.h"

namespace freshet::testing {

/// What to vary about the tiny model.
struct TinyModel {
  std::string prefix;        ///< Before every tensor name: "" or "bert.".
  std::string type = "F32";  ///< F32 or BF16.
  std::string activation = "gelu";
};

/// Writes a complete BERT directory of one layer and eight dimensions with fixed small weights.
void write_tiny_model(const TemporaryDirectory& directory, const TinyModel& model = {});

}  // namespace freshet::testing
