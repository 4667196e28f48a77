#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "config/settings.h"
#include "sources/folder/folder_connector.h"
#include "tests/sources/support/editable_source.h"
#include "tests/support/result_matchers.h"
#include "tests/support/temporary_directory.h"

namespace freshet::sources::testing {

/// A folder that tests edit and connect to.
class FolderUnderTest final : public EditableSource {
 public:
  FolderUnderTest() {
    settings.name = "folder";
    settings.kind = config::FolderSettings{directory.path(), false};
  }

  void write(const std::string& path, const std::string& body) override {
    directory.write(path, body);
  }
  void remove(const std::string& path) override { std::filesystem::remove(directory / path); }
  void publish() override {}
  std::unique_ptr<Connector> connect() override {
    auto connector = folder::create_folder(settings);
    EXPECT_THAT(connector, ::freshet::testing::Succeeds());
    return *std::move(connector);
  }

  ::freshet::testing::TemporaryDirectory directory;
  config::SourceSettings settings;
};

}  // namespace freshet::sources::testing
