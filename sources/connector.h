#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/interruption.h"
#include "base/result.h"

namespace freshet::sources {

/// Where a document stands in its source's history. Empty members mean that the source does not
/// say.
struct Provenance {
  std::string revision;  ///< The last commit (or edit id) that changed the text substantively.
  std::optional<Instant> updated_at;  ///< When that was.
  std::vector<std::string> authors;   ///< "Name <mail>", latest first, at most 5.
  std::string owner;  ///< From CODEOWNERS; front matter is read by extraction and wins.
};

/// A typed edge from a document to a person, organisation, product, ticket, article ...
struct Relation {
  std::string type;  ///< "requester", "organization", "duplicate_of" ...
  std::string kind;  ///< Of the far end: "person", "org", "ticket" ...
  std::string id;    ///< Of the far end, as its source knows it.
  bool operator==(const Relation&) const = default;
};

/// One article, page, ticket, thread or file, as its source holds it.
struct Document {
  std::string external_id;  ///< Unique in its source; for files the "/"-separated relative path.
  std::string version;  ///< Changes whenever anything here does; opaque to all but the connector.
  std::string path;     ///< For people and reports; for files equal to external_id.
  std::string media_type;  ///< "text/markdown" ...; empty means: decide by name and content.
  std::string title;       ///< Where the source has one beside the body; usually empty for files.
  std::string url;         ///< Public address; empty where there is none.
  std::string body;        ///< Raw bytes, any encoding.
  Provenance provenance;
  std::vector<std::string> allow;  ///< Principals that may see it; empty means hidden (promise 7).
  std::vector<std::string> deny;
  std::map<std::string, std::string> metadata;  ///< Facets to filter by: product, kind, locale ...
  std::vector<Relation> relations;
};

/// Evidence of a Delete that says nothing about the source: the document may still be there.
inline constexpr std::string_view kNoLongerSelected =
    "no longer selected by include, exclude or file type";

enum class ChangeKind {
  Upsert,   ///< `document` is new or changed; with `moved_from` it is the same document under a new
            ///< id.
  Delete,   ///< The source says, or a complete enumeration shows, that it is gone.
  Unknown,  ///< It exists but could not be read; keep what we have, for those who may see it still.
};

/// An upsert or delete of one document. Safe to apply twice.
struct Change {
  ChangeKind kind = ChangeKind::Upsert;
  std::string external_id;
  Document document;  ///< Upsert. Unknown: `allow` and `deny` alone, who may see it at most; where
                      ///< the source does not say, nobody (promise 7).
  std::optional<std::string> moved_from;  ///< Upsert only: the former external id.
  std::string evidence;  ///< Delete: why we say so ("deleted in 1a2b3c4d", "absent from a complete
                         ///< listing"). Unknown: what failed.
  std::optional<Instant> happened_at;  ///< Delete: when, where the source knows.
  /// Delete: certain whatever else of the batch is in doubt: the source says so itself, or a
  /// complete listing of the part that it belongs to lacks it.
  bool proven = false;
  /// A further rendition of another document (pipeline/resolutions): it comes and goes with that
  /// one, in any batch, and the delete guard does not count it.
  bool sibling = false;
};

/// A path that left the source (or moved within it), document or not: what broken-link findings
/// cite.
struct Departure {
  std::string path;
  std::optional<std::string> moved_to;
  std::string revision;  ///< Commit that removed or renamed it.
  Instant happened_at;
  std::string author;
};

/// What a connector passed over on purpose, by reason ("submodule", "lfs_pointer", "special_file",
/// "not_utf8_name", "too_large", "symlink_loop", "attachments_too_large"), counted.
using SkippedCounts = std::map<std::string, std::uint64_t>;

/// The answer to one fetch.
struct Batch {
  std::vector<Change> changes;  ///< Deletes come only in the last batch, so that the delete guard
                                ///< sees them together.
  std::string next_cursor;      ///< Where to go on; enters the ledger together with `changes`.
  bool more = false;            ///< Fetch again at once.
  bool complete =
      false;  ///< Last batch only: the whole source was enumerated, nothing was in doubt.
  std::vector<Departure>
      departures;  ///< Newest state per path; replaces what was known of that path.
  std::vector<std::string> returned;  ///< Paths that exist again: forget their departures.
  std::vector<std::string>
      problems;  ///< One line for people per thing that could not be read; where it left the
                 ///< enumeration in doubt, the batch is not complete.
  SkippedCounts skipped;
  std::uint64_t live_siblings = 0;  ///< How many of the source's live documents are siblings; told
                                    ///< where the batch deletes something.
};

/// What the ledger holds of a source: the connector compares against it instead of keeping state.
struct KnownDocument {
  std::string external_id;
  std::string version;
};

class KnownDocuments {
 public:
  virtual ~KnownDocuments() = default;
  /// The version of a live document, or nothing where there is none of this id.
  [[nodiscard]] virtual Result<std::optional<std::string>> version_of(
      std::string_view external_id) const = 0;
  /// Up to `limit` live documents with an external id greater than `after`, in byte order of the
  /// id.
  [[nodiscard]] virtual Result<std::vector<KnownDocument>> after(std::string_view after,
                                                                 std::size_t limit) const = 0;
};

enum class FetchMode {
  Incremental,  ///< Trust the cursor.
  Full,         ///< Look at everything again, re-reading even what seems unchanged (`--full`).
};

struct FetchRequest {
  std::string_view
      cursor;  ///< Empty on the very first fetch. Any cursor ever returned must be accepted.
  const KnownDocuments& known;
  const Interruption& interruption;
  FetchMode mode = FetchMode::Incremental;
  std::size_t max_documents = 200;
  std::size_t max_bytes = std::size_t{32} << 20;
};

/// Reads one source, a little at a time. Holds no state that a later fetch depends on: everything
/// is in the cursor and the known documents, so a fetch may be repeated after a crash. One thread
/// owns it.
///
/// When nothing changed, a fetch returns no change and the cursor it was given, so that pull can
/// skip the transaction. When interrupted, it returns what it has with the cursor that covers
/// exactly that (more = true), or ErrorKind::Interrupted when it has nothing.
class Connector {
 public:
  virtual ~Connector() = default;
  virtual Result<Batch> fetch(const FetchRequest& request) = 0;
};

}  // namespace freshet::sources
