#include "tests/jobs/command_line_fixture.h"

namespace freshet::jobs {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class ScheduleJob : public FolderProgram {};

TEST_F(ScheduleJob, NamesTheRunningProgramAndTheConfigurationInUse) {
  EXPECT_THAT(output({"schedule", "--crontab"}),
              AllOf(HasSubstr("* * * * * /opt/freshet/bin/freshet -c " + config_ + " sync --due\n"),
                    Not(HasSubstr("OnCalendar"))));
  EXPECT_THAT(output({"schedule", "--systemd"}),
              AllOf(HasSubstr("OnCalendar"), Not(HasSubstr("* * * * *"))));
  EXPECT_THAT(output({"schedule"}), AllOf(HasSubstr("* * * * *"), HasSubstr("OnCalendar")));
  EXPECT_THAT(output({"--json", "schedule"}), HasSubstr("\"timer\": "));
}

TEST_F(ScheduleJob, RefusesAConfigurationThatCannotBeUsed) {
  configure("    schedule: \"61 * * * *\"\n");

  EXPECT_EQ(freshet({"schedule"}), ExitCode::ConfigInvalid);

  EXPECT_THAT(err_.str(), AllOf(HasSubstr("sources.kb.schedule"), HasSubstr("the minute \"61\"")));
}

}  // namespace
}  // namespace freshet::jobs
