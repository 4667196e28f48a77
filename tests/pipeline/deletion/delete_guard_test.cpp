#include "pipeline/deletion/delete_guard.h"

#include <string>

#include "tests/support/result_matchers.h"

namespace freshet::testing {
namespace {

using pipeline::check_deletions;
using pipeline::DeleteGuard;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr DeleteGuard kGuard{.max_fraction = 0.3, .max_count = 5};

sources::Batch deleting(std::size_t count) {
  sources::Batch batch;
  batch.complete = true;
  for (std::size_t at = 0; at < count; ++at) {
    sources::Change change;
    change.kind = sources::ChangeKind::Delete;
    change.external_id = std::to_string(at);
    change.evidence = "absent from a complete listing";
    batch.changes.push_back(change);
  }
  return batch;
}

TEST(DeleteGuard, LetsABatchWithoutDeletionsThroughWhateverItSays) {
  sources::Batch batch;
  batch.changes.resize(100);

  EXPECT_THAT(check_deletions(batch, 0, kGuard), Succeeds());
}

TEST(DeleteGuard, LetsExactlyTheAllowedShareGo) {
  EXPECT_THAT(check_deletions(deleting(30), 100, kGuard), Succeeds());
  EXPECT_THAT(check_deletions(deleting(31), 100, kGuard),
              FailsWith(ErrorKind::Refused,
                        AllOf(HasSubstr("31"), HasSubstr("100"), HasSubstr("--max-delete"))));
}

TEST(DeleteGuard, LetsExactlyTheAllowedCountGoOfASmallSource) {
  EXPECT_THAT(check_deletions(deleting(5), 5, kGuard), Succeeds());
  EXPECT_THAT(check_deletions(deleting(6), 6, kGuard),
              FailsWith(ErrorKind::Refused, HasSubstr("6 of 6")));
}

TEST(DeleteGuard, RefusesToDeleteAfterAnIncompleteEnumeration) {
  sources::Batch batch = deleting(1);
  batch.complete = false;

  EXPECT_THAT(check_deletions(batch, 1000, kGuard),
              FailsWith(ErrorKind::Refused, HasSubstr("not complete")));
}

TEST(DeleteGuard, LetsProvenDeletionsOfAnIncompleteEnumerationGo) {
  sources::Batch batch = deleting(2);
  batch.complete = false;
  for (sources::Change& change : batch.changes) change.proven = true;

  EXPECT_THAT(check_deletions(batch, 1000, kGuard), Succeeds());

  batch.changes[1].proven = false;
  EXPECT_THAT(check_deletions(batch, 1000, kGuard),
              FailsWith(ErrorKind::Refused, HasSubstr("delete 1 documents")));
}

TEST(DeleteGuard, RefusesToDeleteWithoutEvidenceAndNamesTheDocument) {
  sources::Batch batch = deleting(2);
  batch.changes[1].evidence.clear();

  EXPECT_THAT(check_deletions(batch, 1000, kGuard),
              FailsWith(ErrorKind::Refused, HasSubstr("delete 1 ")));
}

TEST(DeleteGuard, CountsSiblingsOnNeitherSide) {
  sources::Batch batch = deleting(40);
  for (std::size_t at = 10; at < 40; ++at) batch.changes[at].sibling = true;
  batch.live_siblings = 60;

  EXPECT_THAT(check_deletions(batch, 100, {.max_fraction = 0.25, .max_count = 0}), Succeeds());
  EXPECT_THAT(check_deletions(batch, 100, {.max_fraction = 0.24, .max_count = 0}),
              FailsWith(ErrorKind::Refused, HasSubstr("10 of 40")));
}

TEST(DeleteGuard, LetsSiblingsGoInAnyBatch) {
  sources::Batch batch = deleting(3);
  for (sources::Change& change : batch.changes) change.sibling = true;
  batch.complete = false;

  EXPECT_THAT(check_deletions(batch, 100, {.max_fraction = 0, .max_count = 0}), Succeeds());
}

}  // namespace
}  // namespace freshet::testing
