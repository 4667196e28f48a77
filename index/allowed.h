#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "index/passage.h"

namespace freshet::index {

/// A set of passage numbers (a compressed bitmap; CRoaring is behind it). A value type.
class PassageSet {
 public:
  PassageSet();
  ~PassageSet();
  PassageSet(const PassageSet& other);
  PassageSet& operator=(const PassageSet& other);
  PassageSet(PassageSet&& other) noexcept;
  PassageSet& operator=(PassageSet&& other) noexcept;

  void add(PassageNumber number);
  void add_range(PassageNumber begin, PassageNumber end);  ///< [begin, end).
  void remove(PassageNumber number);
  void remove_range(PassageNumber begin, PassageNumber end);
  [[nodiscard]] bool contains(PassageNumber number) const;
  [[nodiscard]] std::uint64_t size() const;
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] std::uint64_t count_in(PassageNumber begin, PassageNumber end) const;
  /// The smallest member that is at least `from`, or `fallback` when there is none.
  [[nodiscard]] PassageNumber next(PassageNumber from, PassageNumber fallback) const;
  [[nodiscard]] std::vector<PassageNumber> members() const;
  /// The members in [begin, end), ascending.
  [[nodiscard]] std::vector<PassageNumber> members_in(PassageNumber begin, PassageNumber end) const;

  PassageSet& operator&=(const PassageSet& other);
  PassageSet& operator|=(const PassageSet& other);
  PassageSet& operator-=(const PassageSet& other);
  bool operator==(const PassageSet& other) const;

  /// Portable serialised form (the Roaring specification's), and back; Corrupt when it is not one.
  [[nodiscard]] std::string serialize() const;
  static Result<PassageSet> deserialize(std::string_view bytes);

 private:
  struct Bitmap;
  std::unique_ptr<Bitmap> bitmap_;
};

}  // namespace freshet::index
