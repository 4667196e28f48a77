#include "jobs/schedule_text.h"

#include "tests/support/result_matchers.h"

namespace freshet::jobs {
namespace {

using ::freshet::testing::FailsWith;
using ::testing::HasSubstr;

const Installation kPlain{"/opt/freshet/bin/freshet", "/etc/freshet.yaml"};
const Installation kOdd{"/opt/a b/freshet", "/srv/50% \"o'ff\" $HOME\\x.yaml"};

TEST(ScheduleText, GivesCronOneLineForEveryMinute) {
  ASSERT_SUCCEEDS(const auto line, crontab_line(kPlain));

  EXPECT_EQ(line, "* * * * * /opt/freshet/bin/freshet -c /etc/freshet.yaml sync --due\n");
}

TEST(ScheduleText, QuotesForTheShellAndEscapesCronsPercentSign) {
  ASSERT_SUCCEEDS(const auto line, crontab_line(kOdd));

  EXPECT_EQ(line,
            "* * * * * '/opt/a b/freshet' -c '/srv/50\\% \"o'\\''ff\" $HOME\\x.yaml' sync --due\n");
}

TEST(ScheduleText, GivesSystemdAServiceAndATimerForEveryMinute) {
  ASSERT_SUCCEEDS(const auto units, systemd_units(kPlain));

  EXPECT_THAT(units.service,
              HasSubstr("Type=oneshot\n"
                        "ExecStart=/opt/freshet/bin/freshet -c /etc/freshet.yaml sync --due\n"));
  EXPECT_THAT(units.timer, HasSubstr("OnCalendar=*:0/1\n"));
  EXPECT_THAT(units.timer, HasSubstr("WantedBy=timers.target\n"));
}

TEST(ScheduleText, EscapesWhatSystemdWouldExpand) {
  ASSERT_SUCCEEDS(const auto units, systemd_units(kOdd));

  EXPECT_THAT(units.service, HasSubstr("ExecStart=\"/opt/a b/freshet\" -c "
                                       "\"/srv/50%% \\\"o'ff\\\" $$HOME\\\\x.yaml\" sync --due\n"));
}

TEST(ScheduleText, RefusesAPathThatWouldBreakTheLine) {
  const Installation broken{"/opt/freshet", "/etc/a\n* * * * * reboot"};

  EXPECT_THAT(crontab_line(broken), FailsWith(ErrorKind::Invalid, HasSubstr("rename it")));
  EXPECT_THAT(systemd_units(broken), FailsWith(ErrorKind::Invalid, HasSubstr("rename it")));
}

}  // namespace
}  // namespace freshet::jobs
