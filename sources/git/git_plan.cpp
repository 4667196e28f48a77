#include "sources/git/git_plan.h"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

#include "base/utf8.h"
#include "sources/comparison.h"
#include "sources/git/attribution.h"
#include "sources/git/blobs.h"
#include "sources/git/codeowners.h"
#include "sources/git/moves.h"
#include "sources/git/tree_listing.h"

namespace freshet::sources::git {
namespace {

/// Plans one pass; every member function is one step, run in the order of run().
class Planner {
 public:
  Planner(const Origin& origin, const DocumentForm& form, const GitCursor& cursor,
          const FetchRequest& request)
      : repository_(*origin.repository),
        target_(origin.commit),
        form_(form),
        cursor_(cursor),
        request_(request) {}

  Result<GitPlan> run() {
    FRESHET_TRY(auto listing, list_tree(repository_, target_, request_.interruption));
    present_ = paths_of(listing);
    read_owners(listing);
    select_documents(listing);
    compare_with_synced_tree();
    FRESHET_TRY(auto comparison, compare_with_ledger());
    plan_reads(comparison);
    FRESHET_CHECK(read_history_of_reads());
    if (!listing.problems.empty()) out_of_sight_.swap(comparison.gone);
    pair_moved(comparison);
    plan_deletes(comparison.gone);
    plan_.closing.problems = std::move(listing.problems);
    for (const auto& [reason, count] : listing.skipped) plan_.closing.skipped[reason] += count;
    return std::move(plan_);
  }

 private:
  void read_owners(const TreeListing& listing) {
    // GitHub's order; the first that exists counts.
    constexpr std::array<std::string_view, 3> kPlaces{".github/CODEOWNERS", "CODEOWNERS",
                                                      "docs/CODEOWNERS"};
    constexpr std::uint64_t kMaxBytes = std::uint64_t{3} << 20;
    for (const auto place : kPlaces) {
      const auto file = std::lower_bound(
          listing.files.begin(), listing.files.end(), place,
          [](const TreeFile& entry, std::string_view path) { return entry.path < path; });
      if (file == listing.files.end() || file->path != place || file->symlink) continue;
      const auto size = blob_size(repository_, file->id);
      if (!size || *size > kMaxBytes) continue;
      const auto text = read_blob(repository_, file->id);
      if (!text) continue;
      owners_ = CodeOwners(*text);
      return;
    }
  }

  void select_documents(const TreeListing& listing) {
    for (const auto& file : listing.files) {
      if (!form_.wants(file.path)) continue;
      if (file.symlink) {
        ++plan_.closing.skipped["symlink"];
        continue;
      }
      std::string owner = owners_.owner_of(file.path);
      std::string version = to_hex(file.id) + "." + form_.stamp(file.path, owner);
      ids_.push_back(file.path);
      files_.push_back({file.id, std::move(owner), std::move(version)});
    }
  }

  /// What happened to paths between the two trees, whatever the commits between them say.
  void compare_with_synced_tree() {
    const auto synced = parse_id(cursor_.synced);
    if (!synced) return;
    const auto before = tree_of(repository_, *synced);
    const auto after = tree_of(repository_, target_);
    if (!before || !after) return;
    auto changes = changes_between(repository_, before->get(), after->get());
    if (!changes) return;
    synced_ = *synced;
    tree_changes_ = *std::move(changes);
  }

  Result<Comparison> compare_with_ledger() {
    return compare(ids_, request_, [this](std::size_t index, std::string_view version) {
      return Result<bool>(!cursor_.pass->full && version == files_[index].version);
    });
  }

  void plan_reads(const Comparison& comparison) {
    for (const auto index : comparison.added) plan_read(index, {ids_[index], false, {}});
    for (const auto index : comparison.changed) plan_read(index, {ids_[index], true, {}});
    std::sort(
        plan_.reads.begin(), plan_.reads.end(),
        [](const PlannedRead& a, const PlannedRead& b) { return a.external_id < b.external_id; });
  }

  void plan_read(std::size_t index, PlannedRead read) {
    plan_.files.emplace(read.external_id, files_[index]);
    plan_.reads.push_back(std::move(read));
  }

  Result<Done> read_history_of_reads() {
    std::optional<git_oid> boundary;
    if (synced_) boundary = meeting_point(repository_, target_, *synced_);
    HistoryQuestion question{target_, boundary, {}, present_};
    for (const auto& read : plan_.reads) question.documents.push_back(read.external_id);
    FRESHET_TRY(auto history, read_history(repository_, question, request_.interruption));
    plan_.provenance = std::move(history.provenance);
    plan_.closing.departures = std::move(history.departures);
    add_unexplained_departures();
    note_returned();
    return Done{};
  }

  void pair_moved(const Comparison& comparison) {
    std::vector<NewDocument> added;
    for (const auto index : comparison.added)
      added.push_back({ids_[index], to_hex(files_[index].blob)});
    const auto moves = pair_moves(comparison.gone, added, renames_since_last_pass(added));
    for (auto& read : plan_.reads) {
      const auto move = moves.find(read.external_id);
      if (move == moves.end()) continue;
      moved_away_.insert(move->second);
      read.moved_from = move->second;
    }
  }

  std::vector<Rename> renames_since_last_pass(const std::vector<NewDocument>& added) const {
    if (cursor_.synced.empty()) return {};
    std::vector<Rename> renames;
    for (const auto& change : tree_changes_) {
      if (change.kind == PathChange::Kind::Renamed)
        renames.push_back({change.old_path, change.path});
    }
    const auto reach = synced_ ? Reach::WholeChain : Reach::OneRename;
    for (auto& rename : renames_of(added, plan_.closing.departures, reach)) {
      renames.push_back(std::move(rename));
    }
    std::unordered_set<std::string> keep;
    for (const auto& document : out_of_sight_) keep.insert(document.external_id);
    std::erase_if(renames, [&](const Rename& rename) { return keep.count(rename.from) > 0; });
    return renames;
  }

  /// Paths that rewritten history dropped without a commit that deletes them.
  void add_unexplained_departures() {
    auto& departures = plan_.closing.departures;
    std::unordered_set<std::string> explained;
    for (const auto& departure : departures) explained.insert(departure.path);
    const auto commit = open_commit(repository_, target_);
    if (!commit) return;
    const auto facts = facts_of(**commit);
    for (const auto& change : tree_changes_) {
      const bool renamed = change.kind == PathChange::Kind::Renamed;
      if (!renamed && change.kind != PathChange::Kind::Deleted) continue;
      const auto& path = renamed ? change.old_path : change.path;
      if (present_.count(path) > 0 || !is_valid_utf8(path) || !explained.insert(path).second)
        continue;
      Departure departure{path, std::nullopt, facts.revision, facts.time, facts.name};
      if (renamed && is_valid_utf8(change.path)) departure.moved_to = change.path;
      departures.push_back(std::move(departure));
    }
  }

  void note_returned() {
    auto& returned = plan_.closing.returned;
    if (synced_) {
      for (const auto& change : tree_changes_) {
        const bool appeared =
            change.kind == PathChange::Kind::Added || change.kind == PathChange::Kind::Renamed;
        if (appeared && present_.count(change.path) > 0) returned.push_back(change.path);
      }
    } else if (!cursor_.synced.empty()) {
      // The old tree is lost: whatever exists is not departed.
      returned.assign(present_.begin(), present_.end());
    }
    std::sort(returned.begin(), returned.end());
  }

  void plan_deletes(const std::vector<KnownDocument>& gone) {
    std::unordered_map<std::string, const Departure*> departures;
    for (const auto& departure : plan_.closing.departures)
      departures.emplace(departure.path, &departure);
    for (const auto& document : gone) {
      if (moved_away_.count(document.external_id) > 0) continue;
      Change change;
      change.kind = ChangeKind::Delete;
      change.external_id = document.external_id;
      const auto departure = departures.find(document.external_id);
      if (departure != departures.end()) {
        change.evidence = "deleted in " + departure->second->revision.substr(0, 8);
        change.happened_at = departure->second->happened_at;
      } else if (present_.count(document.external_id) > 0) {
        change.evidence = kNoLongerSelected;
      } else {
        change.evidence = "absent from the tree of " + cursor_.pass->target.substr(0, 8);
      }
      plan_.closing.deletes.push_back(std::move(change));
    }
  }

  git_repository& repository_;
  git_oid target_;
  const DocumentForm& form_;
  const GitCursor& cursor_;
  const FetchRequest& request_;

  CodeOwners owners_;
  std::unordered_set<std::string> present_;
  std::vector<std::string> ids_;
  std::vector<FileFacts> files_;
  std::optional<git_oid> synced_;  // Set when the last tree is still there.
  std::vector<PathChange> tree_changes_;
  std::vector<KnownDocument> out_of_sight_;  // Not listed, but neither was everything else.
  std::unordered_set<std::string> moved_away_;
  GitPlan plan_;
};

}  // namespace

Result<GitPlan> plan_pass(const Origin& origin, const DocumentForm& form, const GitCursor& cursor,
                          const FetchRequest& request) {
  return Planner(origin, form, cursor, request).run();
}

}  // namespace freshet::sources::git
