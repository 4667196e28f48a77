#include "sources/catalog.h"

#include <set>

#include <gtest/gtest.h>

#include "tests/support/result_matchers.h"

namespace freshet::sources {
namespace {

using ::freshet::testing::FailsWith;
using ::freshet::testing::Succeeds;
using ::testing::HasSubstr;

TEST(Catalog, CreatesTheConnectorThatTheSettingsAskForWithoutTouchingIt) {
  config::SourceSettings settings;
  settings.name = "docs";
  config::GitSettings git;
  git.repository = "/does/not/exist";
  settings.kind = git;
  EXPECT_THAT(create_connector(settings), Succeeds());
  settings.kind = config::FolderSettings{"/does/not/exist", false};
  EXPECT_THAT(create_connector(settings), Succeeds());
}

TEST(Catalog, RefusesMalformedSettingsAndNamesTheSource) {
  config::SourceSettings settings;
  settings.name = "docs";
  settings.url = "https://d/{nonsense}";
  settings.kind = config::FolderSettings{};

  EXPECT_THAT(create_connector(settings), FailsWith(ErrorKind::Invalid, HasSubstr("docs")));
}

TEST(Catalog, ListsEachKindOnce) {
  std::set<std::string_view> types;
  for (const ConnectorKind& kind : connector_kinds()) types.insert(kind.type);

  EXPECT_EQ(types.size(), connector_kinds().size());
  EXPECT_THAT(types, ::testing::ElementsAre("folder", "git", "http_api"));
}

TEST(Catalog, RefusesSettingsOfAnotherKind) {
  config::SourceSettings settings;
  settings.kind = config::FolderSettings{};

  EXPECT_THAT(connector_kinds()[0].create(settings),
              FailsWith(ErrorKind::Invalid, HasSubstr("git")));
}

}  // namespace
}  // namespace freshet::sources
