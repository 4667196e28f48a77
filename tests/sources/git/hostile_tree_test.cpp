#include <chrono>
#include <stop_token>
#include <string>

#include <git2.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sources/git/handles.h"
#include "sources/git/tree_listing.h"
#include "tests/sources/git/git_source.h"
#include "tests/sources/support/syncing.h"

namespace freshet::sources::testing {
namespace {

using ::freshet::testing::FailsWith;
using ::freshet::testing::Succeeds;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// A second later each time it is asked. At `stop_at` it also asks to stop.
class ImpatientClock final : public Clock {
 public:
  explicit ImpatientClock(int stop_at = 0) : stop_at_(stop_at) {}
  [[nodiscard]] Instant now() const override {
    if (++asked_ == stop_at_) stop_.request_stop();
    return Instant(std::chrono::seconds(asked_));
  }
  [[nodiscard]] Interruption until(int seconds) const {
    return {stop_.get_token(), *this, Instant(std::chrono::seconds(seconds))};
  }

 private:
  int stop_at_;
  mutable int asked_ = 0;
  mutable std::stop_source stop_;
};

class GitHostileTreeTest : public ::testing::Test {
 protected:
  GitHostileTreeTest() {
    git_repository* opened = nullptr;
    EXPECT_EQ(git_repository_open(&opened, source_.work().c_str()), 0);
    repository_.reset(opened);
  }

  /// A tree of `width` directories "0", "1" ... that are all `inner`.
  git_oid directories(int width, const git_oid& inner) {
    git_treebuilder* builder = nullptr;
    EXPECT_EQ(git_treebuilder_new(&builder, repository_.get(), nullptr), 0);
    for (int i = 0; i < width; ++i) {
      EXPECT_EQ(git_treebuilder_insert(nullptr, builder, std::to_string(i).c_str(), &inner,
                                       GIT_FILEMODE_TREE),
                0);
    }
    git_oid id{};
    EXPECT_EQ(git_treebuilder_write(&id, builder), 0);
    git_treebuilder_free(builder);
    return id;
  }
  /// A few objects with width ^ depth paths.
  git_oid bomb(int width, int depth) {
    git_oid tree = directories(0, {});
    for (int i = 0; i < depth; ++i) tree = directories(width, tree);
    return tree;
  }
  /// Makes the tree the whole content of the branch. Git itself would walk it on "git commit".
  std::string commit(const git_oid& tree, const std::string& options = "") {
    const auto id = source_.git("-c user.name=x -c user.email=x@x commit-tree -m x " + options +
                                git::to_hex(tree));
    source_.git("update-ref refs/heads/main " + id);
    return id;
  }
  Result<git::TreeListing> list(const git_oid& tree, const git::TreeLimits& limits) {
    return git::list_tree(*repository_, *git::parse_id(commit(tree)), {}, limits);
  }

  git::Library library_;
  GitUnderTest source_;
  git::Repository repository_;
  MemoryLedger ledger_;
};

TEST_F(GitHostileTreeTest, IsRefusedWithRepositoryCommitAndLimitWhenItHasBillionsOfPaths) {
  const auto id = commit(bomb(10, 10));

  const auto batch = fetch(*source_.connect(), ledger_);

  EXPECT_THAT(batch,
              FailsWith(ErrorKind::Invalid,
                        AllOf(HasSubstr(source_.work().string()), HasSubstr(id.substr(0, 12)),
                              HasSubstr("more than 4000000"), HasSubstr("\"revision\""))));
}

TEST_F(GitHostileTreeTest, IsRefusedWhenItIsTooDeep) {
  commit(bomb(1, 600));

  const auto batch = fetch(*source_.connect(), ledger_);

  EXPECT_THAT(batch, FailsWith(ErrorKind::Invalid, HasSubstr("more than 512 directories inside")));
}

TEST_F(GitHostileTreeTest, IsListedExactlyAtTheLimits) {
  EXPECT_THAT(list(bomb(2, 3), {.max_entries = 14, .max_depth = 3}), Succeeds());
  EXPECT_THAT(list(bomb(2, 3), {.max_entries = 13}),
              FailsWith(ErrorKind::Invalid, HasSubstr("more than 13 files and directories")));
  EXPECT_THAT(list(bomb(2, 3), {.max_depth = 2}),
              FailsWith(ErrorKind::Invalid, HasSubstr("more than 2 directories")));
}

TEST_F(GitHostileTreeTest, IsRefusedWhenItsPathsAreTooLongTogether) {
  source_.write("1234/6", "text");
  source_.publish();
  const auto tree = *git::parse_id(source_.git("rev-parse HEAD:"));

  EXPECT_THAT(list(tree, {.max_path_bytes = 6}), Succeeds());
  EXPECT_THAT(list(tree, {.max_path_bytes = 5}),
              FailsWith(ErrorKind::Invalid, HasSubstr("more than 5 bytes of paths")));
}

TEST_F(GitHostileTreeTest, IsLeftAtTheDeadline) {
  commit(bomb(10, 10));
  const ImpatientClock clock;

  const auto batch = fetch(*source_.connect(), ledger_, {.interruption = clock.until(1000)});

  EXPECT_THAT(batch, FailsWith(ErrorKind::Interrupted, HasSubstr("stopped")));
}

TEST_F(GitHostileTreeTest, IsLeftOnRequest) {
  commit(bomb(10, 10));
  const ImpatientClock clock(1000);

  const auto batch = fetch(*source_.connect(), ledger_, {.interruption = clock.until(1'000'000)});

  EXPECT_THAT(batch, FailsWith(ErrorKind::Interrupted, HasSubstr("stopped")));
}

TEST_F(GitHostileTreeTest, CostsOnlyHistoryWhenItLiesInThePast) {
  source_.write("a.md", "a");
  source_.publish();
  const auto honest = *git::parse_id(source_.git("rev-parse HEAD:"));
  const auto hostile = commit(bomb(10, 10));
  commit(honest, "-p " + hostile + " ");

  const auto batches = sync(*source_.connect(), ledger_);

  EXPECT_THAT(batches, Succeeds());
  EXPECT_THAT(ledger_.bodies(), ElementsAre(std::pair("a.md", "a")));
}

}  // namespace
}  // namespace freshet::sources::testing
