#include <fstream>

#include <fmt/format.h>

#include "tests/jobs/command_line_fixture.h"

namespace freshet::jobs {
namespace {

using ::testing::HasSubstr;

class SyncSideBySide : public FolderProgram {
 protected:
  static constexpr int kSources = 12;

  void SetUp() override {
    std::string others;
    for (int i = 0; i < kSources; ++i) {
      others += fmt::format("  - {{name: s{0}, type: folder, path: ./s{0}}}\n", i);
      for (int document = 0; document < 30; ++document) write(i, document, "first");
    }
    configure(others + "sync: {parallel: 6}\n");
    page("one.md", "The wombat eats grass.");
  }

  void write(int source, int document, const std::string& word) const {
    directory_.write(
        fmt::format("s{}/{}.md", source, document),
        fmt::format("# Page {0}\n\nThis is the {1} text of page {0}.\n", document, word));
  }
};

TEST_F(SyncSideBySide, StoresAndPublishesEverySource) {
  output({"sync"});
  for (int i = 0; i < kSources; ++i) write(i, 7, "second");

  EXPECT_THAT(output({"--json", "sync"}), HasSubstr(fmt::format("\"documents\":{}", kSources)));
  EXPECT_THAT(output({"--json", "status"}),
              HasSubstr(fmt::format("\"documents\": {}", kSources * 30 + 1)));
  output({"verify"});
}

TEST_F(SyncSideBySide, LeavesTheLedgerAtRestAsOneFile) {
  output({"sync"});
  write(3, 1, "second");
  output({"sync"});

  EXPECT_FALSE(std::filesystem::exists(data() / "ledger.sqlite-wal"));
  std::ifstream ledger(data() / "ledger.sqlite", std::ios::binary);
  std::string bytes(20, '\0');
  ledger.read(bytes.data(), 20);
  EXPECT_EQ(bytes[18], 1) << "write version: 1 is a rollback journal, 2 a write-ahead log";
}

TEST_F(SyncSideBySide, LeavesTheLedgerAtRestWhereSourcesFail) {
  output({"sync"});
  std::filesystem::remove_all(directory_ / "s4");

  EXPECT_EQ(freshet({"sync"}), ExitCode::CompletedWithErrors);

  EXPECT_FALSE(std::filesystem::exists(data() / "ledger.sqlite-wal"));
}

}  // namespace
}  // namespace freshet::jobs
