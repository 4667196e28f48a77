#include "index/vector/kernels.h"

#include <array>
#include <numeric>

#include "index/vector/half.h"
#include "index/vector/int8_dot_highway.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define FRESHET_X86 1
#else
#define FRESHET_X86 0
#endif

namespace freshet::index {

namespace {

std::int32_t int8_dot_portable(const std::int8_t* a, const std::int8_t* b, std::size_t length) {
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < length; ++i) sum += a[i] * b[i];
  return sum;
}

/// The order in which every path adds its 16 lanes.
double sum_lanes(const std::array<double, kHalfBlock>& lanes) {
  std::array<double, kHalfBlock> sums = lanes;
  for (std::size_t width = kHalfBlock / 2; width > 0; width /= 2) {
    for (std::size_t lane = 0; lane < width; ++lane) sums[lane] += sums[lane + width];
  }
  return sums[0];
}

double half_dot_portable(const float* query, const std::uint16_t* half, std::size_t length) {
  std::array<double, kHalfBlock> lanes{};
  for (std::size_t i = 0; i < length; i += kHalfBlock) {
    for (std::size_t lane = 0; lane < kHalfBlock; ++lane) {
      lanes[lane] += double{query[i + lane]} * double{float_from_half(half[i + lane])};
    }
  }
  return sum_lanes(lanes);
}

#if FRESHET_X86

// vpdpbusd takes unsigned times signed: a + 128 goes in as unsigned and 128 * b is taken off again.
__attribute__((target("avx512f,avx512vnni,avx512vl,avx512bw"))) std::int32_t int8_dot_vnni(
    const std::int8_t* a, const std::int8_t* b, std::size_t length) {
  const __m512i flip = _mm512_set1_epi8(static_cast<char>(0x80));
  __m512i shifted = _mm512_setzero_si512();
  __m512i shift = _mm512_setzero_si512();
  for (std::size_t i = 0; i < length; i += kInt8Block) {
    const __m512i left = _mm512_xor_si512(_mm512_loadu_si512(a + i), flip);
    const __m512i right = _mm512_loadu_si512(b + i);
    shifted = _mm512_dpbusd_epi32(shifted, left, right);
    shift = _mm512_dpbusd_epi32(shift, flip, right);
  }
  // GCC 12's reduction intrinsic reads an uninitialised vector, and says so.
  std::array<std::int32_t, 16> lanes;
  _mm512_storeu_si512(lanes.data(), _mm512_sub_epi32(shifted, shift));
  return std::accumulate(lanes.begin(), lanes.end(), 0);
}

__attribute__((target("avx2,f16c,fma"))) double half_dot_f16c(const float* query,
                                                              const std::uint16_t* half,
                                                              std::size_t length) {
  __m256d sums[4] = {_mm256_setzero_pd(), _mm256_setzero_pd(), _mm256_setzero_pd(),
                     _mm256_setzero_pd()};
  for (std::size_t i = 0; i < length; i += kHalfBlock) {
    for (std::size_t part = 0; part < 4; ++part) {
      const std::size_t at = i + part * 4;
      const __m128i packed = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(half + at));
      const __m256d right = _mm256_cvtps_pd(_mm_cvtph_ps(packed));
      const __m256d left = _mm256_cvtps_pd(_mm_loadu_ps(query + at));
      sums[part] = _mm256_fmadd_pd(left, right, sums[part]);
    }
  }
  std::array<double, kHalfBlock> lanes;
  for (std::size_t part = 0; part < 4; ++part)
    _mm256_storeu_pd(lanes.data() + part * 4, sums[part]);
  return sum_lanes(lanes);
}

bool has_vnni() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vnni") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
}

// Every processor with AVX2 converts halves (F16C came first); GCC 12 cannot ask for F16C by name.
bool has_f16c() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

#endif

}  // namespace

std::vector<NamedKernel<Int8Dot>> int8_dot_kernels() {
  std::vector<NamedKernel<Int8Dot>> kernels{{"portable", int8_dot_portable},
                                            {"highway", int8_dot_highway}};
#if FRESHET_X86
  if (has_vnni()) kernels.push_back({"avx512-vnni", int8_dot_vnni});
#endif
  return kernels;
}

std::vector<NamedKernel<HalfDot>> half_dot_kernels() {
  std::vector<NamedKernel<HalfDot>> kernels{{"portable", half_dot_portable}};
#if FRESHET_X86
  if (has_f16c()) kernels.push_back({"avx2-f16c", half_dot_f16c});
#endif
  return kernels;
}

Int8Dot int8_dot() {
  static const Int8Dot best = int8_dot_kernels().back().function;
  return best;
}

HalfDot half_dot() {
  static const HalfDot best = half_dot_kernels().back().function;
  return best;
}

}  // namespace freshet::index
