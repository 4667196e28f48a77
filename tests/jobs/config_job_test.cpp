#include "tests/jobs/command_line_fixture.h"

namespace freshet::jobs {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr const char* kManifest = R"yaml(manifest: 1
id: desk
title: Desk
config:
  account: {type: string}
base: https://desk.example
streams:
  articles:
    get: /articles
    records: .articles[]
    key: .id
    cursor: {type: full}
    map:
      kind: {const: article}
      title: .title
      visibility: [{level: internal}]
)yaml";

class ConfigCheck : public CommandLine {
 protected:
  ExitCode check(const std::string& manifest, const std::string& options) {
    directory_.write("desk.yaml", manifest);
    const std::string file =
        directory_.write("freshet.yaml",
                         "version: 1\ndata_dir: ./data\nencoder: {type: hashing}\nsources:\n"
                         "  - {name: desk, type: http_api, manifest: ./desk.yaml, config: {" +
                             options + "}}\n");
    return run({"-c", file.c_str(), "config", "check"});
  }
};

TEST_F(ConfigCheck, FindsNothingWrongWithASourceThatFitsItsManifest) {
  EXPECT_EQ(check(kManifest, "account: acme"), ExitCode::Ok) << out_.str();
}

TEST_F(ConfigCheck, NamesWhatASourceDoesNotGiveItsManifest) {
  EXPECT_EQ(check(kManifest, "acount: acme"), ExitCode::ConfigInvalid);

  EXPECT_THAT(out_.str(), AllOf(HasSubstr("sources.desk: "), HasSubstr("config.account is missing"),
                                HasSubstr("did you mean account?")));
}

TEST_F(ConfigCheck, NamesEveryProblemOfAManifestWithItsLine) {
  const std::string broken = std::string(kManifest) + "      bodyy: .x\nbasee: x\n";

  EXPECT_EQ(check(broken, "account: acme"), ExitCode::ConfigInvalid);

  EXPECT_THAT(out_.str(), AllOf(HasSubstr("desk.yaml:17:"), HasSubstr("desk.yaml:18:")));
}

}  // namespace
}  // namespace freshet::jobs
