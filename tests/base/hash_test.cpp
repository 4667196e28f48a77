#include "base/hash.h"

#include <gtest/gtest.h>

namespace freshet {
namespace {

TEST(Hash, AgreesWithThePublishedSha256OfAbc) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Hash, AgreesWithThePublishedXxh3OfNothing) {
  EXPECT_EQ(to_hex(hash128("")), "99aa06d3014798d86001c324468d497f");
}

TEST(Hash, ReadsBackItsHexadecimalForm) {
  const Hash128 hash = hash128("freshet");
  EXPECT_EQ(hash128_from_hex(to_hex(hash)), hash);
}

TEST(Hash, TakesAnythingElseForNoHash) {
  EXPECT_EQ(hash128_from_hex("xyz"), Hash128{});
  EXPECT_EQ(hash128_from_hex(std::string(32, 'g')), Hash128{});
}

}  // namespace
}  // namespace freshet
