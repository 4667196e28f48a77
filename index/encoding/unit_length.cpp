#include "index/encoding/unit_length.h"

#include <cmath>

namespace freshet::index {

bool scale_to_unit_length(Embedding& vector) {
  double squares = 0;
  for (const float value : vector) squares += static_cast<double>(value) * value;
  if (!std::isfinite(squares)) return false;
  if (squares == 0) {
    if (!vector.empty()) vector.front() = 1;
    return true;
  }
  const double scale = 1.0 / std::sqrt(squares);
  for (float& value : vector) value = static_cast<float>(value * scale);
  return true;
}

}  // namespace freshet::index
