#include "tests/sources/connector_contract.h"

#include "tests/sources/folder/folder_source.h"
#include "tests/sources/git/git_source.h"

namespace freshet::sources::testing {
namespace {

const ConnectorKindUnderTest kFolder{"Folder", [] { return std::make_unique<FolderUnderTest>(); }};
const ConnectorKindUnderTest kGit{"Git", [] { return std::make_unique<GitUnderTest>(); }};
const ConnectorKindUnderTest kMirroredGit{
    "MirroredGit",
    [] { return std::make_unique<GitUnderTest>(GitUnderTest::Access::ThroughMirror); }};

INSTANTIATE_TEST_SUITE_P(Catalog, ConnectorContract, ::testing::Values(kFolder, kGit, kMirroredGit),
                         [](const auto& description) { return description.param.name; });

}  // namespace
}  // namespace freshet::sources::testing
