#pragma once

#include "index/encoding/encoder.h"

namespace freshet::index {

/// Scales a vector to length 1. A vector without a direction (all zero) becomes the first axis, so
/// that every text has a unit vector; one with a NaN or infinity has no meaning and yields false,
/// unchanged.
[[nodiscard]] bool scale_to_unit_length(Embedding& vector);

}  // namespace freshet::index
