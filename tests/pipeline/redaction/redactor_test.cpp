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

TEST(Redactor, LeavesADocumentAloneWhenEverythingIsKept) {
  EXPECT_FALSE(Redactor(all(RedactAction::Keep), "").works());
  EXPECT_TRUE(Redactor(all(RedactAction::Drop), "").works());
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

TEST(RedactPolicy, MasksUnlessTheSettingsSayOtherwise) {
  config::RedactSettings settings;
  settings.phone = "keep";
  settings.email = "drop";

  const auto policy = redact_policy(settings, RedactAction::Mask);

  EXPECT_EQ(policy.actions.at(static_cast<std::size_t>(Personal::Phone)), RedactAction::Keep);
  EXPECT_EQ(policy.actions.at(static_cast<std::size_t>(Personal::Email)), RedactAction::Drop);
  EXPECT_EQ(policy.actions.at(static_cast<std::size_t>(Personal::Card)), RedactAction::Mask);
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
