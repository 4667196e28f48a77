#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace freshet::index {

/// One passage's exact vector and the document it belongs to.
struct ExactVector {
  std::string document;
  std::vector<float> vector;  ///< Unit length.
};

/// The documents of the nearest passages by exact cosine in f32, best passage first, equal ones in
/// the order given: what the vector leg is measured against. Vectors of another length than the
/// query's are never near.
std::vector<std::string> rank_exactly(std::span<const float> query,
                                      const std::vector<ExactVector>& vectors,
                                      std::size_t documents);

}  // namespace freshet::index
