#include "index/allowed.h"

#include <roaring/roaring.hh>

namespace freshet::index {

struct PassageSet::Bitmap {
  Roaring set;
};

PassageSet::PassageSet() : bitmap_(std::make_unique<Bitmap>()) {}
PassageSet::~PassageSet() = default;
PassageSet::PassageSet(const PassageSet& other)
    : bitmap_(std::make_unique<Bitmap>(*other.bitmap_)) {}
PassageSet& PassageSet::operator=(const PassageSet& other) {
  *bitmap_ = *other.bitmap_;
  return *this;
}
// A moved-from set is an empty set, not a null one.
PassageSet::PassageSet(PassageSet&& other) noexcept : PassageSet() {
  bitmap_.swap(other.bitmap_);
}
PassageSet& PassageSet::operator=(PassageSet&& other) noexcept {
  bitmap_.swap(other.bitmap_);
  return *this;
}

void PassageSet::add(PassageNumber number) {
  bitmap_->set.add(number);
}
void PassageSet::add_range(PassageNumber begin, PassageNumber end) {
  if (begin < end) bitmap_->set.addRange(begin, end);
}
void PassageSet::remove(PassageNumber number) {
  bitmap_->set.remove(number);
}
void PassageSet::remove_range(PassageNumber begin, PassageNumber end) {
  if (begin >= end) return;
  PassageSet range;
  range.add_range(begin, end);
  bitmap_->set -= range.bitmap_->set;
}

bool PassageSet::contains(PassageNumber number) const {
  return bitmap_->set.contains(number);
}
std::uint64_t PassageSet::size() const {
  return bitmap_->set.cardinality();
}

std::uint64_t PassageSet::count_in(PassageNumber begin, PassageNumber end) const {
  if (begin >= end) return 0;
  const std::uint64_t before = begin == 0 ? 0 : bitmap_->set.rank(begin - 1);
  return bitmap_->set.rank(end - 1) - before;
}

PassageNumber PassageSet::next(PassageNumber from, PassageNumber fallback) const {
  auto at = bitmap_->set.begin();
  at.equalorlarger(from);
  return at == bitmap_->set.end() ? fallback : *at;
}

std::vector<PassageNumber> PassageSet::members() const {
  std::vector<PassageNumber> numbers(size());
  bitmap_->set.toUint32Array(numbers.data());
  return numbers;
}

std::vector<PassageNumber> PassageSet::members_in(PassageNumber begin, PassageNumber end) const {
  std::vector<PassageNumber> numbers(count_in(begin, end));
  roaring_uint32_iterator_t at{};
  roaring_init_iterator(&bitmap_->set.roaring, &at);
  if (!numbers.empty() && roaring_move_uint32_iterator_equalorlarger(&at, begin)) {
    roaring_read_uint32_iterator(&at, numbers.data(), static_cast<std::uint32_t>(numbers.size()));
  }
  return numbers;
}

PassageSet& PassageSet::operator&=(const PassageSet& other) {
  bitmap_->set &= other.bitmap_->set;
  return *this;
}
PassageSet& PassageSet::operator|=(const PassageSet& other) {
  bitmap_->set |= other.bitmap_->set;
  return *this;
}
PassageSet& PassageSet::operator-=(const PassageSet& other) {
  bitmap_->set -= other.bitmap_->set;
  return *this;
}
bool PassageSet::operator==(const PassageSet& other) const {
  return bitmap_->set == other.bitmap_->set;
}

std::string PassageSet::serialize() const {
  Roaring compact = bitmap_->set;
  compact.runOptimize();
  std::string bytes(compact.getSizeInBytes(), '\0');
  compact.write(bytes.data());
  return bytes;
}

Result<PassageSet> PassageSet::deserialize(std::string_view bytes) {
  roaring_bitmap_t* raw = roaring_bitmap_portable_deserialize_safe(bytes.data(), bytes.size());
  if (raw == nullptr) return Error{ErrorKind::Corrupt, "damaged passage bitmap"};
  PassageSet set;
  set.bitmap_->set = Roaring(raw);  // takes ownership
  return set;
}

}  // namespace freshet::index
