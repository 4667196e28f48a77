#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sources/git/git_source.h"
#include "tests/sources/support/syncing.h"

namespace freshet::sources::testing {
namespace {

/// The recorded history of the Prometheus documentation as a git repository.
class RecordedHistory : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::filesystem::path shared = std::filesystem::path(FRESHET_SOURCE_DIR) / "../shared";
    const auto history = shared / "data/docs-history/prometheus-docs";
    ASSERT_TRUE(std::filesystem::exists(history))
        << "This test replays " << history << ", which is not there.";
    std::filesystem::remove_all(repository_.work());
    const auto command = "python3 '" + (shared / "tools/history_to_git.py").string() + "' '" +
                         history.string() + "' '" + repository_.work().string() + "' > /dev/null";
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
    std::istringstream list(repository_.git("rev-list --reverse main"));
    for (std::string commit; std::getline(list, commit);) commits_.push_back(commit);
    repository_.git_settings().revision = "step";
  }

  /// The paths that git lists and that are documents by default settings (all are Markdown here).
  std::vector<std::string> listed() {
    std::istringstream list(repository_.git("ls-tree -r --name-only step"));
    std::vector<std::string> paths;
    for (std::string path; std::getline(list, path);) paths.push_back(path);
    return paths;
  }

  GitUnderTest repository_;
  std::vector<std::string> commits_;
};

TEST_F(RecordedHistory, GivesTheSameInTwentyStepsAsAtOnce) {
  constexpr std::size_t kSteps = 20;
  MemoryLedger stepwise;
  for (std::size_t step = 1; step <= kSteps; ++step) {
    repository_.git("branch -f step " + commits_[(commits_.size() - 1) * step / kSteps]);
    ASSERT_SUCCEEDS(const auto batches,
                    sync(*repository_.connect(), stepwise, {.max_documents = 7}));
    MemoryLedger at_once;
    ASSERT_SUCCEEDS(const auto full, sync(*repository_.connect(), at_once));

    ASSERT_EQ(stepwise.bodies(), at_once.bodies()) << "step " << step;
    EXPECT_EQ(at_once.documents.size(), listed().size());
    for (const auto& [id, document] : at_once.documents) {
      const auto& other = stepwise.documents.at(id);
      EXPECT_EQ(other.version, document.version) << id;
      EXPECT_EQ(other.provenance.revision, document.provenance.revision)
          << id << " at step " << step;
      EXPECT_FALSE(document.provenance.revision.empty()) << id;
    }
    std::vector<std::string> departed;
    for (const auto& [path, departure] : at_once.departures) departed.push_back(path);
    for (const auto& path : departed) EXPECT_TRUE(stepwise.departures.contains(path)) << path;
    EXPECT_EQ(stepwise.departures.size(), departed.size()) << "step " << step;
  }
}

}  // namespace
}  // namespace freshet::sources::testing
