#pragma once

#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

namespace freshet::testing {

/// Unit vectors around a few centres, as text embeddings lie: the same for the same seed.
inline std::vector<std::vector<float>> clustered_vectors(std::size_t count, std::size_t dimension,
                                                         std::size_t clusters, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal;
  const auto draw = [&] {
    std::vector<float> vector(dimension);
    for (float& value : vector) value = normal(random);
    return vector;
  };
  std::vector<std::vector<float>> centres(clusters);
  for (auto& centre : centres) centre = draw();
  std::vector<std::vector<float>> vectors(count);
  for (std::size_t i = 0; i < count; ++i) {
    vectors[i] = draw();
    double squares = 0;
    for (std::size_t d = 0; d < dimension; ++d) {
      vectors[i][d] = centres[i % clusters][d] + 0.7F * vectors[i][d];
      squares += double{vectors[i][d]} * double{vectors[i][d]};
    }
    for (float& value : vectors[i]) value = static_cast<float>(value / std::sqrt(squares));
  }
  return vectors;
}

inline double exact_dot(const std::vector<float>& a, const std::vector<float>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += double{a[i]} * double{b[i]};
  return sum;
}

}  // namespace freshet::testing
