#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include <git2.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "config/secret.h"
#include "sources/git/handles.h"
#include "tests/sources/git/git_source.h"
#include "tests/sources/support/syncing.h"

namespace freshet::sources::testing {
namespace {

using ::freshet::testing::FailsWith;
using ::freshet::testing::Succeeds;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

/// A git server on a loopback port for the length of a test.
class GitServer {
 public:
  enum class Protocol { Http, Https };

  GitServer(const std::filesystem::path& root, Protocol protocol)
      : protocol_(protocol), certificate_(root / "certificate.pem") {
    const std::string port_file = root / "port";
    ::mkfifo(port_file.c_str(), 0600);
    std::string command =
        std::string("python3 " GIT_SERVER " '") + root.string() + "' '" + port_file + "'";
    if (protocol == Protocol::Https) {
      make_certificate(root / "key.pem");
      command += " '" + certificate_ + "' '" + (root / "key.pem").string() + "'";
    }
    process_.reset(::popen((command + " || echo failed > '" + port_file + "'").c_str(), "w"));
    std::ifstream(port_file) >> port_;
  }

  [[nodiscard]] std::string url(const std::string& path) const {
    return (protocol_ == Protocol::Https ? "https" : "http") + ("://localhost:" + port_) + path;
  }
  /// As the system's authorities would.
  void be_trusted() const {
    ASSERT_EQ(git_libgit2_opts(GIT_OPT_SET_SSL_CERT_LOCATIONS, certificate_.c_str(), nullptr), 0);
  }

 private:
  struct Closing {
    void operator()(FILE* pipe) const { ::pclose(pipe); }
  };

  void make_certificate(const std::string& key) const {
    const std::string command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "
        "/CN=localhost -addext subjectAltName=DNS:localhost -keyout '" +
        key + "' -out '" + certificate_ + "' 2>&1";
    ASSERT_EQ(::pclose(::popen(command.c_str(), "w")), 0) << "openssl made no certificate";
  }

  Protocol protocol_;
  std::string certificate_;
  std::unique_ptr<FILE, Closing> process_;  // Its end of input is the server's end.
  std::string port_;
};

class GitOverHttpTest : public ::testing::Test {
 protected:
  GitOverHttpTest() {
    source_.write("a.md", "a");
    source_.publish();
  }

  void serve(GitServer::Protocol protocol) {
    server_ = std::make_unique<GitServer>(source_.directory.path(), protocol);
    source_.git_settings().repository = server_->url("/work/.git");
    source_.git_settings().username = "ann";
  }
  Result<Batch> fetch_with(const std::string& password) {
    source_.git_settings().password = config::Secret(password);
    return fetch(*source_.connect(), ledger_);
  }

  git::Library library_;  // Keeps whom we trust until the test ends.
  GitUnderTest source_{GitUnderTest::Access::ThroughMirror};
  std::unique_ptr<GitServer> server_;
  MemoryLedger ledger_;
};

TEST_F(GitOverHttpTest, PullsWithTheRightPassword) {
  serve(GitServer::Protocol::Https);
  server_->be_trusted();

  const auto batch = fetch_with("secret");

  ASSERT_THAT(batch, Succeeds());
  ledger_.store(*batch);
  EXPECT_THAT(ledger_.bodies(), ElementsAre(std::pair("a.md", "a")));
}

TEST_F(GitOverHttpTest, IsDeniedWithTheWrongPasswordWhichItDoesNotTell) {
  serve(GitServer::Protocol::Https);
  server_->be_trusted();

  const auto batch = fetch_with("hush");

  EXPECT_THAT(batch, FailsWith(ErrorKind::Denied, AllOf(HasSubstr("check username, password"),
                                                        Not(HasSubstr("hush")))));
}

TEST_F(GitOverHttpTest, IsDeniedWithoutAPassword) {
  serve(GitServer::Protocol::Https);
  server_->be_trusted();

  EXPECT_THAT(fetch_with(""), FailsWith(ErrorKind::Denied, HasSubstr("the settings do not have")));
}

TEST_F(GitOverHttpTest, FindsNoRepositoryThatTheServerDoesNotHave) {
  serve(GitServer::Protocol::Https);
  server_->be_trusted();
  source_.git_settings().repository = server_->url("/nosuch.git");

  EXPECT_THAT(fetch_with("secret"), FailsWith(ErrorKind::NotFound, HasSubstr("/nosuch.git")));
}

TEST_F(GitOverHttpTest, ShowsNoPasswordToAServerWhoseCertificateNobodyVouchesFor) {
  serve(GitServer::Protocol::Https);

  const auto batch = fetch_with("secret");

  EXPECT_THAT(batch, FailsWith(ErrorKind::Denied, HasSubstr("certificate")));
  EXPECT_FALSE(std::filesystem::exists(source_.directory / "authorizations"));
}

TEST_F(GitOverHttpTest, SendsNoPasswordInTheClear) {
  serve(GitServer::Protocol::Http);

  const auto batch = fetch_with("secret");

  EXPECT_THAT(batch, FailsWith(ErrorKind::Denied, HasSubstr("asks for credentials")));
  EXPECT_FALSE(std::filesystem::exists(source_.directory / "authorizations"));
}

}  // namespace
}  // namespace freshet::sources::testing
