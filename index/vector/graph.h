#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "index/allowed.h"
#include "index/vector/quantised_rows.h"
#include "index/vector/vector_file.h"

namespace freshet::index {

/// Links per row on the bottom level and above it (hnswlib's 2 * M and M), and how wide it looks
/// for them.
inline constexpr std::size_t kBottomLinks = 32;
inline constexpr std::size_t kUpperLinks = 16;
inline constexpr std::size_t kGraphBuildWidth = 150;

/// Builds the links of a navigable small-world graph (Malkov & Yashunin 2018) with hnswlib and
/// gives the graph file: kVectorHeaderBytes of room for the header, then the payload that Graph
/// reads. One thread and a fixed seed: equal rows give equal bytes. Zero vectors are left out. Rows
/// that no walk could reach are listed on their own. At least one row must not be zero.
///
/// Payload, 32-bit words: entry row, top level, orphans, upper lists; per row the bottom list
/// (length, then kBottomLinks rows); per row and one more, the first of its upper lists; the upper
/// lists (length, then kUpperLinks rows); the orphans.
Result<std::string> build_graph(const QuantisedRows& rows);

/// What a walk looks for.
struct GraphQuery {
  const QuantisedVector& vector;
  const PassageSet& allowed;
  PassageNumber first_number = 0;  ///< Of row 0.
  std::size_t width = 0;           ///< How many nearest rows are kept while walking ("ef").
  std::size_t max_visits = 0;      ///< Gives up after looking at more rows than this.
};

/// The links, mapped. Our own walk over our own file: the width is the call's own, nothing is
/// shared between searches, and every link is checked before it is followed, so that damage cannot
/// lead outside the file.
class Graph {
 public:
  static Result<Graph> open(VectorFile file);

  /// The nearest allowed rows in no order; nullopt when max_visits were not enough.
  [[nodiscard]] std::optional<std::vector<ScoredRow>> nearest(const QuantisedRows& rows,
                                                              const GraphQuery& query) const;
  [[nodiscard]] const VectorFile& file() const { return file_; }
  [[nodiscard]] std::span<const std::uint32_t> orphans() const;

 private:
  explicit Graph(VectorFile file) : file_(std::move(file)) {}
  [[nodiscard]] std::uint32_t word(std::size_t at) const;
  [[nodiscard]] std::span<const std::uint32_t> list(std::size_t at, std::size_t capacity) const;
  [[nodiscard]] std::span<const std::uint32_t> bottom_links(std::uint32_t row) const;
  [[nodiscard]] std::span<const std::uint32_t> upper_links(std::uint32_t row,
                                                           std::uint32_t level) const;
  [[nodiscard]] ScoredRow step(const QuantisedRows& rows, const QuantisedVector& query,
                               ScoredRow from, std::uint32_t level) const;
  [[nodiscard]] ScoredRow descend(const QuantisedRows& rows, const QuantisedVector& query) const;

  VectorFile file_;
  std::size_t count_ = 0;
  std::size_t upper_lists_ = 0;
};

}  // namespace freshet::index
