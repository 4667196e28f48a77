#include "base/cron.h"

#include <random>
#include <set>

#include "tests/support/result_matchers.h"

namespace freshet {
namespace {

using ::freshet::testing::FailsWith;
using std::chrono::days;
using std::chrono::minutes;
using ::testing::HasSubstr;

Instant at(std::string_view time) {
  return *parse_rfc3339(time);
}

std::string next(std::string_view schedule, std::string_view after) {
  return to_rfc3339(Cron::parse(schedule)->next_after(at(after)));
}

std::string previous(std::string_view schedule, std::string_view before) {
  return to_rfc3339(Cron::parse(schedule)->previous_at_or_before(at(before)));
}

TEST(Cron, ComesNextStrictlyAfterAndPreviouslyAtTheMinuteItself) {
  EXPECT_EQ(next("*/10 * * * *", "2026-11-20T09:30:00Z"), "2026-11-20T09:40:00Z");
  EXPECT_EQ(next("*/10 * * * *", "2026-11-20T09:29:59.999Z"), "2026-11-20T09:30:00Z");
  EXPECT_EQ(previous("*/10 * * * *", "2026-11-20T09:30:00Z"), "2026-11-20T09:30:00Z");
  EXPECT_EQ(previous("*/10 * * * *", "2026-11-20T09:29:59.999Z"), "2026-11-20T09:20:00Z");
}

TEST(Cron, ReadsListsRangesStepsNamesAndShorthands) {
  EXPECT_EQ(next("5,35 9-17/4 * * Mon-Fri", "2026-11-20T17:35:00Z"), "2026-11-23T09:05:00Z");
  EXPECT_EQ(next("0 0 1 JAN *", "2026-11-20"), "2027-01-01T00:00:00Z");
  EXPECT_EQ(next("@hourly", "2026-11-20T09:30:00Z"), "2026-11-20T10:00:00Z");
  EXPECT_EQ(next("@daily", "2026-11-20T09:30:00Z"), "2026-11-21T00:00:00Z");
  EXPECT_EQ(next("@weekly", "2026-11-20T09:30:00Z"), "2026-11-22T00:00:00Z");
}

TEST(Cron, TakesZeroAndSevenForSunday) {
  EXPECT_EQ(next("0 0 * * 0", "2026-11-20"), next("0 0 * * 7", "2026-11-20"));
  EXPECT_EQ(next("0 0 * * 5-7", "2026-11-21"), "2026-11-22T00:00:00Z");
}

TEST(Cron, ComesOnEitherDayWhereBothAreRestricted) {
  EXPECT_EQ(next("0 0 13 * fri", "2026-11-20"), "2026-11-27T00:00:00Z");
  EXPECT_EQ(next("0 0 13 * fri", "2026-12-11"), "2026-12-13T00:00:00Z");
}

TEST(Cron, ComesOnBothDaysWhereOneOfThemStartsWithAStar) {
  EXPECT_EQ(next("0 0 */2 * mon", "2026-11-16"), "2026-11-23T00:00:00Z");
  EXPECT_EQ(next("0 0 13 * *", "2026-11-20"), "2026-12-13T00:00:00Z");
}

TEST(Cron, FindsDatesThatAreYearsAway) {
  EXPECT_EQ(next("0 0 29 2 *", "2096-02-29"), "2104-02-29T00:00:00Z");
  EXPECT_EQ(previous("0 0 29 2 *", "2104-02-28"), "2096-02-29T00:00:00Z");
  EXPECT_EQ(next("0 0 29 2 */8", "2088-02-29"), "2128-02-29T00:00:00Z");
}

TEST(Cron, RefusesWhatIsNoScheduleNamingTheField) {
  const auto refuses = [](std::string_view text, std::string_view with) {
    EXPECT_THAT(Cron::parse(text), FailsWith(ErrorKind::Invalid, HasSubstr(std::string(with))))
        << text;
  };
  refuses("60 * * * *", "the minute \"60\" must be 0 to 59");
  refuses("* 24 * * *", "the hour \"24\" must be 0 to 23");
  refuses("* * 0 * *", "the day of month \"0\" must be 1 to 31");
  refuses("* * * 13 *", "the month \"13\" must be 1 to 12 or jan to dec");
  refuses("* * * * mo", "the day of week \"mo\" must be 0 to 7 or sun to sat");
  refuses("* * * * unm", "the day of week");
  refuses("* 22-5 * * *", "runs backwards");
  refuses("5/10 * * * *", "step without a range");
  refuses("*/0 * * * *", "the minute \"*/0\" has a step");
  refuses("*/ * * * *", "has a step");
  refuses("1,,2 * * * *", "the minute \"\"");
  refuses("-5 * * * *", "the minute \"\"");
  refuses("0 0 30 2 *", "never comes");
  refuses("0 0 31 4,6,9,11 *", "never comes");
  refuses("* * * *", "five fields");
  refuses("* * * * * *", "five fields");
  refuses("@reboot", "@hourly, @daily or @weekly");
  refuses("", "five fields");
  refuses(std::string(10000, '*'), "500 characters");
  refuses("99999999999999999999 * * * *", "0 to 59");
}

TEST(Cron, SurvivesAnyText) {
  std::mt19937 random(11);
  constexpr std::string_view kAlphabet = "0123456789*/,- \tjanfriSUN@x\xff\n";
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (auto length = random() % 20; length > 0; --length) {
      text += kAlphabet[random() % kAlphabet.size()];
    }
    const auto cron = Cron::parse(text);
    if (!cron) continue;
    const Instant now = at("2026-11-20");
    EXPECT_GT(cron->next_after(now), now) << text;
    EXPECT_LE(cron->previous_at_or_before(now), now) << text;
  }
}

/// One field as text and as the values that it means, made side by side.
struct DrawnField {
  std::string text;
  std::set<unsigned> values;
};

class Drawing {
 public:
  explicit Drawing(unsigned seed) : random_(seed) {}

  DrawnField field(unsigned first, unsigned last) {
    DrawnField field;
    if (random_() % 3 == 0) return step("*", first, last);
    for (auto items = 1 + random_() % 3; items > 0; --items) {
      unsigned low = between(first, last);
      unsigned high = between(first, last);
      if (low > high) std::swap(low, high);
      const auto range = std::to_string(low) + "-" + std::to_string(high);
      const DrawnField item =
          random_() % 2 == 0 ? DrawnField{std::to_string(low), {low}} : step(range, low, high);
      field.text += (field.text.empty() ? "" : ",") + item.text;
      field.values.insert(item.values.begin(), item.values.end());
    }
    return field;
  }
  unsigned between(unsigned first, unsigned last) {
    return first + static_cast<unsigned>(random_() % (last - first + 1));
  }

 private:
  DrawnField step(const std::string& range, unsigned first, unsigned last) {
    const unsigned width = random_() % 2 == 0 ? 1 : between(1, 9);
    DrawnField field{width == 1 ? range : range + "/" + std::to_string(width), {}};
    for (unsigned value = first; value <= last; value += width) field.values.insert(value);
    return field;
  }

  std::mt19937 random_;
};

struct DrawnSchedule {
  std::array<DrawnField, 5> fields;

  [[nodiscard]] std::string text() const {
    std::string text;
    for (const auto& field : fields) text += (text.empty() ? "" : " ") + field.text;
    return text;
  }
  [[nodiscard]] bool comes_at(Instant instant) const {
    const auto day = std::chrono::floor<days>(instant);
    const std::chrono::year_month_day date{day};
    const auto minute = static_cast<unsigned>((instant - day) / minutes{1});
    const auto has = [this](std::size_t i, unsigned value) {
      return fields[i].values.contains(value);
    };
    const unsigned weekday = std::chrono::weekday{day}.c_encoding();
    const bool by_date = has(2, static_cast<unsigned>(date.day()));
    const bool by_weekday = has(4, weekday) || (weekday == 0 && has(4, 7));
    const bool starred = fields[2].text[0] == '*' || fields[4].text[0] == '*';
    return has(0, minute % 60) && has(1, minute / 60) &&
           has(3, static_cast<unsigned>(date.month())) &&
           (starred ? by_date && by_weekday : by_date || by_weekday);
  }
};

/// Steps by whole minutes until the schedule comes, for 40 days at most.
Instant scan(const DrawnSchedule& schedule, Instant from, minutes step) {
  Instant instant = from;
  for (int i = 0; i < 40 * 1440 && !schedule.comes_at(instant); ++i) instant += step;
  return instant;
}

TEST(Cron, AgreesWithLookingAtEveryMinute) {
  Drawing draw(20261120);
  int compared = 0;
  for (int i = 0; i < 250; ++i) {
    const DrawnSchedule schedule{{draw.field(0, 59), draw.field(0, 23), draw.field(1, 31),
                                  draw.field(1, 12), draw.field(0, 7)}};
    const auto cron = Cron::parse(schedule.text());
    if (!cron) {
      EXPECT_THAT(cron, FailsWith(ErrorKind::Invalid, HasSubstr("never comes")));
      continue;
    }
    const Instant now = at("2023-12-30") + minutes{draw.between(0, 3 * 366 * 1440)};
    const Instant within = now + std::chrono::seconds{draw.between(0, 59)};

    const Instant later = scan(schedule, now + minutes{1}, minutes{1});
    const Instant earlier = scan(schedule, now, -minutes{1});
    if (schedule.comes_at(later)) {
      EXPECT_EQ(to_rfc3339(cron->next_after(within)), to_rfc3339(later)) << schedule.text();
      ++compared;
    } else {
      EXPECT_GT(cron->next_after(within), later) << schedule.text();
    }
    if (schedule.comes_at(earlier)) {
      EXPECT_EQ(to_rfc3339(cron->previous_at_or_before(within)), to_rfc3339(earlier))
          << schedule.text();
    } else {
      EXPECT_LT(cron->previous_at_or_before(within), earlier) << schedule.text();
    }
  }
  EXPECT_GT(compared, 100);
}

}  // namespace
}  // namespace freshet
