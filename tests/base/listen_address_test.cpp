#include "base/listen_address.h"

#include "tests/support/result_matchers.h"

namespace freshet {
namespace {

using ::freshet::testing::FailsWith;
using ::testing::HasSubstr;

TEST(ListenAddress, ReadsLoopbackAddressesAndPorts) {
  ASSERT_SUCCEEDS(const auto ipv4, parse_listen_address("127.0.0.1:8088"));
  ASSERT_SUCCEEDS(const auto ipv6, parse_listen_address("[::1]:0"));
  ASSERT_SUCCEEDS(const auto name, parse_listen_address("localhost:65535"));

  EXPECT_EQ(ipv4.host, "127.0.0.1");
  EXPECT_EQ(ipv4.port, 8088);
  EXPECT_EQ(ipv6.host, "::1");
  EXPECT_EQ(name.host, "127.0.0.1");
  EXPECT_EQ(name.port, 65535);
}

TEST(ListenAddress, RefusesAddressesOtherMachinesCanReachAndSaysWhatToDo) {
  for (const auto* address : {"0.0.0.0:8088", "[::]:8088", "192.168.1.4:80", "[2001:db8::1]:80"}) {
    EXPECT_THAT(parse_listen_address(address),
                FailsWith(ErrorKind::Invalid, HasSubstr("reverse proxy")))
        << address;
  }
}

TEST(ListenAddress, RefusesWhatIsNoAddress) {
  for (const auto* address :
       {"", ":", ":8088", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
        "127.0.0.1:80x", "[::1", "[]:80", "[::1]80", "host.example:80", "127.0.0.1:80:80"}) {
    EXPECT_THAT(parse_listen_address(address),
                FailsWith(ErrorKind::Invalid, HasSubstr("listen address")))
        << address;
  }
}

TEST(LoopbackAuthority, TakesTheNamesOfThisMachine) {
  for (const auto* host :
       {"localhost", "LOCALHOST:8088", "kb.localhost:1", "127.0.0.1", "127.1.2.3:80", "[::1]:80"}) {
    EXPECT_TRUE(is_loopback_authority(host)) << host;
  }
}

TEST(LoopbackAuthority, RefusesEverythingThatOnlyLooksLikeThem) {
  for (const auto* host :
       {"", "evil.example", "localhost.evil.example", "notlocalhost", "127.0.0.1.evil.example",
        "127.evil.example", "localhost@evil.example", "[::2]", "localhost:", "localhost:x",
        "0.0.0.0", "localhost evil.example", "127.0.0.1\t"}) {
    EXPECT_FALSE(is_loopback_authority(host)) << host;
  }
}

}  // namespace
}  // namespace freshet
