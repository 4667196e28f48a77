#include "index/vector/int8_dot_highway.h"

// Highway compiles this file once per instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "index/vector/int8_dot_highway.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace freshet::index::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

std::int32_t dot(const std::int8_t* a, const std::int8_t* b, std::size_t length) {
  const hn::CappedTag<std::int16_t, 32> wide;
  const hn::Rebind<std::int8_t, decltype(wide)> narrow;
  const hn::Repartition<std::int32_t, decltype(wide)> sums;
  auto even = hn::Zero(sums);
  auto odd = hn::Zero(sums);
  for (std::size_t i = 0; i < length; i += hn::Lanes(wide)) {
    const auto left = hn::PromoteTo(wide, hn::LoadU(narrow, a + i));
    const auto right = hn::PromoteTo(wide, hn::LoadU(narrow, b + i));
    even = hn::ReorderWidenMulAccumulate(sums, left, right, even, odd);
  }
  return hn::GetLane(hn::SumOfLanes(sums, hn::Add(even, odd)));
}

}  // namespace freshet::index::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace freshet::index {

HWY_EXPORT(dot);

std::int32_t int8_dot_highway(const std::int8_t* a, const std::int8_t* b, std::size_t length) {
  return HWY_DYNAMIC_DISPATCH(dot)(a, b, length);
}

}  // namespace freshet::index
#endif
