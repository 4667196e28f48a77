#include "sources/http_api/transport/host_list.h"

#include "base/http/url.h"
#include "tests/support/result_matchers.h"

namespace freshet::sources::http_api {
namespace {

using freshet::testing::FailsWith;
using ::testing::HasSubstr;

bool allows(const std::string& entry, const std::string& url) {
  const auto list = HostList::parse({entry});
  EXPECT_TRUE(list.has_value()) << entry;
  return list && list->contains(http::origin_of(url));
}

TEST(HostList, HoldsHostsOverHttpsAndAddressesAsTheyAre) {
  EXPECT_TRUE(allows("files.example.com", "https://files.example.com/a?b"));
  EXPECT_TRUE(allows("http://files.example.com:8080", "http://files.example.com:8080/a"));
  EXPECT_FALSE(allows("files.example.com", "http://files.example.com/a"));
  EXPECT_FALSE(allows("files.example.com", "https://files.example.com:8443/a"));
  EXPECT_FALSE(allows("files.example.com", "https://more.files.example.com/"));
}

TEST(HostList, ComparesAWildcardByWholeLabels) {
  EXPECT_TRUE(allows("*.example.com", "https://p17.example.com/a"));
  EXPECT_TRUE(allows("*.example.com", "https://a.b.example.com/a"));
  EXPECT_FALSE(allows("*.example.com", "https://example.com/"));
  EXPECT_FALSE(allows("*.example.com", "https://evilexample.com/"));
  EXPECT_FALSE(allows("*.example.com", "https://p17.example.com.evil.net/"));
  EXPECT_FALSE(allows("*.example.com", "https://p17.example.com@evil.net/"));
  EXPECT_FALSE(allows("*.example.com", "https://evil.net/.example.com"));
  EXPECT_FALSE(allows("*.example.com", "https://evil.net%2f.example.com/"));
  EXPECT_FALSE(allows("*.example.com", "http://p17.example.com/"));
}

TEST(HostList, RefusesWhatIsNoHost) {
  for (const char* entry : {"*.com", "*", "*.", "a b", "*.*.example.com", "ftp://files.example.com",
                            "files.*.example.com"}) {
    EXPECT_THAT(HostList::parse({entry}), FailsWith(ErrorKind::Invalid, HasSubstr(entry)));
  }
  EXPECT_TRUE(HostList::parse({""}).has_value());
}

TEST(HostList, HoldsNothingOfItself) {
  EXPECT_FALSE(HostList().contains(""));
  EXPECT_FALSE(HostList().contains("https://example.com:443"));
}

}  // namespace
}  // namespace freshet::sources::http_api
