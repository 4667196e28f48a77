#include "config/read_settings.h"

#include <variant>

#include "tests/config/reading.h"
#include "tests/support/result_matchers.h"
#include "tests/support/temporary_directory.h"

namespace freshet::config {
namespace {

using freshet::testing::FailsWith;
using freshet::testing::TemporaryDirectory;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::problems_of;
using testing::read_text;
using ::testing::StartsWith;
using testing::with;

constexpr std::string_view kSmallest = R"(version: 1
data_dir: ./data
sources:
  - {name: docs, type: git, repository: ../docs.git, branch: main, include: ["**/*.md"]}
  - {name: kb, type: folder, path: ./kb}
)";

TEST(ReadSettings, ReadsTheSmallestConfiguration) {
  const auto reading = read_text(kSmallest);
  ASSERT_EQ(problems_of(reading), "");

  const auto& settings = reading.settings;
  ASSERT_EQ(settings.sources.size(), 2U);
  EXPECT_EQ(settings.data_dir, "/etc/freshet/data");
  EXPECT_THAT(settings.sources[0].include, ElementsAre("**/*.md"));
  const auto& git = std::get<GitSettings>(settings.sources[0].kind);
  EXPECT_EQ(git.repository, "/etc/docs.git");
  EXPECT_EQ(git.revision, "main");
  EXPECT_EQ(git.mirror, "/etc/freshet/data/mirrors/docs.git");
  EXPECT_EQ(std::get<FolderSettings>(settings.sources[1].kind).path, "/etc/freshet/kb");
}

TEST(ReadSettings, LeavesEverythingElseAtItsDefault) {
  const auto settings = read_text(kSmallest).settings;
  const Settings defaults;

  EXPECT_EQ(settings.encoder.model, "/models/default");
  EXPECT_EQ(settings.encoder.batch_size, defaults.encoder.batch_size);
  EXPECT_EQ(settings.serve.listen, defaults.serve.listen);
  EXPECT_THAT(settings.sources[1].principals, ElementsAre("public"));
}

TEST(ReadSettings, ReadsFriendlyUnits) {
  const auto reading =
      read_text(with("serve: {max_body_bytes: 2 MiB, request_timeout: 1.5s, threads: 3}\n"
                     "index: {graph_threshold: 500}\n"));
  ASSERT_EQ(problems_of(reading), "");

  EXPECT_EQ(reading.settings.serve.max_body_bytes, std::size_t{2} << 20);
  EXPECT_EQ(reading.settings.serve.request_timeout, std::chrono::milliseconds(1500));
  EXPECT_EQ(reading.settings.serve.threads, 3U);
  EXPECT_EQ(reading.settings.index.graph_threshold, 500U);
}

TEST(ReadSettings, ExpandsVariablesInValuesOnly) {
  const auto reading =
      read_text(with("serve: {listen: \"127.0.0.1:${PORT}\", threads: '${N:-5}'}\n"));
  ASSERT_EQ(problems_of(reading), "");
  EXPECT_EQ(reading.settings.serve.listen, "127.0.0.1:8090");
  EXPECT_EQ(reading.settings.serve.threads, 5U);

  EXPECT_THAT(problems_of(read_text(with("${PORT}: 1\n"))), HasSubstr("${PORT}: is no option"));
}

TEST(ReadSettings, NamesAMissingVariable) {
  EXPECT_THAT(problems_of(read_text(with("serve: {listen: \"${ABSENT}\"}\n"))),
              AllOf(HasSubstr("f:5:17: error: serve.listen"), HasSubstr("ABSENT is not set")));
}

TEST(ReadSettings, NamesTheNearestOptionForAnUnknownOne) {
  EXPECT_THAT(problems_of(read_text(with("serv: {}\n"))), HasSubstr("did you mean serve?"));
  EXPECT_THAT(problems_of(read_text(with("encoder: {modle: x}\n"))),
              AllOf(HasSubstr("f:5:11: error: encoder.modle"), HasSubstr("did you mean model?")));
  EXPECT_THAT(problems_of(read_text(with("zzzzzz: 1\n"))), HasSubstr("is no option here"));
}

TEST(ReadSettings, ReportsEveryProblemInTheOrderOfTheFile) {
  const auto text =
      problems_of(read_text(with("serve:\n"
                                 "  threads: many\n"
                                 "  listen: nowhere\n"
                                 "  request_timeout: 30\n"
                                 "passages: {max_tokens: 20, min_tokens: 20}\n"
                                 "index: []\n"
                                 "encoder: {precision: int8, batch_size: 0}\n")));

  EXPECT_THAT(text, HasSubstr("f:6:12: error: serve.threads: \"many\" is no whole number"));
  EXPECT_THAT(
      text,
      HasSubstr("f:7:11: error: serve.listen: listen address \"nowhere\" is not of the form"));
  EXPECT_THAT(text, HasSubstr("f:8:20: error: serve.request_timeout"));
  EXPECT_THAT(text, HasSubstr("f:9:40: error: passages.min_tokens: must be less than max_tokens"));
  EXPECT_THAT(text, HasSubstr("f:10:8: error: index: must be a map"));
  EXPECT_THAT(
      text, HasSubstr("encoder.precision: \"int8\" is none of its words; write auto, f32 or bf16"));
  EXPECT_THAT(text,
              HasSubstr("encoder.batch_size: \"0\" is out of range; it may go from 1 to 1024"));
}

TEST(ReadSettings, AcceptsTheBoundsThemselves) {
  EXPECT_EQ(problems_of(read_text(with("encoder: {batch_size: 1024, dimension: 8}\n"))), "");
  EXPECT_THAT(problems_of(read_text(with("encoder: {batch_size: 1025}\n"))),
              HasSubstr("out of range"));
}

TEST(ReadSettings, RefusesOptionsOfAnotherKindOfEncoder) {
  EXPECT_THAT(
      problems_of(read_text(with("encoder: {type: hashing, model: x}\n"))),
      HasSubstr("encoder.model: belongs to type model, but this encoder is of type hashing"));
  EXPECT_THAT(problems_of(read_text(with("encoder: {endpoint: \"https://h/v1\"}\n"))),
              HasSubstr("encoder.endpoint: belongs to type http"));
}

TEST(ReadSettings, WantsAnAddressAndAModelForAnHttpEncoder) {
  const auto text = problems_of(read_text(with("encoder: {type: http}\n")));
  EXPECT_THAT(text, AllOf(HasSubstr("encoder.endpoint: must be"), HasSubstr("encoder.model_name")));

  const auto good = read_text(
      with("encoder: {type: http, endpoint: 'https://h/v1/embeddings', model_name: m}\n"));
  EXPECT_EQ(problems_of(good), "");
  EXPECT_EQ(good.settings.encoder.kind, EncoderKind::Http);
  EXPECT_EQ(good.settings.encoder.model, "");
}

TEST(ReadSettings, SaysWhatIsMissing) {
  const auto text = problems_of(read_text("version: 1\nserve: {}\n"));

  EXPECT_THAT(text, HasSubstr("data_dir: is missing"));
  EXPECT_THAT(text, HasSubstr("sources: is missing"));
}

TEST(ReadSettings, RefusesAnotherVersionAndSaysNothingElse) {
  EXPECT_EQ(problems_of(read_text("version: 2\nnew_option: 1\n")),
            "f:1:10: error: version: must be 1; a file of a newer version needs a newer freshet\n");
  EXPECT_THAT(problems_of(read_text("data_dir: x\n")), HasSubstr("version: is missing"));
  EXPECT_THAT(problems_of(read_text("version: [1]\n")), HasSubstr("must be 1"));
}

TEST(ReadSettings, RefusesAnOptionWithoutValue) {
  EXPECT_THAT(problems_of(read_text(with("serve:\n  listen:\n"))),
              HasSubstr("serve.listen: has no value"));
  EXPECT_THAT(problems_of(read_text(with("serve:\n"))), HasSubstr("serve: has no options"));
}

TEST(ReadSettings, ChecksListenAddresses) {
  for (const char* good : {"127.0.0.1:0", "localhost:65535", "'[::1]:8088'"}) {
    EXPECT_EQ(problems_of(read_text(with("serve: {listen: " + std::string(good) + "}\n"))), "")
        << good;
  }
  for (const char* bad :
       {"'8088'", "':80'", "'::1:80'", "'h:'", "'h:65536'", "'h:-1'", "'h:8 0'", "host:80"}) {
    EXPECT_FALSE(read_text(with("serve: {listen: " + std::string(bad) + "}\n")).usable()) << bad;
  }
}

TEST(ReadSettings, RefusesToListenWhereOtherMachinesCanReach) {
  EXPECT_THAT(problems_of(read_text(with("serve: {listen: 0.0.0.0:80}\n"))),
              AllOf(HasSubstr("f:5:17: error: serve.listen"), HasSubstr("reverse proxy")));
}

TEST(ReadSettings, SaysToQuoteAVariableBetweenBraces) {
  for (const char* line :
       {"serve: {listen: ${HOST_NAME}}\n", "serve: {threads: ${PORT:-2}, listen: x}\n"}) {
    EXPECT_THAT(problems_of(read_text(with(line))), HasSubstr("\"${NAME}\"")) << line;
  }
  EXPECT_EQ(problems_of(read_text(with("serve: {threads: \"${ABSENT:-2}\"}\n"))), "");
}

TEST(ReadSettings, ResolvesPathsAgainstTheFileItself) {
  const TemporaryDirectory directory;
  const auto file = directory.write("set up/freshet.yaml", kSmallest);

  ASSERT_SUCCEEDS(const auto settings, read_settings(file, testing::surroundings()));

  EXPECT_EQ(settings.data_dir, directory / "set up/data");
  EXPECT_EQ(std::get<GitSettings>(settings.sources[0].kind).repository,
            (directory / "docs.git").string());
}

TEST(ReadSettings, FailsWithEveryErrorNamedByFileAndLine) {
  const TemporaryDirectory directory;
  const auto file = directory.write("f.yaml", with("a: 1\nb: 2\n"));

  EXPECT_THAT(read_settings(file, testing::surroundings()),
              FailsWith(ErrorKind::Invalid, AllOf(StartsWith(file.string() + ":5:1: error: a:"),
                                                  HasSubstr("f.yaml:6:1: error: b:"))));
}

TEST(ReadSettings, FailsWhereThereIsNoFile) {
  const TemporaryDirectory directory;

  EXPECT_THAT(read_settings(directory / "absent.yaml", testing::surroundings()),
              FailsWith(ErrorKind::NotFound, HasSubstr("absent.yaml")));
  EXPECT_FALSE(check_settings(directory / "absent.yaml", testing::surroundings()).usable());
}

}  // namespace
}  // namespace freshet::config
