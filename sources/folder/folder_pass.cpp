#include "sources/folder/folder_pass.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>
#include <utility>

#include "sources/comparison.h"
#include "sources/folder/folder_version.h"
#include "sources/folder/stable_file.h"

namespace freshet::sources::folder {
namespace {

class Planner {
 public:
  Planner(const FolderSource& source, const FolderCursor& cursor, const FetchRequest& request)
      : source_(source), cursor_(cursor), request_(request) {}

  Result<FolderPlan> run() {
    FRESHET_TRY(listing_, list_directory(source_.root, source_.form, source_.symlinks,
                                         request_.interruption));
    for (const auto& file : listing_.files) {
      ids_.push_back(file.path);
      plan_.times.push_back(std::max(file.stamp.modified, file.stamp.changed));
    }
    FRESHET_TRY(auto comparison,
                compare(ids_, request_, [this](std::size_t index, std::string_view version) {
                  return is_same(index, version);
                }));
    if (!listing_.problems.empty()) comparison.gone.clear();  // It may only be out of sight.
    plan_.skipped = std::move(listing_.skipped);
    drop_too_large(comparison.added);
    FRESHET_CHECK(find_moves(comparison));
    plan_reads(comparison);
    plan_deletes(comparison.gone);
    plan_.problems = std::move(listing_.problems);
    return std::move(plan_);
  }

 private:
  Result<bool> is_same(std::size_t index, std::string_view known_version) {
    const auto known = parse_folder_version(known_version);
    if (!known || (cursor_.pass && cursor_.pass->full)) return false;
    const auto& file = listing_.files[index];
    if (known->form != source_.form.stamp(file.path, "")) return false;
    const bool settled = std::max(file.stamp.modified, file.stamp.changed) <= cursor_.settled;
    const bool same_stamp =
        known->size == file.stamp.size && known->modified == file.stamp.modified;
    if (same_stamp && settled) return true;
    // A failure shows again, and is told, when the document is read.
    const auto content = hash_of(file);
    return content && *content == known->content;
  }

  std::optional<Hash128> hash_of(const ListedFile& file) const {
    const auto read = read_stable_file(source_.root / file.path, source_.form.max_document_bytes(),
                                       source_.symlinks);
    if (!read || read->too_large) return std::nullopt;
    return hash128(read->content);
  }

  /// A new file that is too large would be planned again by every pass.
  void drop_too_large(std::vector<std::size_t>& added) {
    const auto too_large = [this](std::size_t index) {
      return listing_.files[index].stamp.size > source_.form.max_document_bytes();
    };
    const auto count = std::erase_if(added, too_large);
    if (count > 0) plan_.skipped["too_large"] += count;
  }

  Result<Done> find_moves(const Comparison& comparison) {
    std::map<Hash128, std::vector<std::string>> went;
    std::set<std::uint64_t> sizes;
    for (const auto& document : comparison.gone) {
      const auto version = parse_folder_version(document.version);
      if (!version) continue;
      went[version->content].push_back(document.external_id);
      sizes.insert(version->size);
    }
    std::map<Hash128, std::vector<std::string>> came;
    for (const auto index : comparison.added) {
      if (request_.interruption.due()) return interrupted();
      const auto& file = listing_.files[index];
      if (sizes.count(file.stamp.size) == 0) continue;
      if (const auto content = hash_of(file)) came[*content].push_back(file.path);
    }
    for (const auto& [content, paths] : came) {
      const auto former = went.find(content);
      if (former == went.end() || former->second.size() != 1 || paths.size() != 1) continue;
      moves_.emplace(paths.front(), former->second.front());
      moved_away_.insert(former->second.front());
    }
    return Done{};
  }

  void plan_reads(const Comparison& comparison) {
    for (const auto index : comparison.added) {
      const auto move = moves_.find(ids_[index]);
      plan_.reads.push_back(
          {ids_[index], false, move == moves_.end() ? std::nullopt : std::optional(move->second)});
    }
    for (const auto index : comparison.changed) plan_.reads.push_back({ids_[index], true, {}});
    std::sort(
        plan_.reads.begin(), plan_.reads.end(),
        [](const PlannedRead& a, const PlannedRead& b) { return a.external_id < b.external_id; });
  }

  void plan_deletes(const std::vector<KnownDocument>& gone) {
    for (const auto& document : gone) {
      if (moved_away_.count(document.external_id) > 0) continue;
      Change change;
      change.kind = ChangeKind::Delete;
      change.external_id = document.external_id;
      change.evidence = source_.form.wants(document.external_id)
                            ? std::string_view("absent from a complete listing")
                            : kNoLongerSelected;
      plan_.deletes.push_back(std::move(change));
    }
  }

  const FolderSource& source_;
  const FolderCursor& cursor_;
  const FetchRequest& request_;
  DirectoryListing listing_;
  std::vector<std::string> ids_;
  std::map<std::string, std::string> moves_;
  std::unordered_set<std::string> moved_away_;
  FolderPlan plan_;
};

}  // namespace

Result<FolderPlan> plan_pass(const FolderSource& source, const FolderCursor& cursor,
                             const FetchRequest& request) {
  return Planner(source, cursor, request).run();
}

Reading read_document(const FolderSource& source, const PlannedRead& planned) {
  auto file = read_stable_file(source.root / planned.external_id, source.form.max_document_bytes(),
                               source.symlinks);
  if (!file) return {{}, {}, std::move(file).error().message};
  if (file->too_large) return {{}, "too_large", {}};
  Document document = source.form.blank(planned.external_id, "");
  document.version =
      format_folder_version({hash128(file->content), source.form.stamp(planned.external_id, ""),
                             file->stamp.size, file->stamp.modified});
  document.provenance.updated_at = std::chrono::time_point_cast<Instant::duration>(
      std::chrono::sys_time<std::chrono::nanoseconds>(
          std::chrono::nanoseconds(file->stamp.modified)));
  document.body = std::move(file->content);
  return {std::move(document), {}, {}};
}

}  // namespace freshet::sources::folder
