#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>

namespace freshet::simulation {

/// The same numbers from the same seed on every machine and compiler (splitmix64).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebULL;
    return mixed ^ (mixed >> 31U);
  }
  /// In [0, limit); `limit` is above 0.
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(next() % limit); }
  /// In [0, 1).
  double fraction() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }
  bool chance(double probability) { return fraction() < probability; }
  double exponential(double mean) { return -mean * std::log(1.0 - fraction()); }

 private:
  std::uint64_t state_;
};

}  // namespace freshet::simulation
