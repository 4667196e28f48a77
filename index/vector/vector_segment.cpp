#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>

#include "index/vector/graph.h"
#include "index/vector/half.h"
#include "index/vector/quantised_rows.h"
#include "index/vector/vector_file.h"
#include "index/vector/vector_index.h"

namespace freshet::index {

namespace {

/// One step of a walk looks at about this many new rows, each a cache miss that costs as much as
/// kScanAdvantage rows of a scan in order (measured: docs of this folder's README).
constexpr std::size_t kRowsPerStep = 24;
constexpr std::size_t kScanAdvantage = 2;

std::size_t candidates_for(std::size_t limit) {
  return std::max(4 * limit, limit + 32);
}
std::size_t width_for(std::size_t limit) {
  return std::max(2 * limit, limit + 150);
}

/// The query at unit length, in the forms that the kernels read.
struct UnitQuery {
  std::vector<float> values;  ///< Padded to kHalfBlock; empty for a zero vector.
  QuantisedVector codes;
};

Result<UnitQuery> prepare(std::span<const float> query, std::size_t dimension) {
  if (query.size() != dimension) {
    return Error{ErrorKind::Invalid, "cannot search with a vector of " +
                                         std::to_string(query.size()) +
                                         " dimensions in an index of " + std::to_string(dimension)};
  }
  double squares = 0;
  for (const float value : query) squares += double{value} * double{value};
  if (!std::isfinite(squares)) {
    return Error{ErrorKind::Invalid,
                 "cannot search with a vector that holds infinity or no number"};
  }
  UnitQuery unit;
  const double length = std::sqrt(squares);
  if (length == 0) return unit;
  unit.values.resize(padded(dimension, kHalfBlock));
  for (std::size_t i = 0; i < dimension; ++i)
    unit.values[i] = static_cast<float>(query[i] / length);
  unit.codes = quantise(std::span(unit.values).first(dimension));
  return unit;
}

}  // namespace

struct VectorSegment::State {
  State(VectorFile codes_file, VectorFile halves_file)
      : codes(std::move(codes_file)),
        halves(std::move(halves_file)),
        header(codes.header()),
        rows(codes.payload().data(),
             codes.payload().data() + header.count * padded(header.dimension, kInt8Block),
             padded(header.dimension, kInt8Block), header.count) {}

  VectorFile codes;
  VectorFile halves;
  VectorFileHeader header;
  QuantisedRows rows;
  std::optional<Graph> graph;

  [[nodiscard]] std::size_t half_stride() const { return padded(header.dimension, kHalfBlock); }
  [[nodiscard]] const std::uint16_t* half_row(std::uint32_t row) const {
    return reinterpret_cast<const std::uint16_t*>(halves.payload().data()) + row * half_stride();
  }

  [[nodiscard]] Result<Done> check_sizes() const {
    const VectorFileHeader& said = header;
    if (said.dimension == 0 || said.dimension > kMaxDimension || said.first_number == 0 ||
        said.count > std::numeric_limits<PassageNumber>::max() - said.first_number) {
      return codes.damaged("its header has impossible counts");
    }
    const std::size_t code_bytes = padded(said.dimension, kInt8Block) + sizeof(float);
    if (codes.payload().size() != said.count * code_bytes)
      return codes.damaged("its size does not fit");
    if (!(halves.header() == said) ||
        halves.payload().size() != said.count * half_stride() * sizeof(std::uint16_t)) {
      return halves.damaged("it does not fit vectors.sq8");
    }
    return Done{};
  }

  Result<Done> open_graph(const std::filesystem::path& directory) {
    if (!std::filesystem::exists(vector_file_path(directory, VectorFileKind::Graph))) return Done{};
    FRESHET_TRY(VectorFile file, VectorFile::open(directory, VectorFileKind::Graph));
    if (!(file.header() == header)) return file.damaged("it does not fit vectors.sq8");
    FRESHET_TRY(graph, Graph::open(std::move(file)));
    return Done{};
  }

  [[nodiscard]] Result<Done> verify() const {
    FRESHET_CHECK(codes.verify());
    FRESHET_CHECK(halves.verify());
    return graph ? graph->file().verify() : Done{};
  }

  [[nodiscard]] double cosine(const UnitQuery& query, std::uint32_t row) const {
    const double sum = half_dot()(query.values.data(), half_row(row), half_stride());
    // A damaged half may be no number; it must not poison a sort.
    return std::isfinite(sum) ? std::clamp(sum, -1.0, 1.0) : 0.0;
  }

  [[nodiscard]] std::vector<ScoredRow> scan(const UnitQuery& query, const PassageSet& allowed,
                                            std::size_t limit) const {
    NearestRows nearest(candidates_for(limit));
    const auto end = static_cast<PassageNumber>(header.first_number + header.count);
    for (const PassageNumber number : allowed.members_in(header.first_number, end)) {
      const std::uint32_t row = number - header.first_number;
      if (rows.scale(row) == 0.0F) continue;
      nearest.offer({rows.similarity(query.codes, row), row});
    }
    return nearest.rows();
  }

  /// A scan of the allowed rows has no recall loss, so it is taken wherever it is not slower; a
  /// walk that turns out longer than the scan (a filter that excludes the query's neighbourhood) is
  /// given up for it.
  [[nodiscard]] std::vector<ScoredRow> candidates(const UnitQuery& query, const PassageSet& allowed,
                                                  std::size_t limit) const {
    const auto end = static_cast<PassageNumber>(header.first_number + header.count);
    const std::size_t count = allowed.count_in(header.first_number, end);
    if (count == 0 || limit == 0) return {};
    const std::size_t width = width_for(limit);
    const std::size_t walk_visits = width * kRowsPerStep * header.count / count;
    if (graph && count > walk_visits * kScanAdvantage) {
      const GraphQuery walk{query.codes, allowed, header.first_number, width, count};
      if (auto found = graph->nearest(rows, walk)) return *std::move(found);
    }
    return scan(query, allowed, limit);
  }
};

VectorSegment::VectorSegment(std::unique_ptr<State> state) : state_(std::move(state)) {}
VectorSegment::VectorSegment(VectorSegment&&) noexcept = default;
VectorSegment& VectorSegment::operator=(VectorSegment&&) noexcept = default;
VectorSegment::~VectorSegment() = default;

Result<VectorSegment> VectorSegment::open(const std::filesystem::path& segment_directory,
                                          Check check) {
  FRESHET_TRY(VectorFile codes, VectorFile::open(segment_directory, VectorFileKind::Sq8));
  FRESHET_TRY(VectorFile halves, VectorFile::open(segment_directory, VectorFileKind::Half));
  auto state = std::make_unique<State>(std::move(codes), std::move(halves));
  FRESHET_CHECK(state->check_sizes());
  FRESHET_CHECK(state->open_graph(segment_directory));
  if (check == Check::Everything) FRESHET_CHECK(state->verify());
  return VectorSegment(std::move(state));
}

std::size_t VectorSegment::dimension() const {
  return state_->header.dimension;
}
std::size_t VectorSegment::size() const {
  return state_->header.count;
}
PassageNumber VectorSegment::first_number() const {
  return state_->header.first_number;
}

Result<std::vector<VectorHit>> VectorSegment::search(std::span<const float> query,
                                                     const PassageSet& allowed,
                                                     std::size_t limit) const {
  FRESHET_TRY(const UnitQuery unit, prepare(query, dimension()));
  std::vector<VectorHit> hits;
  if (unit.values.empty()) return hits;
  limit = std::min(limit, size());
  for (const ScoredRow& candidate : state_->candidates(unit, allowed, limit)) {
    hits.push_back({first_number() + candidate.row, state_->cosine(unit, candidate.row)});
  }
  std::sort(hits.begin(), hits.end(), [](const VectorHit& a, const VectorHit& b) {
    return a.cosine != b.cosine ? a.cosine > b.cosine : a.number < b.number;
  });
  hits.resize(std::min(hits.size(), limit));
  return hits;
}

double VectorSegment::cosine(std::span<const float> query, PassageNumber number) const {
  if (number < first_number() || number - first_number() >= size()) return 0;
  const auto unit = prepare(query, dimension());
  return unit && !unit->values.empty() ? state_->cosine(*unit, number - first_number()) : 0.0;
}

std::vector<float> VectorSegment::vector(PassageNumber number) const {
  std::vector<float> values(dimension());
  if (number < first_number() || number - first_number() >= size()) return values;
  const std::uint16_t* half = state_->half_row(number - first_number());
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = float_from_half(half[i]);
  return values;
}

}  // namespace freshet::index
