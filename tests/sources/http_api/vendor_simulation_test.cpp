// Random histories of simulated vendors against the shipped manifests. FRESHET_SCHEDULES=N runs N
// histories a vendor instead of the default; FRESHET_SEED=S begins with another seed;
// FRESHET_MANIFESTS=DIR reads the manifests from there.
#include <cmath>
#include <cstdlib>
#include <iostream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "sources/http_api/manifest/read_manifest.h"
#include "sources/http_api/manifest/shipped.h"
#include "tests/sources/http_api/support/vendor_copy.h"
#include "tests/support/result_matchers.h"

namespace freshet::sources::http_api {
namespace {

using simulation::Dialect;
using simulation::FaultKind;
using testing::Differences;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::VendorCopy;

std::uint64_t number_from(const char* name, std::uint64_t fallback) {
  const char* text = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nothing changes it.
  return text == nullptr ? fallback : std::strtoull(text, nullptr, 10);
}

/// The same engine with the usual strategy: records later than the newest time seen, nothing else.
std::shared_ptr<const Manifest> newest_seen(std::string_view text) {
  config::Problems problems;
  auto manifest = read_manifest(text, problems);
  for (StreamSpec& stream : manifest->streams) {
    stream.cursor.lag = stream.cursor.overlap = std::chrono::milliseconds{0};
    stream.sweep.reset();
    stream.deleted_feed.reset();
    stream.rescan.reset();
    stream.access.reset();
  }
  return std::make_shared<const Manifest>(std::move(*manifest));
}

/// What a strategy cost over many histories, and what it got wrong.
struct Tally {
  std::size_t steps = 0;
  std::size_t requests = 0;
  std::size_t reads = 0;
  std::size_t documents = 0;
  Differences differences;

  void add(VendorCopy& copy) {
    steps += copy.schedule().history().size();
    requests += copy.faults().requests();
    reads += copy.upserts();
    documents += copy.world().truth().size();
    differences.add(copy.compare());
  }
};

std::ostream& operator<<(std::ostream& out, const Tally& tally) {
  const auto per = [](std::size_t count, std::size_t whole) {
    return std::round(100.0 * static_cast<double>(count) / static_cast<double>(whole)) / 100;
  };
  return out << tally.documents << " documents, " << tally.steps << " changes, "
             << per(tally.requests, tally.steps) << " requests and "
             << per(tally.reads, tally.steps) << " reads a change; lost "
             << tally.differences.lost.size() << ", stale " << tally.differences.stale.size()
             << ", resurrected " << tally.differences.resurrected.size() << ", leaked "
             << tally.differences.leaked.size() << ", held " << tally.differences.held.size()
             << "\n";
}

class VendorSimulation : public ::testing::TestWithParam<Dialect> {
 protected:
  void SetUp() override {
    const char* directory =
        std::getenv("FRESHET_MANIFESTS");  // NOLINT(concurrency-mt-unsafe): likewise.
    const std::string id(GetParam().name);
    auto text =
        manifest_text(directory == nullptr ? id : std::string(directory) + "/" + id + ".yaml");
    ASSERT_THAT(text, freshet::testing::Succeeds());
    ASSERT_SUCCEEDS(manifest_, parse_manifest(*text, id));
    usual_ = newest_seen(*text);
  }
  std::shared_ptr<const Manifest> manifest_;
  std::shared_ptr<const Manifest> usual_;
};

TEST_P(VendorSimulation, TheCopyEqualsTheTruthAfterEveryHistory) {
  const std::uint64_t first = number_from("FRESHET_SEED", 1);
  const std::uint64_t count = number_from("FRESHET_SCHEDULES", 125);
  Tally ours;
  Tally newest;
  int failures = 0;
  for (std::uint64_t seed = first; seed < first + count && failures < 3; ++seed) {
    VendorCopy copy(GetParam(), manifest_, seed);
    copy.live(6);
    copy.settle();

    const auto differences = copy.compare();
    EXPECT_THAT(differences.all(), IsEmpty()) << "seed " << seed;
    // A listing that shows nothing at all deletes nothing, and says so.
    if (differences.held.empty()) {
      EXPECT_EQ(copy.trouble(), "") << "seed " << seed;
    } else {
      EXPECT_THAT(copy.trouble(), HasSubstr("nothing was deleted")) << "seed " << seed;
    }
    if (HasFailure()) {
      ++failures;
      for (const auto& step : copy.schedule().history()) std::cout << describe(step) << "\n";
    }
    ours.add(copy);
    VendorCopy usual(GetParam(), usual_, seed);
    usual.live(6);
    usual.settle();
    newest.add(usual);
  }
  std::cout << GetParam().name << ", " << count << " histories from seed " << first
            << "\n  manifest: " << ours << "  newest seen: " << newest;
  EXPECT_FALSE(newest.differences.all().empty()) << "histories that any strategy survives";
}

TEST_P(VendorSimulation, NothingIsDeletedOnDoubt) {
  for (const FaultKind kind : simulation::misleading_faults()) {
    VendorCopy copy(GetParam(), manifest_, 7);
    copy.schedule().steps(60);
    copy.settle();
    ASSERT_EQ(copy.trouble(), "");
    const auto before = copy.ledger().documents.size();

    copy.world().advance(std::chrono::hours(26));
    copy.faults().plan({.faults = {{kind, 0, 1'000'000}}});
    for (int i = 0; i < 3; ++i) {
      (void)copy.sync(VendorCopy::Ending::Whole);
      copy.world().advance(std::chrono::hours(26));
    }

    EXPECT_EQ(copy.ledger().documents.size(), before) << name_of(kind);
  }
}

INSTANTIATE_TEST_SUITE_P(Vendors, VendorSimulation, ::testing::ValuesIn(simulation::dialects()),
                         [](const auto& dialect) { return std::string(dialect.param.name); });

}  // namespace
}  // namespace freshet::sources::http_api
