#include "jobs/pull_sources.h"

#include <atomic>
#include <latch>
#include <stdexcept>

#include "tests/support/result_matchers.h"

namespace freshet::jobs {
namespace {

using ::freshet::testing::FailsWith;
using ::freshet::testing::Succeeds;
using std::chrono::milliseconds;
using ::testing::HasSubstr;

class PullSources : public ::testing::Test {
 protected:
  PullSources() : settings_(5) {
    const char* names[] = {"hangs", "fails", "throws", "docs", "kb"};
    for (std::size_t i = 0; i < settings_.size(); ++i) {
      settings_[i].name = names[i];
      sources_.push_back(&settings_[i]);
    }
  }

  static Result<pipeline::PullReport> one_added() {
    pipeline::PullReport report;
    report.stored.added = 1;
    return report;
  }

  std::vector<config::SourceSettings> settings_;
  Sources sources_;
};

TEST_F(PullSources, PublishesWhatOthersLeftWhileOneHangs) {
  std::latch published(1);
  std::atomic<int> left{4};

  const auto reports = pull_sources(
      sources_, {.parallel = 2, .patience = milliseconds{0}},
      [&](const config::SourceSettings& source) {
        if (source.name == "hangs") published.wait();
        --left;
        return one_added();
      },
      [&] {
        if (left == 0) published.count_down();
      });

  for (const auto& report : reports) EXPECT_THAT(report, Succeeds());
}

TEST_F(PullSources, KeepsTheOutcomeOfEachSourceApart) {
  const auto reports = pull_sources(
      sources_, {.parallel = 2},
      [&](const config::SourceSettings& source) -> Result<pipeline::PullReport> {
        if (source.name == "fails") return Error{ErrorKind::Unavailable, "down"};
        if (source.name == "throws") throw std::runtime_error("no memory");
        return one_added();
      },
      [] {});

  EXPECT_THAT(reports[1], FailsWith(ErrorKind::Unavailable, HasSubstr("down")));
  EXPECT_THAT(reports[2], FailsWith(ErrorKind::Internal, HasSubstr("no memory")));
  for (const std::size_t i : {0, 3, 4}) EXPECT_THAT(reports[i], Succeeds());
}

TEST_F(PullSources, DoesNotPublishWhereNothingWasStored) {
  int published = 0;
  const auto nothing = [](const config::SourceSettings&) -> Result<pipeline::PullReport> {
    return pipeline::PullReport{};
  };

  pull_sources(sources_, {.parallel = 2, .patience = milliseconds{0}}, nothing,
               [&] { ++published; });

  EXPECT_EQ(published, 0);
}

}  // namespace
}  // namespace freshet::jobs
