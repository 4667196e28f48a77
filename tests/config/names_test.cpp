#include "config/names.h"

#include <string>

#include <gtest/gtest.h>

namespace freshet::config {
namespace {

TEST(SourceName, IsAWordThatIsSafeAsAFileName) {
  for (const char* good : {"docs", "a", "0", "kb-2_old"}) EXPECT_TRUE(is_source_name(good)) << good;
  for (const char* bad :
       {"", "-a", "_a", "Docs", "a b", "..", "../x", "a/b", "a.b", "k\xc3\xb6ln"}) {
    EXPECT_FALSE(is_source_name(bad)) << bad;
  }
  EXPECT_TRUE(is_source_name(std::string(64, 'a')));
  EXPECT_FALSE(is_source_name(std::string(65, 'a')));
}

TEST(Location, IsRemoteWithASchemeOrInSshForm) {
  for (const char* remote :
       {"https://h/x", "ssh://h/x", "file:///x", "git@host:team/docs.git", "host:x"}) {
    EXPECT_TRUE(is_remote_location(remote)) << remote;
  }
  for (const char* local : {"../docs.git", "/srv/docs", "docs", "./a:b", "dir/a:b"}) {
    EXPECT_FALSE(is_remote_location(local)) << local;
  }
}

}  // namespace
}  // namespace freshet::config
