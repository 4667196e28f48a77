#include <nlohmann/json.hpp>

#include "base/json.h"
#include "tests/jobs/command_line_fixture.h"

namespace freshet::jobs {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class GetJob : public FolderProgram {
 protected:
  Json json(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "--json");
    auto parsed = parse_json(output(std::move(arguments)));
    EXPECT_THAT(parsed, testing::Succeeds());
    return parsed ? *std::move(parsed) : Json();
  }
};

TEST_F(GetJob, ShowsTheExtractedTitleAndMetadataAndWhoMaySee) {
  configure("    principals: [group:support]\n");
  directory_.write("kb/a.md", "---\ntitle: Refunds\nproduct: billing\n---\n\nMoney back.\n");
  output({"sync"});

  const Json document = json({"get", "kb:a.md"});
  EXPECT_EQ(document["title"], "Refunds");
  EXPECT_EQ(document["metadata"]["product"], "billing");
  EXPECT_EQ(document["principals"]["allow"], Json::array({"group:support"}));
  EXPECT_EQ(document["takedown"], nullptr);
  EXPECT_THAT(output({"get", "kb:a.md"}),
              AllOf(HasSubstr("title: Refunds\n"), HasSubstr("metadata product: billing\n"),
                    HasSubstr("shown to: group:support\n")));
}

TEST_F(GetJob, ShowsPassagesAsExportDoes) {
  page("a.md", "Text.");
  output({"sync"});

  ASSERT_SUCCEEDS(const Json exported, parse_json(output({"export", "--passages"})));
  EXPECT_EQ(json({"get", "kb:a.md"})["passages"], exported["passages"]);
  EXPECT_EQ(exported["passages"].size(), 1U);
}

TEST_F(GetJob, ShowsWhatADocumentCitesAndWhatCitesItWhenAskedForRelations) {
  configure("    url: https://kb.example/{path_without_extension}\n");
  page("a.md", "See [b](https://kb.example/b#top).");
  page("b.md", "Text.");
  output({"sync"});

  const Json a = json({"get", "kb:a.md", "--relations"});
  EXPECT_EQ(a["relations"]["outgoing"], Json::array({{{"type", "cites"},
                                                      {"kind", ""},
                                                      {"id", "https://kb.example/b"},
                                                      {"document", "kb:b.md"}}}));
  EXPECT_EQ(json({"get", "kb:b.md", "--relations"})["relations"]["incoming"],
            Json::array({{{"type", "cites"}, {"document", "kb:a.md"}}}));
  EXPECT_THAT(output({"get", "kb:a.md", "--relations"}),
              HasSubstr("relation cites: https://kb.example/b (kb:b.md)\n"));
  EXPECT_THAT(output({"get", "kb:b.md", "--relations"}), HasSubstr("named as cites by: kb:a.md\n"));
  EXPECT_FALSE(json({"get", "kb:a.md"}).contains("relations"));
}

TEST_F(GetJob, ShowsRedactedTextAndTheSourcesOwnOnlyWhenAskedForIt) {
  configure("    redact: {email: mask, fields: {owner: mask, metadata: {contact: drop}}}\n");
  directory_.write("kb/a.md",
                   "---\nowner: Ada Byron\ncontact: Ada Byron\n---\n\n# For canary@leak.example\n\n"
                   "Ask canary@leak.example.\n\n- one\n- two\n");
  output({"sync"});

  const std::string text = output({"get", "kb:a.md"});
  EXPECT_THAT(text, AllOf(HasSubstr("title: For [email 1]\n"), HasSubstr("owner: [owner 1]\n"),
                          HasSubstr("\n\n# For [email 1]\n\nAsk [email 1].\n\n- one\n- two\n")));
  for (const std::string& shown : {text, output({"--json", "get", "kb:a.md"})}) {
    EXPECT_THAT(shown, AllOf(Not(HasSubstr("canary")), Not(HasSubstr("Byron"))));
  }
  EXPECT_THAT(output({"get", "kb:a.md", "--raw"}),
              AllOf(HasSubstr("owner: Ada Byron\n"), HasSubstr("metadata contact: Ada Byron\n"),
                    HasSubstr("\n\nAsk canary@leak.example.\n")));
  EXPECT_THAT(json({"get", "kb:a.md", "--raw"})["body"], HasSubstr("canary@leak.example"));
}

TEST_F(GetJob, ShowsNoPersonalDataOfWhatIsNotPublishedYet) {
  page("a.md", "Text.");
  output({"sync"});
  page("a.md", "Ask canary@leak.example.");
  configure("    redact: {email: drop}\n");
  EXPECT_NE(freshet({"sync"}), ExitCode::Ok) << "the index was made under other words";

  EXPECT_THAT(output({"get", "kb:a.md"}), AllOf(HasSubstr("Ask ."), Not(HasSubstr("canary"))));
}

TEST_F(GetJob, SaysWhyADocumentWasTakenDown) {
  page("a.md", "Text.");
  output({"sync"});
  output({"forget", "kb:a.md", "--reason", "a customer's address"});

  const Json document = json({"get", "kb:a.md"});
  EXPECT_EQ(document["state"], "taken_down");
  EXPECT_EQ(document["takedown"]["reason"], "a customer's address");
  EXPECT_THAT(output({"get", "kb:a.md"}), HasSubstr(", a customer's address\n"));
}

}  // namespace
}  // namespace freshet::jobs
