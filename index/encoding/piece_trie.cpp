#include "index/encoding/piece_trie.h"

#include <bit>

namespace freshet::index {
namespace {

std::uint32_t key_of(std::uint32_t node, char byte) {
  return (node << 8) | static_cast<unsigned char>(byte);
}

}  // namespace

PieceTrie::PieceTrie(std::size_t total_bytes) : ids_(2, kNone) {
  const std::size_t slots = std::bit_ceil(2 * (total_bytes + 8));
  edges_.resize(slots);
  shift_ = 32U - static_cast<unsigned>(std::countr_zero(slots));
}

std::size_t PieceTrie::slot_of(std::uint32_t key) const {
  constexpr std::uint32_t kGolden = 0x9E3779B1;
  std::size_t slot = static_cast<std::uint32_t>(key * kGolden) >> shift_;
  while (edges_[slot].key != key && edges_[slot].key != kNone)
    slot = (slot + 1) & (edges_.size() - 1);
  return slot;
}

void PieceTrie::add(Place place, std::string_view piece, std::uint32_t id) {
  if (piece.empty()) return;
  auto node = static_cast<std::uint32_t>(place);
  for (const char byte : piece) {
    Edge& edge = edges_[slot_of(key_of(node, byte))];
    if (edge.key == kNone) {
      edge = {key_of(node, byte), static_cast<std::uint32_t>(ids_.size())};
      ids_.push_back(kNone);
    }
    node = edge.child;
  }
  ids_[node] = id;
}

PieceTrie::Match PieceTrie::longest(Place place, std::string_view text) const {
  Match best;
  auto node = static_cast<std::uint32_t>(place);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const Edge& edge = edges_[slot_of(key_of(node, text[i]))];
    if (edge.key == kNone) break;
    node = edge.child;
    if (ids_[node] != kNone) best = {ids_[node], i + 1};
  }
  return best;
}

}  // namespace freshet::index
