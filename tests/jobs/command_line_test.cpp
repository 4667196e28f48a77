#include <nlohmann/json.hpp>

#include "base/json.h"
#include "tests/jobs/command_line_fixture.h"
#include "tests/support/result_matchers.h"

namespace freshet::jobs {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(CommandLine, AnswersHelpOnStandardOutput) {
  EXPECT_EQ(run({"--help"}), ExitCode::Ok);
  EXPECT_THAT(out_.str(), HasSubstr("sync"));
  EXPECT_THAT(err_.str(), IsEmpty());
}

TEST_F(CommandLine, RefusesUnknownCommandsAndOptionsAsUsageErrors) {
  EXPECT_EQ(run({"synk"}), ExitCode::Usage);
  EXPECT_EQ(run({"sync", "--ful"}), ExitCode::Usage);
  EXPECT_EQ(run({}), ExitCode::Usage);
  EXPECT_THAT(out_.str(), IsEmpty());
}

TEST_F(CommandLine, NamesAnUnknownCommandAndTheNearestKnownOne) {
  EXPECT_EQ(run({"synk"}), ExitCode::Usage);
  EXPECT_EQ(err_.str(),
            "freshet: there is no command 'synk'; did you mean sync? (freshet --help lists the "
            "commands)\n");
  err_.str("");
  EXPECT_EQ(run({"config", "chekc"}), ExitCode::Usage);
  EXPECT_THAT(err_.str(), HasSubstr("there is no command 'chekc'; did you mean check?"));
}

TEST_F(CommandLine, NamesAnUnknownOptionAndTheNearestOneThatTheCommandTakes) {
  EXPECT_EQ(run({"sync", "--ful"}), ExitCode::Usage);
  EXPECT_THAT(err_.str(), HasSubstr("there is no option '--ful'; did you mean --full?"));
  err_.str("");
  EXPECT_EQ(run({"sync", "--confg=a"}), ExitCode::Usage);
  EXPECT_THAT(err_.str(), HasSubstr("did you mean --config?"));
}

TEST_F(CommandLine, AsksForACommandWhereNoneIsNamed) {
  EXPECT_EQ(run({}), ExitCode::Usage);
  EXPECT_EQ(err_.str(), "freshet: name a command (freshet --help lists the commands)\n");
}

TEST_F(CommandLine, WritesAUsageErrorAsOneObjectWhenAskedForJson) {
  const std::vector<std::vector<const char*>> wrong{
      {"--json"}, {"synk", "--json"}, {"search", "a", "-k", "0", "--json"}, {"--json", "-c"}};
  for (const auto& arguments : wrong) {
    err_.str("");
    EXPECT_EQ(run(arguments), ExitCode::Usage);
    ASSERT_SUCCEEDS(const Json error, parse_json(err_.str()));
    EXPECT_EQ(json_string(error, "type"), "exit_error");
    EXPECT_EQ(json_integer(error, "exit_code"), 2);
  }
}

TEST_F(CommandLine, SaysThatTheConfigurationIsMissingAndWhich) {
  const auto file = (directory_ / "none.yaml").string();
  EXPECT_EQ(run({"-c", file.c_str(), "status"}), ExitCode::ConfigInvalid);
  EXPECT_THAT(err_.str(), HasSubstr(file));
}

TEST_F(CommandLine, NamesAnUnknownKeyAndTheNearestKnownOne) {
  const auto file =
      directory_.write("f.yaml", "version: 1\ndata_dri: ./data\nsources: []\n").string();
  EXPECT_EQ(run({"-c", file.c_str(), "config", "check"}), ExitCode::ConfigInvalid);
  EXPECT_THAT(out_.str(), HasSubstr("data_dir"));
  EXPECT_THAT(out_.str(), HasSubstr(":2:1"));
}

TEST_F(CommandLine, WritesAnErrorAsOneObjectWhenAskedForJson) {
  const auto file = (directory_ / "none.yaml").string();
  EXPECT_EQ(run({"--json", "-c", file.c_str(), "merge"}), ExitCode::ConfigInvalid);
  const std::string last = err_.str().substr(err_.str().rfind('{'));
  ASSERT_SUCCEEDS(const Json error, parse_json(last));
  EXPECT_EQ(json_string(error, "type"), "exit_error");
  EXPECT_EQ(json_integer(error, "exit_code"), 3);
}

TEST_F(CommandLine, InitWritesAConfigurationThatPassesItsOwnCheckAndNeverOverwrites) {
  const auto file = (directory_ / "freshet.yaml").string();
  ASSERT_EQ(run({"-c", file.c_str(), "init"}), ExitCode::Ok);
  EXPECT_THAT(out_.str(), HasSubstr("create ./kb"));
  EXPECT_EQ(run({"-c", file.c_str(), "config", "check"}), ExitCode::Ok) << out_.str();
  EXPECT_EQ(run({"-c", file.c_str(), "init"}), ExitCode::Failure);
}

TEST_F(CommandLine, TheWrittenConfigurationLacksNothingButItsFolder) {
  const auto file = (directory_ / "freshet.yaml").string();
  ASSERT_EQ(run({"-c", file.c_str(), "init"}), ExitCode::Ok);

  EXPECT_EQ(run({"-c", file.c_str(), "sync", "--dry-run"}), ExitCode::StoreMissing);
  EXPECT_THAT(out_.str(), HasSubstr((directory_ / "kb").string()));
  directory_.write("kb/a.md", "# A\n\nText.\n");
  EXPECT_EQ(run({"-c", file.c_str(), "sync", "--dry-run"}), ExitCode::Ok) << out_.str();
}

TEST_F(CommandLine, RefusesAWrongFilterOrAddressAsUsageErrors) {
  EXPECT_EQ(run({"search", "a", "--filter", "garbage"}), ExitCode::Usage);
  EXPECT_THAT(err_.str(), HasSubstr("garbage"));
  EXPECT_EQ(run({"serve", "--listen", "foo"}), ExitCode::Usage);
  EXPECT_THAT(err_.str(), HasSubstr("foo"));
  EXPECT_EQ(run({"serve", "--listen", "0.0.0.0:80"}), ExitCode::Usage);
}

TEST_F(CommandLine, CheckRefusesAnAddressThatServeWouldRefuse) {
  const auto file = directory_
                        .write("f.yaml",
                               "version: 1\ndata_dir: ./data\nserve: {listen: \"0.0.0.0:8088\"}\n"
                               "sources:\n  - {name: kb, type: folder, path: ./kb}\n")
                        .string();
  EXPECT_EQ(run({"-c", file.c_str(), "config", "check"}), ExitCode::ConfigInvalid);
  EXPECT_THAT(out_.str(), HasSubstr("reverse proxy"));
}

TEST_F(CommandLine, SchemaIsJson) {
  ASSERT_EQ(run({"config", "schema"}), ExitCode::Ok);
  ASSERT_SUCCEEDS(const Json schema, parse_json(out_.str()));
  EXPECT_NE(json_member(schema, "properties"), nullptr);
}

TEST_F(CommandLine, SchemaOfManifestsIsJson) {
  ASSERT_EQ(run({"connector", "schema"}), ExitCode::Ok);
  ASSERT_SUCCEEDS(const Json schema, parse_json(out_.str()));
  EXPECT_NE(json_member(schema, "properties"), nullptr);
}

TEST_F(CommandLine, CompletionKnowsEveryCommand) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    out_.str("");
    ASSERT_EQ(run({"completion", shell}), ExitCode::Ok);
    for (const Job& job : jobs())
      EXPECT_THAT(out_.str(), HasSubstr(std::string(job.name))) << shell;
  }
  EXPECT_EQ(run({"completion", "tcsh"}), ExitCode::Usage);
}

}  // namespace
}  // namespace freshet::jobs
