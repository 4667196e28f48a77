#include "index/vector/graph.h"

#include <algorithm>
#include <queue>

namespace freshet::index {

namespace {

constexpr std::size_t kFixedWords = 4;
constexpr std::uint32_t kHighestLevel = 64;

struct FartherRow {
  bool operator()(const ScoredRow& a, const ScoredRow& b) const { return NearerRow{}(b, a); }
};
using Frontier = std::priority_queue<ScoredRow, std::vector<ScoredRow>, FartherRow>;

/// One search's own state.
class Walk {
 public:
  Walk(const QuantisedRows& rows, const GraphQuery& query)
      : rows_(&rows), query_(&query), visited_(rows.count()), nearest_(query.width) {}

  void visit(std::uint32_t row) {
    if (row >= visited_.size() || visited_[row]) return;
    visited_[row] = true;
    ++visits_;
    const ScoredRow scored{rows_->similarity(query_->vector, row), row};
    if (nearest_.full() && !NearerRow{}(scored, nearest_.last())) return;
    frontier_.push(scored);
    if (query_->allowed.contains(query_->first_number + row)) nearest_.offer(scored);
  }

  [[nodiscard]] bool gave_up() const { return visits_ > query_->max_visits; }
  [[nodiscard]] bool finished() const {
    return frontier_.empty() || (nearest_.full() && NearerRow{}(nearest_.last(), frontier_.top()));
  }
  std::uint32_t next() {
    const std::uint32_t row = frontier_.top().row;
    frontier_.pop();
    return row;
  }
  [[nodiscard]] const std::vector<ScoredRow>& found() const { return nearest_.rows(); }

 private:
  const QuantisedRows* rows_;
  const GraphQuery* query_;
  std::vector<bool> visited_;
  std::size_t visits_ = 0;
  Frontier frontier_;
  NearestRows nearest_;
};

}  // namespace

Result<Graph> Graph::open(VectorFile file) {
  Graph graph(std::move(file));
  const std::size_t words = graph.file_.payload().size() / sizeof(std::uint32_t);
  graph.count_ = graph.file_.header().count;
  if (words < kFixedWords || graph.count_ > words || graph.word(0) >= graph.count_) {
    return graph.file_.damaged("it is too short or has no entry");
  }
  graph.upper_lists_ = graph.word(3);
  const std::size_t expected = kFixedWords + graph.count_ * (1 + kBottomLinks) + graph.count_ + 1 +
                               graph.upper_lists_ * (1 + kUpperLinks) + graph.word(2);
  if (expected * sizeof(std::uint32_t) != graph.file_.payload().size()) {
    return graph.file_.damaged("its size does not fit its counts");
  }
  return graph;
}

std::uint32_t Graph::word(std::size_t at) const {
  // The map is page-aligned and the header a multiple of four bytes.
  return reinterpret_cast<const std::uint32_t*>(file_.payload().data())[at];
}

std::span<const std::uint32_t> Graph::list(std::size_t at, std::size_t capacity) const {
  const auto* words = reinterpret_cast<const std::uint32_t*>(file_.payload().data());
  return {words + at + 1, std::min<std::size_t>(words[at], capacity)};
}

std::span<const std::uint32_t> Graph::bottom_links(std::uint32_t row) const {
  return list(kFixedWords + row * (1 + kBottomLinks), kBottomLinks);
}

std::span<const std::uint32_t> Graph::upper_links(std::uint32_t row, std::uint32_t level) const {
  const std::size_t begins = kFixedWords + count_ * (1 + kBottomLinks);
  const std::size_t at = std::size_t{word(begins + row)} + level - 1;
  if (at >= upper_lists_ || at >= word(begins + row + 1)) return {};
  return list(begins + count_ + 1 + at * (1 + kUpperLinks), kUpperLinks);
}

std::span<const std::uint32_t> Graph::orphans() const {
  const std::size_t at =
      kFixedWords + count_ * (2 + kBottomLinks) + 1 + upper_lists_ * (1 + kUpperLinks);
  return {reinterpret_cast<const std::uint32_t*>(file_.payload().data()) + at, word(2)};
}

ScoredRow Graph::step(const QuantisedRows& rows, const QuantisedVector& query, ScoredRow from,
                      std::uint32_t level) const {
  ScoredRow nearest = from;
  for (const std::uint32_t row : upper_links(from.row, level)) {
    if (row >= count_) continue;
    const ScoredRow scored{rows.similarity(query, row), row};
    if (NearerRow{}(scored, nearest)) nearest = scored;
  }
  return nearest;
}

ScoredRow Graph::descend(const QuantisedRows& rows, const QuantisedVector& query) const {
  ScoredRow here{rows.similarity(query, word(0)), word(0)};
  std::uint32_t level = std::min(word(1), kHighestLevel);
  while (level > 0) {
    const ScoredRow next = step(rows, query, here, level);
    if (next.row == here.row) --level;
    here = next;
  }
  return here;
}

std::optional<std::vector<ScoredRow>> Graph::nearest(const QuantisedRows& rows,
                                                     const GraphQuery& query) const {
  Walk walk(rows, query);
  walk.visit(descend(rows, query.vector).row);
  while (!walk.finished()) {
    for (const std::uint32_t row : bottom_links(walk.next())) walk.visit(row);
    if (walk.gave_up()) return std::nullopt;
  }
  for (const std::uint32_t row : orphans()) walk.visit(row);
  return walk.found();
}

}  // namespace freshet::index
