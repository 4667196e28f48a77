#include "tests/sources/git/git_source.h"

#include <array>
#include <cstdio>
#include <memory>
#include <stdexcept>

#include "sources/git/git_connector.h"

namespace freshet::sources::testing {
namespace {

// Nothing of the machine's own git settings may reach the tests.
constexpr const char* kClean =
    "GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_ALLOW_PROTOCOL=file ";

std::string run(const std::string& command) {
  struct Closing {
    void operator()(FILE* pipe) const { ::pclose(pipe); }
  };
  std::unique_ptr<FILE, Closing> pipe(::popen((command + " 2>&1").c_str(), "r"));
  if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
  std::string output;
  std::array<char, 4096> buffer{};
  for (std::size_t n = 0; (n = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0;) {
    output.append(buffer.data(), n);
  }
  if (::pclose(pipe.release()) != 0) throw std::runtime_error(command + " failed: " + output);
  if (output.ends_with('\n')) output.pop_back();
  return output;
}

}  // namespace

GitUnderTest::GitUnderTest(Access access) {
  run(std::string(kClean) + "git init -q -b main '" + work().string() + "'");
  const bool in_place = access == Access::InPlace;
  config::GitSettings git_settings;
  git_settings.repository = (in_place ? "" : "file://") + work().string();
  git_settings.mirror = mirror();
  settings.name = "docs";
  settings.kind = git_settings;
}

void GitUnderTest::write(const std::string& path, const std::string& body) {
  directory.write("work/" + path, body);
}

void GitUnderTest::remove(const std::string& path) {
  std::filesystem::remove(work() / path);
}

void GitUnderTest::publish() {
  publish_as("Ann");
}

void GitUnderTest::publish_as(const std::string& name) {
  git("add -A");
  git("-c user.name=" + name + " -c user.email=" + name +
      "@example.org commit -q --allow-empty -m edit");
  ++commits_;
}

std::string GitUnderTest::git(const std::string& arguments) const {
  const auto date = std::to_string(1700000000 + 3600 * commits_) + " +0000";
  return run("cd '" + work().string() + "' && " + kClean + "GIT_AUTHOR_DATE='" + date +
             "' GIT_COMMITTER_DATE='" + date + "' git " + arguments);
}

std::unique_ptr<Connector> GitUnderTest::connect() {
  auto connector = git::create_git(settings);
  EXPECT_THAT(connector, ::freshet::testing::Succeeds());
  return *std::move(connector);
}

}  // namespace freshet::sources::testing
