#include <filesystem>
#include <regex>
#include <set>

#include <gtest/gtest.h>

#include "jobs/exit_code.h"
#include "jobs/job.h"
#include "sources/http_api/authoring/connectors_markdown.h"
#include "tests/house/source_tree.h"

namespace freshet::testing {
namespace {

namespace fs = std::filesystem;

TEST(Documents, ReadmeNamesEveryFolderAndNoOther) {
  std::set<std::string> on_disk;
  for (const auto& entry : fs::directory_iterator(source_directory())) {
    const std::string name = entry.path().filename().string();
    if (entry.is_directory() && name[0] != '.' && name != "build" && name != "data")
      on_disk.insert(name);
  }
  std::set<std::string> in_readme;
  const std::string readme = read_text(source_directory() / "README.md");
  const std::regex row("\\| \\[?`([a-z]+)/`");
  for (std::sregex_iterator at(readme.begin(), readme.end(), row), end; at != end; ++at) {
    in_readme.insert((*at)[1]);
  }
  EXPECT_EQ(in_readme, on_disk);
}

TEST(Documents, EveryRoomHasAReadme) {
  for (const std::string& room : rooms()) {
    EXPECT_TRUE(fs::exists(source_directory() / room / "README.md")) << room;
  }
}

TEST(Documents, ArchitectureIsShortEnoughToRead) {
  const std::string text = read_text(source_directory() / "ARCHITECTURE.md");
  ASSERT_FALSE(text.empty());
  const std::regex word("\\S+");
  const auto words = std::distance(std::sregex_iterator(text.begin(), text.end(), word), {});
  EXPECT_LT(words, 1500);
}

TEST(Documents, ExitCodeTableEqualsTheCode) {
  const std::string text = read_text(source_directory() / "docs/cli.md");
  EXPECT_NE(text.find(jobs::exit_codes_markdown()), std::string::npos)
      << "docs/cli.md must contain:\n"
      << jobs::exit_codes_markdown();
}

TEST(Documents, CommandTableEqualsTheCode) {
  const std::string text = read_text(source_directory() / "docs/cli.md");
  for (const jobs::Job& job : jobs::jobs()) {
    const std::string row =
        "| `" + std::string(job.name) + "` | " + std::string(job.summary) + " |";
    EXPECT_NE(text.find(row), std::string::npos) << "docs/cli.md lacks: " << row;
  }
}

TEST(Documents, OptionTablesEqualTheCode) {
  const std::string text = read_text(source_directory() / "docs/cli.md");
  const std::string tables =
      "<!-- options:begin -->\n\n" + jobs::options_markdown() + "\n<!-- options:end -->";
  EXPECT_NE(text.find(tables), std::string::npos) << "docs/cli.md must contain:\n" << tables;
}

TEST(Documents, ConnectorTablesEqualTheShippedManifests) {
  const std::string text = read_text(source_directory() / "docs/connectors.md");
  const std::string connectors = "<!-- connectors:begin -->\n\n" +
                                 sources::http_api::connectors_markdown() +
                                 "\n<!-- connectors:end -->";
  const std::string filters = "<!-- filters:begin -->\n\n" + sources::http_api::filters_markdown() +
                              "\n<!-- filters:end -->";

  EXPECT_NE(text.find(connectors), std::string::npos)
      << "docs/connectors.md must contain what `freshet connector docs` prints:\n"
      << connectors;
  EXPECT_NE(text.find(filters), std::string::npos) << filters;
}

}  // namespace
}  // namespace freshet::testing
