#include "sources/http_api/transport/token_file.h"

#include <filesystem>

#include "tests/support/result_matchers.h"
#include "tests/support/temporary_directory.h"

namespace freshet::sources::http_api {
namespace {

using freshet::testing::FailsWith;
using freshet::testing::Succeeds;
using ::testing::HasSubstr;

class TokenFileTest : public ::testing::Test {
 protected:
  TokenFileTest() : file_(directory_ / "desk") {}

  freshet::testing::TemporaryDirectory directory_;
  TokenFile file_;
  Tokens tokens_{"access", std::chrono::sys_days{std::chrono::year{2026} / 11 / 20}, "rotated"};
};

TEST_F(TokenFileTest, GivesTheNextRunTheTokensThatWereSavedLast) {
  ASSERT_THAT(file_.save({"old", {}, "used"}), Succeeds());
  ASSERT_THAT(file_.save(tokens_), Succeeds());

  ASSERT_SUCCEEDS(const Tokens loaded, TokenFile(directory_ / "desk").load());

  EXPECT_EQ(loaded.access, "access");
  EXPECT_EQ(loaded.expires, tokens_.expires);
  EXPECT_EQ(loaded.refresh, "rotated");
}

TEST_F(TokenFileTest, IsInADirectoryThatNobodyElseMayEnter) {
  ASSERT_THAT(file_.save(tokens_), Succeeds());

  EXPECT_EQ(std::filesystem::status(directory_ / "desk").permissions(),
            std::filesystem::perms::owner_all);
}

TEST_F(TokenFileTest, SaysWhatToDoAboutAFileThatIsDamaged) {
  for (const char* damaged : {"", "{", "[]", R"({"access": "a", "refresh": "b"})"}) {
    directory_.write("desk/tokens.json", damaged);

    EXPECT_THAT(file_.load(), FailsWith(ErrorKind::Corrupt, HasSubstr("new refresh token")))
        << damaged;
  }
}

TEST_F(TokenFileTest, KeepsNothingWithoutADirectory) {
  ASSERT_THAT(TokenFile({}).save(tokens_), Succeeds());

  ASSERT_SUCCEEDS(const Tokens loaded, TokenFile({}).load());

  EXPECT_EQ(loaded.refresh, "");
}

}  // namespace
}  // namespace freshet::sources::http_api
