#include "tests/jobs/command_line_fixture.h"

namespace freshet::jobs {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Generation 1 has two pages with the word "wombat".
class RollbackJob : public FolderProgram {
 protected:
  void SetUp() override {
    FolderProgram::SetUp();
    page("one.md", "The wombat is in the cellar.");
    page("two.md", "Another wombat is in the garden.");
    output({"sync"});
  }

  std::string found() { return output({"search", "--mode", "keyword", "wombat"}); }
};

TEST_F(RollbackJob, DoesNotShowWhatWasNarrowedSince) {
  configure("    principals: [staff]\n");
  output({"sync"});
  ASSERT_THAT(found(), Not(HasSubstr("kb:")));

  output({"rollback", "1"});

  EXPECT_THAT(found(), Not(HasSubstr("kb:")));
  EXPECT_THAT(output({"export", "--text"}), HasSubstr("cellar")) << "staff may see it";
}

TEST_F(RollbackJob, ShowsTheFormerTextOfWhatEverybodyMaySee) {
  page("one.md", "The wallaby is in the cellar.");
  output({"sync"});
  ASSERT_THAT(found(), Not(HasSubstr("kb:one.md")));

  output({"rollback", "1"});

  EXPECT_THAT(found(), HasSubstr("kb:one.md"));
}

TEST_F(RollbackJob, DoesNotBringBackWhatWasTakenDownSince) {
  output({"forget", "kb:one.md"});
  output({"sync"});

  output({"rollback", "1"});

  EXPECT_THAT(found(), Not(HasSubstr("kb:one.md")));
  EXPECT_THAT(found(), HasSubstr("kb:two.md"));
}

TEST_F(RollbackJob, BringsBackWhatWasDeletedSince) {
  std::filesystem::remove(directory_ / "kb/one.md");
  output({"sync", "--max-delete", "100%"});
  ASSERT_THAT(found(), Not(HasSubstr("kb:one.md")));

  output({"rollback", "1"});

  EXPECT_THAT(found(), HasSubstr("kb:one.md"));
}

}  // namespace
}  // namespace freshet::jobs
