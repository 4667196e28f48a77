#include <nlohmann/json.hpp>

#include "base/json.h"
#include "tests/jobs/command_line_fixture.h"

namespace freshet::jobs {
namespace {

class JsonResults : public FolderProgram {
 protected:
  Json json(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "--json");
    auto parsed = parse_json(output(std::move(arguments)));
    EXPECT_THAT(parsed, testing::Succeeds());
    return parsed ? *std::move(parsed) : Json();
  }
};

TEST_F(JsonResults, MergeTellsSegmentsAndTheGeneration) {
  page("a.md", "One.");
  output({"sync"});
  page("b.md", "Two.");
  output({"sync"});

  EXPECT_EQ(json({"merge"}), (Json{{"schema", 1},
                                   {"generation", 3},
                                   {"segments_before", 2},
                                   {"segments_after", 1},
                                   {"dead_passages_dropped", 0}}));
}

TEST_F(JsonResults, RollbackListsGenerationsAndTellsWhichOneItMade) {
  page("a.md", "One.");
  output({"sync"});
  page("a.md", "Two.");
  output({"sync"});

  const Json list = json({"rollback"});
  const Json done = json({"rollback", "1"});

  ASSERT_EQ(list["generations"].size(), 2U) << list;
  EXPECT_EQ(list["schema"], 1);
  EXPECT_EQ(list["generations"][0]["generation"], 1);
  EXPECT_EQ(list["generations"][0]["documents"], 1);
  EXPECT_EQ(done, (Json{{"schema", 1}, {"generation", 3}, {"content_of", 1}}));
}

TEST_F(JsonResults, ForgetNamesWhatItTookDown) {
  page("a.md", "One.");
  output({"sync"});

  EXPECT_EQ(json({"forget", "kb:a.md", "--reason", "private"}),
            (Json{{"schema", 1}, {"taken_down", {"kb:a.md"}}, {"reason", "private"}}));
}

}  // namespace
}  // namespace freshet::jobs
