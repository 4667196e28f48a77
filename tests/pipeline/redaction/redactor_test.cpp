#include "pipeline/redaction/redactor.h"

#include <gmock/gmock.h>

#include "pipeline/redaction/policy.h"

namespace freshet::pipeline {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

RedactPolicy all(RedactAction action) {
  RedactPolicy policy;
  policy.actions.fill(action);
  policy.salt = "salt";
  return policy;
}

TEST(Redactor, NumbersWhatItMasks) {
  Redactor redactor(all(RedactAction::Mask), "desk:7");

  EXPECT_EQ(redactor.redact("a@x.example, b@x.example and A@X.example"),
            "[email 1], [email 2] and [email 1]");
  EXPECT_EQ(redactor.redact("b@x.example, +49 30 1234567"), "[email 2], [phone 1]");
}

TEST(Redactor, HashesAlikeInOneThreadAndNotInAnother) {
  Redactor one(all(RedactAction::Hash), "desk:7");
  Redactor same(all(RedactAction::Hash), "desk:7");
  Redactor other(all(RedactAction::Hash), "desk:8");
  auto salted = all(RedactAction::Hash);
  salted.salt = "another";
  Redactor other_salt(salted, "desk:7");

  const auto hash = one.redact("a@x.example");

  EXPECT_THAT(hash, ::testing::MatchesRegex("\\[email [0-9a-f]+\\]"));
  EXPECT_EQ(same.redact("A@X.example"), hash);
  EXPECT_NE(other.redact("a@x.example"), hash);
  EXPECT_NE(other_salt.redact("a@x.example"), hash);
}

TEST(Redactor, KeepsAndDropsByKind) {
  auto policy = all(RedactAction::Keep);
  policy.actions.at(static_cast<std::size_t>(Personal::Email)) = RedactAction::Drop;
  Redactor redactor(policy, "desk:7");

  EXPECT_EQ(redactor.redact("<a@x.example> +49 30 1234567"), "<> +49 30 1234567");
}

/// The same address in every field, and a name that no rule finds in the owner and in metadata.
ExtractedDocument everywhere() {
  ExtractedDocument document;
  document.title = "Of a@x.example";
  document.owner = "Ada Byron";
  document.metadata = {
      {"requester", "Ada Byron"}, {"mail", "a@x.example"}, {"labels", "a@x.example, b"}};
  Block heading;
  heading.kind = BlockKind::Heading;
  heading.text = document.title;
  Block text;
  text.text = "Ask a@x.example";
  text.range = {0, 1, 1, 1};
  Block file;
  file.text = "Attachment: of a@x.example";
  file.attachment = true;
  file.range = {2, 3, 2, 2};
  document.blocks = {heading, text, file};
  document.links = {{"https://x.example/?of=a@x.example", "of a@x.example", "", 2, "link", true}};
  return document;
}

TEST(Redactor, LeavesADocumentAloneWhenEverythingIsKept) {
  ExtractedDocument document = everywhere();
  document.links[0].quote = "as it was";

  Redactor(all(RedactAction::Keep), "").redact(document);

  EXPECT_EQ(document.title, "Of a@x.example");
  EXPECT_EQ(document.links[0].quote, "as it was");
}

TEST(Redactor, DoesToAFieldWhatIsSaidOfItWhateverIsSaidOfTheKind) {
  auto policy = all(RedactAction::Keep);
  policy.title = RedactAction::Mask;
  policy.attachments = RedactAction::Drop;
  ExtractedDocument document = everywhere();

  Redactor(policy, "desk:7").redact(document);

  EXPECT_EQ(document.title, "Of [email 1]");
  EXPECT_EQ(document.blocks[0].text, "Of [email 1]") << "the title once more";
  EXPECT_EQ(document.blocks[1].text, "Ask a@x.example");
  EXPECT_EQ(document.blocks[2].text, "Attachment: of ");
  EXPECT_THAT(document.links[0].target, Not(HasSubstr("a@x.example")));
  EXPECT_EQ(document.links[0].text, "of ");
  EXPECT_EQ(document.metadata["mail"], "a@x.example");
}

TEST(Redactor, KeepsInAFieldWhatIsMaskedElsewhere) {
  auto policy = all(RedactAction::Mask);
  policy.body = RedactAction::Keep;
  policy.metadata["labels"] = RedactAction::Keep;
  ExtractedDocument document = everywhere();

  Redactor(policy, "desk:7").redact(document);

  EXPECT_EQ(document.blocks[1].text, "Ask a@x.example");
  EXPECT_EQ(document.title, "Of [email 1]");
  EXPECT_EQ(document.metadata["labels"], "a@x.example, b");
  EXPECT_EQ(document.metadata["mail"], "[email 1]");
  EXPECT_EQ(document.owner, "Ada Byron");
}

TEST(Redactor, HidesNamedMetadataAndTheOwnerAsAWhole) {
  auto policy = all(RedactAction::Keep);
  policy.owner = RedactAction::Drop;
  policy.metadata = {{"requester", RedactAction::Hash},
                     {"labels", RedactAction::Drop},
                     {"mail", RedactAction::Mask}};
  policy.title = RedactAction::Mask;
  ExtractedDocument document = everywhere();

  Redactor redactor(policy, "desk:7");
  redactor.redact(document);

  EXPECT_EQ(document.owner, "");
  EXPECT_THAT(document.metadata["requester"], ::testing::MatchesRegex("\\[requester [0-9a-f]+\\]"));
  EXPECT_FALSE(document.metadata.contains("labels"));
  EXPECT_EQ(document.metadata["mail"], document.title.substr(3)) << "one address, one stand-in";
}

TEST(Redactor, ReachesEveryTextOfADocument) {
  const std::string canary = "canary@leak.example";
  ExtractedDocument document;
  document.title = "From " + canary;
  document.metadata["requester"] = canary;
  Block heading;
  heading.kind = BlockKind::Heading;
  heading.text = "Mail of " + canary;
  heading.anchor = "mail-of-canaryleakexample";
  heading.range = {0, 10, 1, 1};
  Block text;
  text.text = "Ask " + canary + " for it";
  text.range = {11, 40, 2, 3};
  document.blocks = {heading, text};
  document.links = {{"mailto:" + canary, canary, "Ask canary&#64;leak.example", 3, "link"},
                    {"https://x.example/?u=canary%40leak.example", "it", "raw", 9, "link"}};

  Redactor(all(RedactAction::Mask), "desk:7").redact(document);

  EXPECT_EQ(document.title, "From [email 1]");
  EXPECT_EQ(document.metadata["requester"], "[email 1]");
  EXPECT_EQ(document.blocks[0].anchor, "");
  EXPECT_EQ(document.blocks[1].text, "Ask [email 1] for it");
  EXPECT_EQ(document.links[0].target, "mailto:[email 1]");
  EXPECT_EQ(document.links[0].text, "[email 1]");
  EXPECT_EQ(document.links[0].quote, "Ask [email 1] for it");
  EXPECT_EQ(document.links[1].quote, "it") << "no block stands in that line";
  EXPECT_THAT(document.links[1].target, Not(HasSubstr("leak")));
}

TEST(Redactor, HidesAuthorsAsAWholeOnlyWhereTheyAreNamed) {
  auto policy = all(RedactAction::Mask);
  const std::string author = "Ada Byron <a@x.example>";
  EXPECT_EQ(Redactor(policy, "desk:7").redact_author(author), "Ada Byron <[email 1]>");

  policy.authors = RedactAction::Mask;
  EXPECT_EQ(Redactor(policy, "desk:7").redact_author(author), "[author 1]");
}

TEST(RedactPolicy, MasksUnlessTheSettingsSayOtherwise) {
  config::RedactSettings settings;
  settings.phone = "keep";
  settings.email = "drop";

  const auto policy = redact_policy(settings, RedactAction::Mask);

  EXPECT_EQ(policy.actions.at(static_cast<std::size_t>(Personal::Phone)), RedactAction::Keep);
  EXPECT_EQ(policy.actions.at(static_cast<std::size_t>(Personal::Email)), RedactAction::Drop);
  EXPECT_EQ(policy.actions.at(static_cast<std::size_t>(Personal::Card)), RedactAction::Mask);
}

TEST(RedactPolicy, KeepsTheOwnerAndLeavesFieldsToTheKindsUnlessTheyAreNamed) {
  config::RedactSettings settings;
  const auto silent = redact_policy(settings, RedactAction::Mask);
  settings.fields.owner = "hash";
  settings.fields.metadata["requester"] = "drop";
  const auto policy = redact_policy(settings, RedactAction::Mask);

  EXPECT_EQ(silent.owner, RedactAction::Keep);
  EXPECT_EQ(silent.title, std::nullopt);
  EXPECT_EQ(policy.owner, RedactAction::Hash);
  EXPECT_EQ(policy.metadata.at("requester"), RedactAction::Drop);
}

TEST(RedactPolicy, HasAnotherFingerprintForAnotherFieldThatIsIndexed) {
  std::vector<config::SourceSettings> sources(1);
  sources[0].redact.fields.authors = "hash";
  EXPECT_EQ(redaction_fingerprint(sources), "");

  sources[0].redact.fields.title = "drop";
  const auto title = redaction_fingerprint(sources);
  sources[0].redact.fields = {};
  sources[0].redact.fields.metadata["title"] = "drop";
  EXPECT_NE(title, "");
  EXPECT_NE(redaction_fingerprint(sources), title);
}

TEST(RedactPolicy, HasAFingerprintOnlyWhereTheSettingsSaySomething) {
  std::vector<config::SourceSettings> sources(2);
  sources[0].name = "docs";
  sources[1].name = "desk";
  EXPECT_EQ(redaction_fingerprint(sources), "");

  sources[1].redact.email = "hash";
  const auto one = redaction_fingerprint(sources);
  EXPECT_NE(one, "");
  sources[1].redact.salt = config::Secret("x");
  EXPECT_NE(redaction_fingerprint(sources), one);
}

}  // namespace
}  // namespace freshet::pipeline
