#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "sources/http_api/authoring/check_samples.h"
#include "sources/http_api/authoring/lint.h"
#include "sources/http_api/manifest/read_manifest.h"
#include "sources/http_api/manifest/shipped.h"
#include "tests/support/result_matchers.h"

namespace freshet::sources::http_api {
namespace {

using ::testing::IsEmpty;

class ShippedManifests : public ::testing::TestWithParam<ShippedManifest> {};

TEST_P(ShippedManifests, LintWithoutAnyRemark) {
  config::Problems problems;
  const auto manifest = read_manifest(GetParam().text, problems);
  ASSERT_TRUE(manifest);

  lint(*manifest, GetParam().text, problems);

  for (const auto& problem : problems.sorted())
    ADD_FAILURE() << config::describe(problem, std::string(GetParam().id));
}

TEST_P(ShippedManifests, MapTheirSamplesAndShowNoMoreWhereAFieldIsMissing) {
  config::Problems problems;
  const auto manifest = read_manifest(GetParam().text, problems);
  ASSERT_TRUE(manifest);
  const std::string file =
      FRESHET_SOURCE_DIR "/config/connectors/" + std::string(GetParam().id) + ".samples.json";
  ASSERT_SUCCEEDS(const std::string text, read_file(file, 10'000'000));
  ASSERT_SUCCEEDS(const SampleFile samples, parse_samples(text));

  EXPECT_THAT(check_samples(*manifest, samples), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Systems, ShippedManifests, ::testing::ValuesIn(shipped_manifests()),
                         [](const auto& test) {
                           std::string name(test.param.id);
                           std::erase(name, '-');
                           return name;
                         });

}  // namespace
}  // namespace freshet::sources::http_api
