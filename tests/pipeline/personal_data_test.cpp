#include <filesystem>

#include "base/files.h"
#include "tests/pipeline/leaky_ticket.h"
#include "tests/pipeline/publish_fixture.h"

namespace freshet::testing {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// Keeps what it is given to encode.
class ListeningEncoder final : public index::Encoder {
 public:
  [[nodiscard]] const std::string& id() const override { return inner_.id(); }
  [[nodiscard]] std::string description() const override { return "listening"; }
  [[nodiscard]] std::size_t dimension() const override { return inner_.dimension(); }
  [[nodiscard]] const index::TokenCounter& tokens() const override { return inner_.tokens(); }
  Result<std::vector<index::Embedding>> encode(std::span<const std::string_view> texts,
                                               index::TextRole role,
                                               const Interruption& interruption) const override {
    heard_.insert(heard_.end(), texts.begin(), texts.end());
    return inner_.encode(texts, role, interruption);
  }
  [[nodiscard]] const std::vector<std::string>& heard() const { return heard_; }

 private:
  index::HashingEncoder inner_{"listening", 64, 256};
  mutable std::vector<std::string> heard_;
};

class PersonalDataTest : public PublishTest {
 protected:
  /// Every byte of the files below the index directory.
  std::string index_bytes() {
    std::string all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(index_directory())) {
      if (!entry.is_regular_file()) continue;
      const auto bytes = read_file(entry.path());
      EXPECT_THAT(bytes, Succeeds());
      if (bytes) all += *bytes;
    }
    return all;
  }

  std::string derived() {
    std::string all;
    const auto passages = ledger_->passages("docs:7");
    const auto links = ledger_->links("docs");
    const auto anchors = ledger_->anchors("docs");
    for (const auto& passage : *passages) all += passage.heading_path + "\n";
    for (const auto& link : *links) all += link.target + "|" + link.text + "|" + link.quote + "\n";
    for (const auto& anchor : *anchors) all += anchor.anchor + "\n";
    const auto record = ledger_->document("docs:7");
    return all + (*record)->shown.title + (*record)->shown.owner;
  }
};

TEST_F(PersonalDataTest, OfThreadsReachesNeitherEncoderNorIndexNorDerivedText) {
  store({upsert_of(leaky_ticket())});
  const ListeningEncoder encoder;
  index::IndexWriter writer(index_directory(), {}, clock_);

  const auto report = pipeline::publish(*ledger_, writer, encoder, options_, interruption_);

  ASSERT_THAT(report, Succeeds());
  EXPECT_THAT(report->failed, IsEmpty());
  EXPECT_THAT(encoder.heard(), Not(IsEmpty()));
  for (const std::string& canary : kCanaries) {
    EXPECT_THAT(encoder.heard(), Each(Not(HasSubstr(canary)))) << canary;
    EXPECT_EQ(derived().find(canary), std::string::npos) << canary;
    EXPECT_EQ(index_bytes().find(canary), std::string::npos) << canary;
  }
  EXPECT_THAT(content(), Each(HasSubstr("[email 1]")));
}

TEST_F(PersonalDataTest, OfOtherDocumentsStaysUnlessTheSourceSaysOtherwise) {
  store({upsert("a.md", "# Contact\n\nWrite to canary.person@leak.example at any time.\n")});
  ASSERT_THAT(publish(), Succeeds());
  EXPECT_THAT(content(), Each(HasSubstr("canary.person@leak.example")));

  options_.sources.resize(1);
  options_.sources[0].name = "docs";
  options_.sources[0].redact.email = "mask";
  EXPECT_THAT(publish(), FailsWith(ErrorKind::Invalid, HasSubstr("redact settings")))
      << "an index made under other words is stale";

  std::filesystem::remove_all(index_directory());
  ASSERT_THAT(publish(), Succeeds());
  EXPECT_THAT(content(), Each(HasSubstr("Write to [email 1] at any time.")));
}

TEST_F(PersonalDataTest, OfAFieldIsTreatedAsTheSourceSaysOfThatField) {
  options_.sources.resize(1);
  options_.sources[0].name = "docs";
  auto& redact = options_.sources[0].redact;
  redact.fields.title = "keep";
  redact.fields.attachments = "drop";
  redact.fields.metadata = {{"requester", "drop"}, {"labels", "mask"}};
  store({upsert_of(leaky_ticket())});

  ASSERT_THAT(publish(), Succeeds());

  const auto shown = snapshot();
  const auto found = shown->document("docs:7");
  ASSERT_THAT(found, Succeeds());
  const auto& fields = (*found)->fields;
  EXPECT_THAT(fields.title, HasSubstr("Ticket of canary.person@leak.example"));
  EXPECT_FALSE(fields.metadata.contains("requester"));
  EXPECT_EQ(fields.metadata.at("labels"), "[labels 1]");
  EXPECT_THAT(fields.metadata.at("breadcrumb"), HasSubstr("[email "));
  std::string text;
  for (const auto& passage : content()) text += passage.substr(passage.rfind('|')) + "\n";
  EXPECT_THAT(text, HasSubstr("Log of , , , , , "));
  EXPECT_THAT(text, HasSubstr("Attachment: \n"));
  EXPECT_THAT(text, HasSubstr("Customer: I am [email 1]"));
}

TEST_F(PersonalDataTest, OfAnOwnerThatIsDroppedGivesWayToTheSourcesOwner) {
  options_.sources.resize(1);
  options_.sources[0].name = "docs";
  options_.sources[0].owner = "docs team";
  options_.sources[0].redact.fields.owner = "drop";
  store({upsert("a.md", "---\nowner: Canary Person\n---\n\nText.\n"), upsert("b.md", "Text.\n")});
  ASSERT_THAT(publish(), Succeeds());
  EXPECT_EQ((*ledger_->document("docs:a.md"))->shown.owner, "docs team");

  options_.sources[0].owner = "new team";
  ASSERT_THAT(publish(), Succeeds());

  EXPECT_EQ((*ledger_->document("docs:a.md"))->shown.owner, "new team");
  EXPECT_EQ(index_bytes().find("Canary Person"), std::string::npos);
}

}  // namespace
}  // namespace freshet::testing
