#include <variant>

#include <gmock/gmock.h>

#include "tests/config/reading.h"

namespace freshet::config {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using testing::git_source;
using ::testing::HasSubstr;
using ::testing::Pair;
using testing::problems_of;
using testing::read_text;

std::string sources(std::string_view list) {
  return "version: 1\ndata_dir: d\nsources:\n" + std::string(list);
}

TEST(Sources, ReadEveryCommonOption) {
  const auto reading = read_text(sources(R"(
  - name: kb
    type: folder
    path: /srv/kb
    follow_symlinks: true
    include: "**/*.md"
    exclude: [drafts/**, "*.tmp"]
    url: https://${HOST_NAME}/{path_without_extension}
    owner: Support
    language: de
    principals: [staff, partners]
    max_document_bytes: 5 MB
    delete_guard: {max_fraction: 10%, max_count: 3}
)"));
  ASSERT_EQ(problems_of(reading), "");

  const auto& source = reading.settings.sources.at(0);
  EXPECT_THAT(source.include, ElementsAre("**/*.md"));
  EXPECT_THAT(source.exclude, ElementsAre("drafts/**", "*.tmp"));
  EXPECT_EQ(source.url, "https://docs.example/{path_without_extension}");
  EXPECT_EQ(source.owner, "Support");
  EXPECT_EQ(source.language, "de");
  EXPECT_THAT(source.principals, ElementsAre("staff", "partners"));
  EXPECT_EQ(source.max_document_bytes, 5'000'000U);
  EXPECT_DOUBLE_EQ(source.max_delete_fraction, 0.1);
  EXPECT_EQ(source.max_delete_count, 3U);
  EXPECT_TRUE(std::get<FolderSettings>(source.kind).follow_symlinks);
}

TEST(Sources, NameTheFieldOfAScheduleThatIsNone) {
  const auto problems = problems_of(read_text(sources(R"(
  - name: kb
    type: folder
    path: /srv/kb
    schedule: "0 25 * * *"
    jitter: 90s
    max_duration: 20m
)")));

  EXPECT_THAT(problems, AllOf(HasSubstr("8:15"), HasSubstr("sources.kb.schedule"),
                              HasSubstr("the hour \"25\" must be 0 to 23")));
}

TEST(Sources, KeepRemoteRepositoriesAsWritten) {
  for (const char* address : {"https://git.example/docs.git", "git@git.example:team/docs.git",
                              "ssh://git@git.example/docs.git", "file:///srv/docs.git"}) {
    const auto reading = read_text(git_source("    repository: " + std::string(address) + "\n"));
    ASSERT_EQ(problems_of(reading), "");
    EXPECT_EQ(std::get<GitSettings>(reading.settings.sources.at(0).kind).repository, address);
  }
}

TEST(Sources, KeepABranchThatLooksLikeANumberAsWritten) {
  const auto reading = read_text(git_source("    repository: x\n    branch: 1.10\n"));

  EXPECT_EQ(std::get<GitSettings>(reading.settings.sources.at(0).kind).revision, "1.10");
}

TEST(Sources, OfAnUnknownTypeNameTheKnownOnes) {
  EXPECT_THAT(
      problems_of(read_text(sources("  - {name: a, type: svn}\n"))),
      HasSubstr("sources.a.type: \"svn\" is no type of source; write git, folder or http_api"));
  EXPECT_THAT(problems_of(read_text(sources("  - {name: a}\n"))),
              HasSubstr("sources.a.type: is missing"));
}

TEST(Sources, SayToWhichTypeAStrangeOptionBelongs) {
  EXPECT_THAT(
      problems_of(read_text(sources("  - {name: a, type: folder, path: x, branch: main}\n"))),
      HasSubstr("sources.a.branch: belongs to type git, but this source is of type folder"));
  EXPECT_THAT(problems_of(read_text(git_source("    repository: x\n    ownr: me\n"))),
              HasSubstr("sources.docs.ownr: is no option; did you mean owner?"));
}

TEST(Sources, MayNotShareAName) {
  EXPECT_THAT(problems_of(read_text(sources("  - {name: a, type: folder, path: x}\n"
                                            "  - {name: a, type: folder, path: y}\n"))),
              HasSubstr("f:5:12: error: sources.a.name: is the name of the source in line 4 too"));
}

TEST(Sources, NeedANameThatIsSafeInPaths) {
  for (const char* name : {"../up", "'..'", "a/b", "Docs", "k\xc3\xb6ln", "'a b'", "''"}) {
    const auto reading =
        read_text(sources("  - {name: " + std::string(name) + ", type: folder, path: x}\n"));
    EXPECT_THAT(problems_of(reading), HasSubstr("error: sources[0].name:")) << name;
  }
  EXPECT_THAT(problems_of(read_text(sources("  - {type: folder, path: x}\n"))),
              HasSubstr("sources[0].name: is missing"));
}

TEST(Sources, NeedWhatTheirTypeRequires) {
  EXPECT_THAT(problems_of(read_text(git_source(""))),
              HasSubstr("sources.docs.repository: is missing"));
  EXPECT_THAT(problems_of(read_text(sources("  - {name: a, type: folder, path: ''}\n"))),
              HasSubstr("sources.a.path: is empty"));
}

TEST(Sources, RefuseTwoWaysToLogIn) {
  EXPECT_THAT(problems_of(read_text(git_source("    repository: x\n    ssh_key: k\n"
                                               "    password: {file: /absent}\n"))),
              HasSubstr("ssh_key: and password exclude each other"));
  EXPECT_THAT(problems_of(read_text(git_source("    repository: x\n"
                                               "    ssh_passphrase: {file: /absent}\n"))),
              HasSubstr("there is no ssh_key"));
}

TEST(Sources, RefuseAPasswordInTheAddress) {
  EXPECT_THAT(problems_of(read_text(git_source("    repository: https://u:p@h/x.git\n"))),
              HasSubstr("carries a password"));
  EXPECT_EQ(problems_of(read_text(git_source("    repository: ssh://git@h:22/x.git\n"))), "");
}

TEST(Sources, CheckGlobsAndAddressTemplates) {
  const auto text = problems_of(
      read_text(git_source("    repository: x\n    include: [../other/**, /etc/*]\n"
                           "    url: ftp://x/{pth}\n    language: english\n    principals: []\n")));

  EXPECT_THAT(text, HasSubstr("include: \"../other/**\" must be relative"));
  EXPECT_THAT(text, HasSubstr("include: \"/etc/*\" must be relative"));
  EXPECT_THAT(text, AllOf(HasSubstr("url: must start with https://"),
                          HasSubstr("url: \"{pth}\" is no placeholder")));
  EXPECT_THAT(text, AllOf(HasSubstr("language: "), HasSubstr("principals: is empty")));
}

TEST(Sources, MustBeAListOfMaps) {
  for (const char* list : {"sources: {}", "sources: []", "sources: docs", "sources:"}) {
    EXPECT_THAT(problems_of(read_text("version: 1\ndata_dir: d\n" + std::string(list) + "\n")),
                HasSubstr("sources: must be a list"))
        << list;
  }
  EXPECT_THAT(
      problems_of(read_text(sources("  - docs\n  - [1]\n"))),
      AllOf(HasSubstr("sources[0]: must be a map"), HasSubstr("sources[1]: must be a map")));
}

TEST(Sources, CheckTheDeleteGuard) {
  const auto text = problems_of(
      read_text(git_source("    repository: x\n    delete_guard: {max_fraction: 130%, max: 1}\n")));

  EXPECT_THAT(
      text,
      HasSubstr("delete_guard.max_fraction: \"130%\" is out of range; it may go from 0% to 100%"));
  EXPECT_THAT(text, HasSubstr("sources.docs.delete_guard.max: is no option"));
}

TEST(Sources, SayWhatHappensToPersonalDataAndResolutions) {
  const auto reading =
      read_text(git_source("    repository: x\n    redact: {email: drop, phone: keep}\n"
                           "    resolutions: {publish_to: [public], settle: 24h}\n"));

  ASSERT_EQ(problems_of(reading), "");
  const auto& source = reading.settings.sources.at(0);
  EXPECT_EQ(source.redact.email, "drop");
  EXPECT_EQ(source.redact.phone, "keep");
  EXPECT_EQ(source.redact.card, "");
  EXPECT_THAT(source.resolutions.publish_to, ElementsAre("public"));
  EXPECT_EQ(source.resolutions.settle, std::chrono::hours{24});
}

TEST(Sources, SayWhatHappensToPersonalDataByField) {
  const auto reading = read_text(
      git_source("    repository: x\n    redact: {email: drop, fields: {title: mask, owner: keep, "
                 "metadata: {requester: drop}}}\n"));

  ASSERT_EQ(problems_of(reading), "");
  const auto& fields = reading.settings.sources.at(0).redact.fields;
  EXPECT_EQ(fields.title, "mask");
  EXPECT_EQ(fields.owner, "keep");
  EXPECT_EQ(fields.body, "");
  EXPECT_THAT(fields.metadata, ElementsAre(Pair("requester", "drop")));
}

TEST(Sources, NameTheFieldOrWordThatWasMeant) {
  const auto text = problems_of(read_text(
      git_source("    repository: x\n    redact:\n      field: {title: mask}\n"
                 "      fields: {author: mask, bodi: drop, metadata.requester: drop, title: blur, "
                 "metadata: {requester: maks}}\n")));

  EXPECT_THAT(
      text, AllOf(HasSubstr("docs.redact.field: is no option; did you mean fields?"),
                  HasSubstr("docs.redact.fields.author: is no option; did you mean authors?"),
                  HasSubstr("docs.redact.fields.bodi: is no option; did you mean body?"),
                  HasSubstr("is no option; write metadata: {requester: ...}"),
                  HasSubstr("docs.redact.fields.title: \"blur\" is none of its words; write keep, "
                            "mask, hash or drop"),
                  HasSubstr("docs.redact.fields.metadata.requester: \"maks\" is none of its "
                            "words; did you mean mask?")));
}

TEST(Sources, SayHowMuchOfAttachmentsIsRead) {
  const auto reading =
      read_text(sources("  - {name: a, type: http_api, manifest: zendesk, attachments: {download: "
                        "true, max_bytes: 2 MiB}}\n"
                        "  - {name: b, type: http_api, manifest: zendesk}\n"));

  ASSERT_EQ(problems_of(reading), "");
  const auto& chosen = std::get<HttpApiSettings>(reading.settings.sources.at(0).kind).attachments;
  EXPECT_TRUE(chosen.download);
  EXPECT_EQ(chosen.max_bytes, std::size_t{2} << 20);
  EXPECT_EQ(chosen.max_total_bytes, std::size_t{5} << 20);
  EXPECT_FALSE(std::get<HttpApiSettings>(reading.settings.sources.at(1).kind).attachments.download);
}

TEST(Sources, CheckTheirAttachments) {
  const auto text = problems_of(read_text(sources(
      "  - {name: a, type: http_api, manifest: z, attachments: {max_bytes: 1 GB, max_byte: 1}}\n"
      "  - {name: b, type: http_api, manifest: z, attachments: true}\n"
      "  - {name: c, type: folder, path: x, attachments: {download: true}}\n")));

  EXPECT_THAT(text,
              AllOf(HasSubstr("a.attachments.max_bytes: \"1 GB\" is out of range"),
                    HasSubstr("a.attachments.max_byte: is no option; did you mean max_bytes?"),
                    HasSubstr("b.attachments: must be a map"),
                    HasSubstr("c.attachments: belongs to type http_api")));
}

TEST(Sources, NeedASaltForHashes) {
  const auto text = problems_of(
      read_text(git_source("    repository: x\n    redact: {email: hash, phone: blur}\n")));

  EXPECT_THAT(text, HasSubstr("redact.salt: is missing; hash needs it"));
  EXPECT_THAT(text, HasSubstr("redact.phone: \"blur\" is none of its words"));
  EXPECT_THAT(problems_of(read_text(git_source(
                  "    repository: x\n    redact: {fields: {metadata: {requester: hash}}}\n"))),
              HasSubstr("redact.salt: is missing; hash needs it"));
}

}  // namespace
}  // namespace freshet::config
