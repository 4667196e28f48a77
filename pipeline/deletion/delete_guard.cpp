#include "pipeline/deletion/delete_guard.h"

#include <algorithm>
#include <string>

namespace freshet::pipeline {

namespace {

Error refused(std::string why) {
  return {ErrorKind::Refused, std::move(why)};
}

}  // namespace

Result<Done> check_deletions(const sources::Batch& batch, std::uint64_t live,
                             const DeleteGuard& guard) {
  const auto is_delete = [](const sources::Change& change) {
    return change.kind == sources::ChangeKind::Delete && !change.sibling;
  };
  live -= std::min(live, batch.live_siblings);
  const auto deletions =
      static_cast<std::uint64_t>(std::ranges::count_if(batch.changes, is_delete));
  if (deletions == 0) return Done{};
  const auto doubtful = std::ranges::count_if(batch.changes, [&](const sources::Change& change) {
    return is_delete(change) && !change.proven;
  });
  if (!batch.complete && doubtful > 0) {
    return refused("the source wants to delete " + std::to_string(doubtful) +
                   " documents, but its enumeration was not complete: nothing is deleted on doubt");
  }
  const auto unproven = std::ranges::find_if(batch.changes, [&](const sources::Change& change) {
    return is_delete(change) && change.evidence.empty();
  });
  if (unproven != batch.changes.end()) {
    return refused("the source wants to delete " + unproven->external_id +
                   " without saying why: nothing is deleted on doubt");
  }
  const bool few = deletions <= guard.max_count;
  const bool small_share =
      static_cast<double>(deletions) <= guard.max_fraction * static_cast<double>(live);
  if (few || small_share) return Done{};
  return refused("this sync would delete " + std::to_string(deletions) + " of " +
                 std::to_string(live) +
                 " documents: check the source, then pass --max-delete to let it through");
}

}  // namespace freshet::pipeline
