#include "tests/jobs/command_line_fixture.h"

namespace freshet::jobs {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kEnglish =
    "The wombat lives in the cellar of the house and comes out at night to look for grass and "
    "roots.";

class SyncJob : public FolderProgram {
 protected:
  void SetUp() override {
    FolderProgram::SetUp();
    page("one.md", kEnglish);
    directory_.write("kb/owned.md", "---\nowner: ada\n---\n# Owned\n\n" + kEnglish + "\n");
    output({"sync"});
  }

  std::string found(const char* filter) { return output({"search", "wombat", "--filter", filter}); }
};

TEST_F(SyncJob, RefusesAnIndexOfAnotherLedgerEvenWithNothingToPublish) {
  std::filesystem::remove(data() / "ledger.sqlite");

  EXPECT_NE(freshet({"sync"}), ExitCode::Ok);

  EXPECT_THAT(out_.str() + err_.str(),
              AllOf(HasSubstr("another ledger"), HasSubstr("freshet rebuild")));
}

TEST_F(SyncJob, RefusesAnIndexOfOtherPassagesEvenWithNothingToPublish) {
  configure("passages: {max_tokens: 100}\n");

  EXPECT_NE(freshet({"sync"}), ExitCode::Ok);

  EXPECT_THAT(out_.str() + err_.str(),
              AllOf(HasSubstr("other passage or redact settings"), HasSubstr("freshet rebuild")));
}

TEST_F(SyncJob, PublishesAChangedOwnerForTheDocumentsThatNameNobody) {
  configure("    owner: docs-team\n");

  const std::string said = output({"--json", "sync"});

  EXPECT_THAT(said, AllOf(HasSubstr("\"documents\":1"), HasSubstr("\"passages_encoded\":0")));
  EXPECT_THAT(found("owner=docs-team"), HasSubstr("kb:one.md"));
  EXPECT_THAT(found("owner=docs-team"), Not(HasSubstr("kb:owned.md")));
  EXPECT_THAT(output({"--json", "sync"}), HasSubstr("up_to_date"));
  output({"verify"});
}

TEST_F(SyncJob, PublishesAChangedLanguage) {
  configure("    language: de\n");

  output({"sync"});

  EXPECT_THAT(found("language=de"), HasSubstr("kb:one.md"));
  configure("");
  output({"sync"});
  EXPECT_THAT(found("language=en"), HasSubstr("kb:one.md"));
}

TEST_F(SyncJob, NarrowsTheDocumentsThatItCannotReadAnyMore) {
  page("one.md", kEnglish + std::string(5000, 'x'));
  configure("    principals: [staff]\n    max_document_bytes: 1 KB\n");

  static_cast<void>(freshet({"sync"}));

  EXPECT_THAT(output({"search", "wombat"}), Not(HasSubstr("kb:one.md")));
  EXPECT_THAT(output({"export", "--text"}), HasSubstr("wombat"));
}

}  // namespace
}  // namespace freshet::jobs
