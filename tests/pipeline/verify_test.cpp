#include "pipeline/verify.h"

#include "tests/pipeline/publish_fixture.h"

namespace freshet::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Verify : public PublishTest {
 protected:
  void SetUp() override {
    PublishTest::SetUp();
    store({upsert("a.md", page("Alpha", {"One", "Two"})), upsert("b.md", page("Beta", {"Three"}))});
    ASSERT_THAT(publish(), Succeeds());
  }

  /// Publishes behind the ledger's back.
  void tamper(index::PublishRequest request) {
    index::IndexWriter writer(index_directory(), {}, clock_);
    ASSERT_SUCCEEDS(const auto live, writer.current());
    request.identity = live.identity;
    request.ledger_sequence = live.ledger_sequence;
    ASSERT_THAT(writer.publish(request), Succeeds());
  }

  index::IndexedDocument foreign(std::string id, std::string text) {
    index::IndexedDocument document;
    document.fields.id = std::move(id);
    document.fields.source = "docs";
    document.fields.allow = {"public"};
    index::Passage passage;
    passage.text = text;
    passage.encoded_text = text;
    passage.text_hash = std::move(text);
    document.passages = {passage};
    document.vectors = {std::vector<float>(encoder_.dimension(), 0.125F)};
    return document;
  }
};

TEST_F(Verify, FindsNothingWhereLedgerAndIndexAgree) {
  ASSERT_SUCCEEDS(const auto report, pipeline::verify(*ledger_, *snapshot()));

  EXPECT_THAT(report.differences, IsEmpty());
  EXPECT_EQ(report.documents, 2U);
  EXPECT_EQ(report.passages, snapshot()->summary().live_passages);
}

TEST_F(Verify, FindsADocumentThatTheIndexLacks) {
  tamper({.identity = {}, .upserts = {}, .removals = {"docs:a.md"}, .ledger_sequence = 0});

  EXPECT_THAT(differences(), Contains("docs:a.md is not in the index"));
}

TEST_F(Verify, FindsADocumentThatTheLedgerLacks) {
  tamper({.identity = {},
          .upserts = {foreign("docs:x.md", "stray")},
          .removals = {},
          .ledger_sequence = 0});

  EXPECT_THAT(differences(), Contains(HasSubstr("docs:x.md is in the index, but not live")));
}

TEST_F(Verify, FindsOtherContentAndOtherPassages) {
  tamper({.identity = {},
          .upserts = {foreign("docs:a.md", "forged")},
          .removals = {},
          .ledger_sequence = 0});

  EXPECT_THAT(differences(), Contains(HasSubstr("docs:a.md has other content")));
  EXPECT_THAT(differences(), Contains(HasSubstr("docs:a.md has 1 passages in the index")));
}

TEST_F(Verify, FindsAnIndexThatIsBehind) {
  store({upsert("c.md", page("Gamma", {}))});

  EXPECT_THAT(differences(), Contains("the index covers change 2, the ledger is at 3"));
}

TEST_F(Verify, FindsOtherPrincipals) {
  index::IndexedDocument copy = foreign("docs:b.md", "forged");
  copy.fields.allow = {"everyone"};
  tamper({.identity = {}, .upserts = {copy}, .removals = {}, .ledger_sequence = 0});

  EXPECT_THAT(differences(), Contains("docs:b.md has other principals in the index"));
}

}  // namespace
}  // namespace freshet::testing
