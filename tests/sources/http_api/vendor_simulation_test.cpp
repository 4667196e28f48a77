// Random histories of simulated vendors against the shipped manifests. FRESHET_SCHEDULES=N runs N
// histories a vendor instead of the default; FRESHET_SEED=S begins with another seed;
// FRESHET_MANIFESTS=DIR reads the manifests from there.
#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "sources/http_api/manifest/shipped.h"
#include "tests/sources/http_api/support/vendor_copy.h"
#include "tests/support/result_matchers.h"

namespace freshet::sources::http_api {
namespace {

using simulation::Dialect;
using simulation::FaultKind;
using ::testing::IsEmpty;
using testing::VendorCopy;

std::uint64_t number_from(const char* name, std::uint64_t fallback) {
  const char* text = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nothing changes it.
  return text == nullptr ? fallback : std::strtoull(text, nullptr, 10);
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
  }
  std::shared_ptr<const Manifest> manifest_;
};

TEST_P(VendorSimulation, TheCopyEqualsTheTruthAfterEveryHistory) {
  const std::uint64_t first = number_from("FRESHET_SEED", 1);
  const std::uint64_t count = number_from("FRESHET_SCHEDULES", 40);
  std::size_t requests = 0;
  std::size_t upserts = 0;
  std::size_t steps = 0;
  int failures = 0;
  for (std::uint64_t seed = first; seed < first + count && failures < 3; ++seed) {
    VendorCopy copy(GetParam(), manifest_, seed);
    copy.live(6);
    copy.settle();

    const auto differences = copy.compare().all();
    EXPECT_THAT(differences, IsEmpty()) << "seed " << seed;
    EXPECT_EQ(copy.trouble(), "") << "seed " << seed;
    if (HasFailure()) {
      ++failures;
      for (const auto& step : copy.schedule().history()) std::cout << describe(step) << "\n";
    }
    requests += copy.faults().requests();
    upserts += copy.upserts();
    steps += copy.schedule().history().size();
  }
  std::cout << GetParam().name << ": " << count << " histories from seed " << first << ", " << steps
            << " steps, " << requests << " requests, " << upserts << " documents read\n";
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
