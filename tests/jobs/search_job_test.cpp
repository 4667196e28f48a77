#include "tests/jobs/command_line_fixture.h"

namespace freshet::jobs {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

using SearchJob = FolderProgram;

TEST_F(SearchJob, SaysHowMuchIsForOtherReadersWhereItFindsNothing) {
  configure("    principals: [group:support]\n");
  page("a.md", "Refunds take ten days.");
  output({"sync"});

  EXPECT_THAT(output({"search", "refunds"}),
              HasSubstr("nothing found in the 0 passages for public; 1 more are for other readers "
                        "(freshet get ID says for whom)\n"));
}

TEST_F(SearchJob, DoesNotSpeakOfOtherReadersWhereEverythingIsShown) {
  page("a.md", "Refunds take ten days.");
  output({"sync"});

  EXPECT_THAT(output({"search", "refunds"}), Not(HasSubstr("nothing found")));
  EXPECT_THAT(output({"search", "wombat", "--mode", "keyword"}), HasSubstr("nothing found\n"));
}

}  // namespace
}  // namespace freshet::jobs
