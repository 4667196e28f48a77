#include "pipeline/publish.h"
#include "tests/pipeline/publish_fixture.h"

namespace freshet::testing {
namespace {

using pipeline::PublishReport;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(Publish, BecomesVisibleInStepsAndReportsThem) {
  options_.documents_per_generation = 2;
  std::vector<sources::Change> changes;
  for (int number = 0; number < 5; ++number) {
    const std::string name = std::to_string(number);
    changes.push_back(upsert(name + ".md", page("Page " + name, {"Section " + name})));
  }
  store(std::move(changes));
  std::vector<std::uint64_t> generations;
  std::uint64_t last_remaining = 99;
  options_.progress = [&](const PublishReport& report, std::uint64_t remaining) {
    if (generations.empty() || generations.back() != report.generation.number) {
      generations.push_back(report.generation.number);
    }
    last_remaining = remaining;
  };

  ASSERT_SUCCEEDS(const PublishReport report, publish());

  EXPECT_EQ(report.documents, 5U);
  EXPECT_EQ(report.generation.number, 3U);
  EXPECT_THAT(generations, ElementsAre(0U, 1U, 2U, 3U));
  EXPECT_EQ(last_remaining, 0U);
  EXPECT_THAT(differences(), IsEmpty());
}

/// Published one document at a time: what each generation serves.
class PublishSteps : public PublishTest {
 protected:
  std::vector<std::vector<std::string>> generations() {
    std::vector<std::vector<std::string>> shown;
    std::uint64_t last = snapshot()->summary().number;
    options_.documents_per_generation = 1;
    options_.progress = [&](const PublishReport& report, std::uint64_t) {
      if (std::exchange(last, report.generation.number) != report.generation.number)
        shown.push_back(indexed());
    };
    EXPECT_THAT(publish(), Succeeds());
    EXPECT_THAT(differences(), IsEmpty());
    return shown;
  }
};

TEST_F(PublishSteps, ShowAMovedDocumentUnderExactlyOneId) {
  const std::string text = page("Alpha", {"One"});
  store({upsert("a.md", text), upsert("b.md", page("Beta", {"Two"}))});
  ASSERT_THAT(publish(), Succeeds());
  store({moved("a.md", "c.md", text), upsert("b.md", page("Beta", {"Three"}))});

  const auto shown = generations();

  ASSERT_GT(shown.size(), 1U);
  EXPECT_THAT(shown, Each(ElementsAre("docs:b.md", "docs:c.md")));
}

TEST_F(PublishSteps, ShowAMovedDocumentThatWasEditedSinceUnderExactlyOneId) {
  const std::string text = page("Alpha", {"One"});
  store({upsert("a.md", text), upsert("b.md", page("Beta", {"Two"}))});
  ASSERT_THAT(publish(), Succeeds());
  store({moved("a.md", "c.md", text), upsert("b.md", page("Beta", {"Three"}))});
  store({upsert("c.md", page("Alpha", {"One", "More"}))});

  const auto shown = generations();

  ASSERT_GT(shown.size(), 1U);
  for (const auto& ids : shown) EXPECT_EQ(ids.size(), 2U) << ::testing::PrintToString(ids);
  EXPECT_THAT(shown.back(), ElementsAre("docs:b.md", "docs:c.md"));
}

TEST_F(PublishSteps, ShowBothOfTwoDocumentsThatSwapTheirIds) {
  const std::string alpha = page("Alpha", {"One"});
  const std::string beta = page("Beta", {"Two"});
  store({upsert("a.md", alpha), upsert("b.md", beta)});
  ASSERT_THAT(publish(), Succeeds());
  const auto before = content();
  store({moved("a.md", "b.md", alpha), moved("b.md", "a.md", beta)});
  std::vector<std::size_t> lines;
  options_.documents_per_generation = 1;
  options_.progress = [&](const PublishReport&, std::uint64_t) {
    lines.push_back(content().size());
  };

  ASSERT_THAT(publish(), Succeeds());

  EXPECT_THAT(lines, Each(before.size()));
  EXPECT_NE(content(), before);
}

TEST_F(Publish, GivesTheSameContentInStepsAsInOneGoWithoutTheIndexOrTheCache) {
  store({upsert("a.md", page("Alpha", {"One", "Two"})), upsert("b.md", page("Beta", {"Three"}))});
  ASSERT_THAT(publish(), Succeeds());
  store({upsert("a.md", page("Alpha", {"One", "Four"})), removal("b.md"),
         upsert("c.md", page("Gamma", {}))});
  ASSERT_THAT(publish(), Succeeds());
  const auto in_steps = content();

  std::filesystem::remove_all(index_directory());
  ASSERT_THAT(publish(), Succeeds());

  EXPECT_EQ(content(), in_steps);
  EXPECT_THAT(differences(), IsEmpty());
}

}  // namespace
}  // namespace freshet::testing
