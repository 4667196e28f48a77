#include <nlohmann/json.hpp>

#include "base/json.h"
#include "tests/jobs/command_line_fixture.h"

namespace freshet::jobs {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class StatusJob : public FolderProgram {
 protected:
  Json source_status() {
    auto status = parse_json(output({"--json", "status"}));
    EXPECT_THAT(status, testing::Succeeds());
    return status ? (*status)["sources"][0] : Json();
  }
};

TEST_F(StatusJob, CountsDocumentsWhoseTextCouldNotBeExtracted) {
  page("a.md", "Text.");
  directory_.write("kb/picture.md", std::string("\x89PNG\r\n\x1a\n\0\0\0\0\0\0", 14));
  EXPECT_EQ(freshet({"sync"}), ExitCode::CompletedWithErrors);

  EXPECT_EQ(source_status()["documents"], 2);
  EXPECT_EQ(source_status()["without_text"], 1);
  EXPECT_THAT(output({"status"}), HasSubstr("source kb: 2 documents, 1 without text"));
}

TEST_F(StatusJob, CountsUnreadableDocumentsUntilTheyCanBeReadAgain) {
  configure("    max_document_bytes: 2000\n");
  page("a.md", "Text.");
  output({"sync"});
  page("a.md", std::string(3000, 'x'));
  EXPECT_EQ(freshet({"sync"}), ExitCode::CompletedWithErrors);

  EXPECT_EQ(source_status()["unreadable"], 1);
  EXPECT_THAT(output({"status"}), HasSubstr("1 unreadable"));

  page("a.md", "Text.");
  output({"sync"});
  EXPECT_EQ(source_status()["unreadable"], 0);
  EXPECT_THAT(output({"status"}), Not(HasSubstr("unreadable")));
}

}  // namespace
}  // namespace freshet::jobs
