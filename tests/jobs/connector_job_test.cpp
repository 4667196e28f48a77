#include <filesystem>
#include <utility>

#include "tests/jobs/command_line_fixture.h"
#include "tests/support/scripted_server.h"

namespace freshet::jobs {
namespace {

using freshet::testing::ScriptedServer;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kManifest = R"(manifest: 1
id: desk
base: https://desk.example/api
limits: [{max: 1000, per: 1s}]
streams:
  articles:
    get: /articles
    pages: {type: page, into: {query: page}, size: {query: per_page, value: 100}}
    records: .articles[]
    key: .id
    cursor: {type: full}
    map:
      kind: {const: article}
      title: .title
      visibility: [{when: .open == true, level: public}]
)";

freshet::testing::Reply with_body(std::string body) {
  freshet::testing::Reply reply;
  reply.body = std::move(body);
  return reply;
}

class ConnectorJob : public CommandLine {
 protected:
  /// A source of that manifest at an address.
  void configure(const std::string& address, const std::string& options) {
    directory_.write("desk.yaml", kManifest);
    config_ = directory_.write("freshet.yaml",
                               "version: 1\ndata_dir: ./data\nencoder: {type: hashing}\nsources:\n"
                               "  - name: desk\n    type: http_api\n    manifest: ./desk.yaml\n"
                               "    base_url: " +
                                   address + "\n" + options);
  }
  ExitCode freshet(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), {"-c", config_.c_str()});
    return run(std::move(arguments));
  }
  [[nodiscard]] std::size_t shown(const std::string& text) const {
    std::size_t count = 0;
    for (auto at = out_.str().find(text); at != std::string::npos; at = out_.str().find(text, at))
      ++count, ++at;
    return count;
  }

  std::string config_;
};

TEST_F(ConnectorJob, WritesASkeletonThatPassesItsOwnTest) {
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(directory_.path());

  EXPECT_EQ(run({"connector", "new", "acme"}), ExitCode::Ok) << err_.str();
  EXPECT_EQ(run({"connector", "test", "acme.yaml"}), ExitCode::Ok) << out_.str();
  EXPECT_NE(run({"connector", "new", "acme"}), ExitCode::Ok);
  EXPECT_THAT(err_.str(), HasSubstr("acme.yaml is there already"));

  std::filesystem::current_path(before);
}

TEST_F(ConnectorJob, WritesNoManifestUnderANameThatIsNoId) {
  for (const std::string id : {"Acme", "a b", "../acme", "/tmp/acme", "acme.yaml", ""}) {
    EXPECT_EQ(run({"connector", "new", id.c_str()}), ExitCode::Usage) << id;
    EXPECT_THAT(err_.str(), HasSubstr("lower-case letters")) << id;
    EXPECT_FALSE(std::filesystem::exists(id + ".yaml")) << id;
  }
}

TEST_F(ConnectorJob, TriesAsManyDocumentsAsAskedForOverPages) {
  const ScriptedServer server(
      {with_body(R"({"articles": [{"id": 1, "title": "A"}, {"id": 2, "title": "B"}]})"),
       with_body(R"({"articles": [{"id": 3, "title": "C"}, {"id": 4, "title": "D"}]})"),
       with_body(R"({"articles": []})")});
  configure(server.url(""), "    allow_private_addresses: true\n");

  EXPECT_EQ(freshet({"connector", "try", "desk", "-n", "3"}), ExitCode::Ok) << err_.str();

  EXPECT_EQ(shown("\"id\": \"articles/"), 3U) << out_.str();
  EXPECT_EQ(server.requests().size(), 2U);
  EXPECT_THAT(server.requests()[0].head, HasSubstr("per_page=3"));
}

TEST_F(ConnectorJob, TriesAllThereIsWhereThatIsLess) {
  const ScriptedServer server(
      {with_body(R"({"articles": [{"id": 1, "title": "A"}]})"), with_body(R"({"articles": []})")});
  configure(server.url(""), "    allow_private_addresses: true\n");

  EXPECT_EQ(freshet({"connector", "try", "desk"}), ExitCode::Ok) << err_.str();
  EXPECT_EQ(shown("\"id\": \"articles/"), 1U) << out_.str();
  EXPECT_NE(freshet({"connector", "try", "desk", "-n", "0"}), ExitCode::Ok);
}

TEST_F(ConnectorJob, SaysWhichExpressionDoesNotFitTheAnswerAndWhatTheAnswerHas) {
  const ScriptedServer server({with_body(R"({"data": [], "total": 0})")});
  configure(server.url(""), "    allow_private_addresses: true\n");

  EXPECT_NE(freshet({"connector", "try", "desk"}), ExitCode::Ok);
  EXPECT_THAT(err_.str(), AllOf(HasSubstr("the members data, total"),
                                HasSubstr("streams.articles.records: the expression")));
}

TEST_F(ConnectorJob, SaysHowToReachAPrivateAddress) {
  configure("http://127.0.0.1:9", "");

  EXPECT_NE(freshet({"connector", "try", "desk"}), ExitCode::Ok);
  EXPECT_THAT(err_.str(), AllOf(HasSubstr("not on the public internet"),
                                HasSubstr("allow_private_addresses: true")));
}

TEST_F(ConnectorJob, ASyncWithoutADocumentNamesTheCommandThatShowsWhy) {
  const ScriptedServer server({with_body(R"({"articles": []})")});
  configure(server.url(""), "    allow_private_addresses: true\n");

  EXPECT_EQ(freshet({"sync"}), ExitCode::Ok) << err_.str();
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("freshet connector try desk"),
                                Not(HasSubstr("repository and branch"))));
}

}  // namespace
}  // namespace freshet::jobs
