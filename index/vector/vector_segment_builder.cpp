#include <cmath>
#include <cstring>
#include <limits>

#include "index/vector/graph.h"
#include "index/vector/half.h"
#include "index/vector/quantised_rows.h"
#include "index/vector/vector_file.h"
#include "index/vector/vector_index.h"

namespace freshet::index {

namespace {

/// Encoders normalise in float or in bf16; anything farther from 1 was not normalised.
constexpr double kLengthTolerance = 0.02;

Result<Done> check_vector(std::span<const float> vector, std::size_t dimension) {
  if (vector.size() != dimension) {
    return Error{ErrorKind::Invalid, "cannot index a vector of " + std::to_string(vector.size()) +
                                         " dimensions among vectors of " +
                                         std::to_string(dimension)};
  }
  double squares = 0;
  for (const float value : vector) squares += double{value} * double{value};
  if (squares == 0) return Done{};
  // Also false for NaN.
  if (std::fabs(std::sqrt(squares) - 1.0) <= kLengthTolerance) return Done{};
  return Error{ErrorKind::Invalid, "cannot index a vector of length " +
                                       std::to_string(std::sqrt(squares)) + ": it must be 1"};
}

}  // namespace

struct VectorSegmentBuilder::State {
  std::filesystem::path directory;
  std::size_t dimension = 0;
  PassageNumber first_number = 0;
  std::size_t graph_threshold = 0;
  std::size_t count = 0;
  bool any = false;  ///< Whether some vector is not zero.
  std::string halves =
      std::string(kVectorHeaderBytes, '\0');  ///< The files, with room for their headers.
  std::string codes = std::string(kVectorHeaderBytes, '\0');
  std::string scales;

  [[nodiscard]] VectorFileHeader header() const {
    return {static_cast<std::uint32_t>(dimension), first_number, count};
  }
};

VectorSegmentBuilder::VectorSegmentBuilder(std::filesystem::path segment_directory,
                                           std::size_t dimension, PassageNumber first_number,
                                           std::size_t graph_threshold)
    : state_(std::make_unique<State>()) {
  state_->directory = std::move(segment_directory);
  state_->dimension = dimension;
  state_->first_number = first_number;
  state_->graph_threshold = graph_threshold;
}
VectorSegmentBuilder::VectorSegmentBuilder(VectorSegmentBuilder&&) noexcept = default;
VectorSegmentBuilder& VectorSegmentBuilder::operator=(VectorSegmentBuilder&&) noexcept = default;
VectorSegmentBuilder::~VectorSegmentBuilder() = default;

Result<Done> VectorSegmentBuilder::add(std::span<const float> vector) {
  FRESHET_CHECK(check_vector(vector, state_->dimension));
  if (state_->count >= std::numeric_limits<PassageNumber>::max() - state_->first_number) {
    return Error{ErrorKind::Exhausted, "cannot index a vector: passage numbers are used up"};
  }
  // Codes come from the halves, so that a merge, which reads halves, writes the same codes again.
  std::vector<std::uint16_t> halves(padded(vector.size(), kHalfBlock));
  std::vector<float> stored(vector.size());
  for (std::size_t i = 0; i < vector.size(); ++i) {
    halves[i] = half_from_float(vector[i]);
    stored[i] = float_from_half(halves[i]);
  }
  const QuantisedVector quantised = quantise(stored);
  state_->halves.append(reinterpret_cast<const char*>(halves.data()),
                        halves.size() * sizeof halves[0]);
  state_->codes.append(reinterpret_cast<const char*>(quantised.codes.data()),
                       quantised.codes.size());
  state_->scales.append(reinterpret_cast<const char*>(&quantised.scale), sizeof quantised.scale);
  state_->any = state_->any || quantised.scale != 0.0F;
  ++state_->count;
  return Done{};
}

Result<Done> VectorSegmentBuilder::finish() {
  State& state = *state_;
  if (state.dimension == 0 || state.dimension > kMaxDimension) {
    return Error{ErrorKind::Invalid, "cannot index vectors of " + std::to_string(state.dimension) +
                                         " dimensions: 1 to " + std::to_string(kMaxDimension) +
                                         " are possible"};
  }
  if (state.any && state.count >= state.graph_threshold) {
    const QuantisedRows rows(state.codes.data() + kVectorHeaderBytes, state.scales.data(),
                             padded(state.dimension, kInt8Block), state.count);
    FRESHET_TRY(std::string graph, build_graph(rows));
    FRESHET_CHECK(write_vector_file(state.directory, VectorFileKind::Graph, state.header(), graph));
  }
  state.codes += state.scales;
  FRESHET_CHECK(
      write_vector_file(state.directory, VectorFileKind::Sq8, state.header(), state.codes));
  return write_vector_file(state.directory, VectorFileKind::Half, state.header(), state.halves);
}

}  // namespace freshet::index
