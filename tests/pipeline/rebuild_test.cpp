#include "pipeline/rebuild.h"

#include <fstream>

#include "tests/pipeline/publish_fixture.h"

namespace freshet::testing {
namespace {

using pipeline::PublishReport;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Rebuild : public PublishTest {
 protected:
  Result<PublishReport> rebuild(const index::Encoder& encoder) {
    return pipeline::rebuild(*ledger_, encoder, {index_directory(), {}, clock_}, options_,
                             interruption_);
  }
};

TEST_F(Rebuild, BuildsTheSameContentUnderALaterGeneration) {
  store({upsert("a.md", page("Alpha", {"One"})), upsert("b.md", page("Beta", {"Two"}))});
  ASSERT_THAT(publish(), Succeeds());
  store({removal("b.md")});
  ASSERT_THAT(publish(), Succeeds());
  const auto before = content();

  ASSERT_SUCCEEDS(const PublishReport report, rebuild(encoder_));

  EXPECT_EQ(content(), before);
  EXPECT_GT(report.generation.number, 2U);
  EXPECT_EQ(report.passages_encoded, 0U);
  EXPECT_THAT(differences(), IsEmpty());
  EXPECT_FALSE(std::filesystem::exists(index_directory().string() + ".rebuild"));
}

TEST_F(Rebuild, TakesUpAnotherEncoder) {
  store({upsert("a.md", page("Alpha", {"One"}))});
  ASSERT_THAT(publish(), Succeeds());
  const CountingEncoder other("another encoder");

  ASSERT_SUCCEEDS(const PublishReport report, rebuild(other));

  EXPECT_EQ(report.generation.identity.encoder_id, "another encoder");
  EXPECT_GT(other.encoded(), 0U);
  index::IndexWriter writer(index_directory(), {}, clock_);
  EXPECT_THAT(pipeline::publish(*ledger_, writer, other, options_, interruption_), Succeeds());
}

TEST_F(Rebuild, RepairsADamagedIndexAndGoesOnCounting) {
  store({upsert("a.md", page("Alpha", {"One"}))});
  ASSERT_THAT(publish(), Succeeds());
  std::ofstream(index_directory() / "CURRENT", std::ios::binary) << "nonsense";

  ASSERT_SUCCEEDS(const PublishReport report, rebuild(encoder_));

  EXPECT_GT(report.generation.number, 1U);
  EXPECT_THAT(indexed(), ElementsAre("docs:a.md"));
}

TEST_F(Rebuild, WorksWhereThereIsNoIndexYetAndOverTheLeftoversOfAKilledOne) {
  store({upsert("a.md", page("Alpha", {"One"}))});
  directory_.write("index.rebuild/CURRENT", "half of something");

  ASSERT_THAT(rebuild(encoder_), Succeeds());

  EXPECT_THAT(indexed(), ElementsAre("docs:a.md"));
  EXPECT_THAT(differences(), IsEmpty());
}

TEST_F(Rebuild, LeavesTheLiveIndexAloneWhenTheEncoderFails) {
  store({upsert("a.md", page("Alpha", {"One"}))});
  ASSERT_THAT(publish(), Succeeds());
  CountingEncoder broken("another encoder");
  broken.allow(0);

  EXPECT_FALSE(rebuild(broken));

  EXPECT_THAT(indexed(), ElementsAre("docs:a.md"));
}

}  // namespace
}  // namespace freshet::testing
