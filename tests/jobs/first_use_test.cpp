#include "tests/jobs/command_line_fixture.h"

namespace freshet::jobs {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

using FirstUse = FolderProgram;

TEST_F(FirstUse, EveryCommandThatNeedsDataNamesTheNextStep) {
  const std::vector<std::vector<const char*>> commands{
      {"rollback"}, {"rollback", "1"}, {"merge"},       {"verify"},         {"status"}, {"stale"},
      {"export"},   {"search", "a"},   {"get", "kb:a"}, {"forget", "kb:a"}, {"rebuild"}};
  for (const auto& command : commands) {
    EXPECT_EQ(freshet(command), ExitCode::StoreMissing) << command.front();
    EXPECT_THAT(err_.str(), HasSubstr("no data yet: run freshet sync")) << command.front();
    EXPECT_FALSE(std::filesystem::exists(data())) << command.front();
  }
}

TEST_F(FirstUse, ASyncThatFindsNoDocumentSaysWhatToCheck) {
  configure("    include: ['**/*.rst']\n");
  page("a.md", "Text.");

  EXPECT_THAT(output({"sync"}), AllOf(HasSubstr("\"type\":\"warning\""),
                                      HasSubstr("no document was found in source 'kb'"),
                                      HasSubstr("kb)"), HasSubstr("include (**/*.rst)")));
  EXPECT_THAT(output({"sync", "--dry-run"}), HasSubstr("no document was found"));
}

TEST_F(FirstUse, ASyncThatFindsADocumentSaysNoSuchThing) {
  page("a.md", "Text.");

  EXPECT_THAT(output({"sync", "--dry-run"}), Not(HasSubstr("no document was found")));
  EXPECT_THAT(output({"sync"}), Not(HasSubstr("no document was found")));
  EXPECT_THAT(output({"sync"}), Not(HasSubstr("no document was found")));
}

}  // namespace
}  // namespace freshet::jobs
