#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace freshet::index {

/// The pieces of a vocabulary as two byte tries, one for the start of words and one for what
/// continues them
/// ("##..."), in one flat hash table of edges. Thread-safe once built.
class PieceTrie {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  /// An edge's key has 24 bits for the node it leaves.
  static constexpr std::size_t kMostBytes = (std::size_t{1} << 24) - 4;

  enum class Place : std::uint32_t { Start = 0, Continuation = 1 };

  struct Match {
    std::uint32_t id = kNone;
    std::size_t length = 0;
  };

  /// `total_bytes`, at most kMostBytes, is an upper bound on the bytes of all pieces that will be
  /// added.
  explicit PieceTrie(std::size_t total_bytes);

  /// A piece added twice keeps the later id. An empty piece is ignored.
  void add(Place place, std::string_view piece, std::uint32_t id);

  /// The longest piece that `text` starts with.
  [[nodiscard]] Match longest(Place place, std::string_view text) const;

 private:
  struct Edge {
    std::uint32_t key = kNone;
    std::uint32_t child = 0;
  };

  [[nodiscard]] std::size_t slot_of(std::uint32_t key) const;

  std::vector<Edge> edges_;
  unsigned shift_;
  std::vector<std::uint32_t> ids_;  ///< Of each node; kNone where no piece ends.
};

}  // namespace freshet::index
