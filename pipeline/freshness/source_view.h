#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "pipeline/ledger/ledger.h"

namespace freshet::pipeline {

/// A live document, without its text.
struct LiveDocument {
  std::string id;
  std::string path;
  std::string owner;
  std::string content_hash;
  std::uint64_t sequence = 0;
  Instant changed_at;
};

/// A path that existed and does no longer.
struct Gone {
  std::optional<std::string> moved_to;
  std::string commit;  ///< Empty where the source has none.
  std::optional<Instant> at;
  std::string evidence;  ///< Where there is no commit: why we say so.
};

/// Where a path that is gone ended up, after all moves.
struct Fate {
  std::string path;  ///< The last known path; the one asked for where it was deleted in place.
  bool exists = false;
  std::string fact;              ///< "a.md was moved to b.md in 1a2b3c4d on 2026-03-04".
  std::string commit;            ///< Of the move, or of the deletion at the end.
  std::optional<Instant> since;  ///< When the path asked for was left.
};

/// What exists in one source now and what left it: live documents, departures (any file, from the
/// source's history), and deletions and moves that the ledger saw itself. A path that exists again
/// has not left. Immutable.
class SourceView {
 public:
  static Result<SourceView> load(const Ledger& ledger, const std::string& source);

  [[nodiscard]] const std::string& name() const { return name_; }
  /// In ascending id.
  [[nodiscard]] const std::vector<LiveDocument>& documents() const { return documents_; }
  [[nodiscard]] const LiveDocument* document(std::string_view id) const;
  [[nodiscard]] bool is_live(const std::string& path) const { return live_.count(path) > 0; }
  [[nodiscard]] bool is_gone(const std::string& path) const { return gone_.count(path) > 0; }
  [[nodiscard]] bool is_live_directory(const std::string& path) const {
    return directories_.count(path) > 0;
  }
  /// Paths, live or gone, that a site may serve at this extension-less address: "a/b" for a/b.md,
  /// a/b/index.md, a/b/README.md. Ascending; pages before index pages.
  [[nodiscard]] const std::vector<std::string>& at_address(const std::string& address) const;
  /// Public address that every document's path is appended to, where the documents' own addresses
  /// show one; empty otherwise.
  [[nodiscard]] const std::string& site_address() const { return site_address_; }
  /// The path must be gone.
  [[nodiscard]] Fate fate_of(const std::string& path) const;

 private:
  Result<Done> read_documents(const Ledger& ledger);
  Result<Done> read_departures(const Ledger& ledger);
  Result<Done> read_tombstones(const Ledger& ledger);
  void add_live(const DocumentRecord& record);
  void add_gone(const std::string& path, Gone gone);
  void index_addresses();

  std::string name_;
  std::vector<LiveDocument> documents_;
  std::unordered_set<std::string> live_;
  std::unordered_set<std::string> directories_;
  std::map<std::string, Gone, std::less<>> gone_;
  std::unordered_map<std::string, std::vector<std::string>> by_address_;
  std::map<std::string, std::size_t> address_votes_;
  std::string site_address_;
};

/// "2026-03-04".
std::string date_of(Instant instant);

}  // namespace freshet::pipeline
