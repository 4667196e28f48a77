#include "sources/git/history.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "sources/comparison.h"
#include "sources/git/attribution.h"
#include "sources/git/changes.h"
#include "sources/git/handles.h"

namespace freshet::sources::git {
namespace {

constexpr std::size_t kMaxAuthors = 5;
constexpr std::size_t kMaxCommitsForAuthors = 1000;
constexpr std::size_t kMaxDepartures = 200'000;

class HistoryWalk {
 public:
  HistoryWalk(git_repository& repository, const HistoryQuestion& question)
      : repository_(repository), question_(question) {
    for (const auto& path : question.documents) tracked_.emplace(path, path);
    unresolved_ = tracked_.size();
  }

  Result<History> walk(const Interruption& interruption) {
    auto commit = open_commit(repository_, question_.target);
    while (commit && !answered()) {
      if (interruption.due()) return interrupted();
      if (question_.boundary &&
          git_oid_equal(git_commit_id(commit->get()), &*question_.boundary) != 0) {
        past_boundary_ = true;
        if (answered()) break;
      }
      auto parent = first_parent(**commit);
      if (!parent && git_commit_parentcount(commit->get()) > 0) break;  // History ends in a hole.
      read(**commit, parent ? parent->get() : nullptr);
      commit = std::move(parent);
    }
    return std::move(history_);
  }

 private:
  Result<Commit> first_parent(const git_commit& commit) {
    if (git_commit_parentcount(&commit) == 0) return Error{ErrorKind::NotFound, "no parent"};
    return open_commit(repository_, *git_commit_parent_id(&commit, 0));
  }

  bool answered() {
    if (!past_boundary_) return false;
    if (tracked_.empty()) return true;
    return unresolved_ == 0 && ++commits_for_authors_ > kMaxCommitsForAuthors;
  }

  void read(const git_commit& commit, const git_commit* parent) {
    auto tree = open_tree(repository_, *git_commit_tree_id(&commit));
    if (!tree) return;
    Tree before;
    if (parent != nullptr) {
      auto parent_tree = open_tree(repository_, *git_commit_tree_id(parent));
      if (!parent_tree) return;
      before = *std::move(parent_tree);
    }
    const auto changes = changes_between(repository_, before.get(), tree->get());
    if (!changes) return;
    const Attribution attribution(repository_, commit, *changes);
    if (!past_boundary_) note_departures(*changes, attribution);
    note_provenance(*changes, attribution);
  }

  void note_departures(const std::vector<PathChange>& changes, const Attribution& attribution) {
    for (const auto& change : changes) {
      const bool renamed = change.kind == PathChange::Kind::Renamed;
      if (!renamed && change.kind != PathChange::Kind::Deleted) continue;
      const auto& path = renamed ? change.old_path : change.path;
      if (question_.present.count(path) > 0 || !is_valid_utf8(path)) continue;
      if (history_.departures.size() == kMaxDepartures || !departed_.insert(path).second) continue;
      const auto& author = attribution.of(change);
      Departure departure{path, std::nullopt, author.revision, author.time, author.name};
      if (renamed && is_valid_utf8(change.path)) departure.moved_to = change.path;
      history_.departures.push_back(std::move(departure));
    }
  }

  void note_provenance(const std::vector<PathChange>& changes, const Attribution& attribution) {
    // Names may be swapped within one commit, so none is put back before all were taken out.
    std::vector<std::pair<std::string, std::string>> renamed;
    for (const auto& change : changes) {
      const auto found = tracked_.find(change.path);
      if (found == tracked_.end() || change.kind == PathChange::Kind::Deleted) continue;
      const std::string document = found->second;
      const bool same_content = git_oid_equal(&change.old_id, &change.new_id) != 0;
      const bool complete = !same_content && credit(document, attribution.of(change));
      const bool ends = complete || change.kind == PathChange::Kind::Added;
      const bool moves = change.kind == PathChange::Kind::Renamed;
      if (ends || moves) tracked_.erase(found);
      if (moves && !ends) renamed.emplace_back(change.old_path, document);
    }
    for (auto& [path, document] : renamed) tracked_.emplace(std::move(path), std::move(document));
  }

  /// True when nothing more is to be learned about the document.
  bool credit(const std::string& document, const CommitFacts& facts) {
    auto& provenance = history_.provenance[document];
    if (provenance.revision.empty()) {
      provenance.revision = facts.revision;
      provenance.updated_at = facts.time;
      --unresolved_;
    }
    auto& authors = provenance.authors;
    if (std::find(authors.begin(), authors.end(), facts.name) == authors.end()) {
      authors.push_back(facts.name);
    }
    return authors.size() == kMaxAuthors;
  }

  git_repository& repository_;
  const HistoryQuestion& question_;
  std::unordered_map<std::string, std::string>
      tracked_;  // Name at this point of history -> document.
  std::unordered_set<std::string> departed_;
  std::size_t unresolved_ = 0;
  std::size_t commits_for_authors_ = 0;
  bool past_boundary_ = false;
  History history_;
};

/// Steps back along first parents, remembering where it was.
class FirstParents {
 public:
  FirstParents(git_repository& repository, const git_oid& start)
      : repository_(repository), next_(start) {}

  /// The next commit's id, or nothing at the end.
  std::optional<std::string> step() {
    if (!next_) return std::nullopt;
    auto id = to_hex(*next_);
    const auto commit = open_commit(repository_, *next_);
    next_.reset();
    if (commit && git_commit_parentcount(commit->get()) > 0) {
      next_ = *git_commit_parent_id(commit->get(), 0);
    }
    seen_.insert(id);
    return id;
  }
  [[nodiscard]] bool has_seen(const std::string& id) const { return seen_.count(id) > 0; }

 private:
  git_repository& repository_;
  std::optional<git_oid> next_;
  std::unordered_set<std::string> seen_;
};

}  // namespace

Result<History> read_history(git_repository& repository, const HistoryQuestion& question,
                             const Interruption& interruption) {
  return HistoryWalk(repository, question).walk(interruption);
}

std::optional<git_oid> meeting_point(git_repository& repository, const git_oid& one,
                                     const git_oid& other) {
  FirstParents left(repository, one);
  FirstParents right(repository, other);
  // In step, so that a short way is found quickly even in a long history.
  for (;;) {
    const auto a = left.step();
    const auto b = right.step();
    if (!a && !b) return std::nullopt;
    for (const auto& id : {a, b}) {
      if (!id || !left.has_seen(*id) || !right.has_seen(*id)) continue;
      const auto parsed = parse_id(*id);
      if (parsed) return *parsed;
    }
  }
}

}  // namespace freshet::sources::git
