#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "config/settings.h"
#include "tests/sources/support/editable_source.h"
#include "tests/support/result_matchers.h"
#include "tests/support/temporary_directory.h"

namespace freshet::sources::testing {

/// A git repository that tests edit with the git program and connect to.
class GitUnderTest final : public EditableSource {
 public:
  enum class Access { InPlace, ThroughMirror };
  explicit GitUnderTest(Access access = Access::InPlace);

  void write(const std::string& path, const std::string& body) override;
  void remove(const std::string& path) override;
  /// Commits everything, by "Ann <ann@example.org>" an hour after the last commit.
  void publish() override;
  std::unique_ptr<Connector> connect() override;

  /// Commits everything as somebody else.
  void publish_as(const std::string& name);
  /// Runs git with the arguments (a shell fragment) in the working tree; its output without the
  /// last newline.
  std::string git(const std::string& arguments) const;

  [[nodiscard]] std::filesystem::path work() const { return directory / "work"; }
  [[nodiscard]] std::filesystem::path mirror() const { return directory / "mirror"; }
  config::GitSettings& git_settings() { return std::get<config::GitSettings>(settings.kind); }

  ::freshet::testing::TemporaryDirectory directory;
  config::SourceSettings settings;

 private:
  int commits_ = 0;
};

}  // namespace freshet::sources::testing
