#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "index/passage.h"
#include "sources/connector.h"

namespace freshet::pipeline {

/// What the last publish made of a document's text; empty before its first publish.
struct ShownFields {
  std::string title;
  std::string language;
  std::string owner;  ///< Front matter's, else the source's.
};

/// One document as the ledger holds it. `document.body` is empty where it was not asked for, and
/// for tombstones.
struct DocumentRecord {
  std::string id;  ///< "source:external id".
  std::string source;
  sources::Document document;
  std::string content_hash;    ///< to_hex(hash128(body)).
  std::uint64_t sequence = 0;  ///< Of its latest change.
  bool deleted = false;
  Instant first_seen_at;
  Instant changed_at;                   ///< When we stored its latest change.
  std::vector<std::string> former_ids;  ///< Ascending.
  ShownFields shown;
};

struct StoreReport {
  std::uint64_t added = 0;
  std::uint64_t updated = 0;
  std::uint64_t unchanged = 0;
  std::uint64_t moved = 0;
  std::uint64_t deleted = 0;
  std::uint64_t unknown = 0;   ///< Could not be read; kept as they were.
  std::uint64_t withheld = 0;  ///< Under takedown.
  std::uint64_t last_sequence = 0;
};

/// A document id under which nothing lives any more: deleted at its source, moved away (evidence
/// "moved to PATH"), or taken down (evidence "taken down").
struct Tombstone {
  std::string id;
  std::string path;
  std::string evidence;
  std::optional<Instant> happened_at;  ///< At the source.
  Instant noticed_at;                  ///< By us.
};

/// Who may see a document.
struct Principals {
  std::vector<std::string> allow;
  std::vector<std::string> deny;
  bool operator==(const Principals&) const = default;
};

/// A document that moved. An index that covers one of the two changes, but not the other, has the
/// document twice or not at all.
struct MoveRecord {
  std::string from;
  std::uint64_t from_sequence = 0;  ///< Of what is at the old id now, a tombstone or another.
  std::string to;                   ///< Where the document is now.
  std::uint64_t to_sequence = 0;
};

/// What a source's settings say about those of its documents that do not say it themselves.
struct SourceDefaults {
  std::string owner;
  std::string language;
};

struct PassageRecord {
  std::size_t ordinal = 0;
  std::string text_hash;
  std::string heading_path;  ///< Joined by " > ".
  index::SourceRange range;
};

/// A reference from one document to something else, as written.
struct LinkRecord {
  std::string document_id;
  std::string path;    ///< Of the document.
  std::string target;  ///< As written: "../setup.md#install", "https://...".
  std::string text;
  std::string quote;  ///< The source line, cut at 200 bytes.
  std::size_t line = 0;
  std::string kind;  ///< "link", "image", "include".
};

/// An edge from a document, with the live document it leads to.
struct OutgoingRelation {
  sources::Relation relation;
  std::string document_id;  ///< Empty where it names no document that we hold.
  bool operator==(const OutgoingRelation&) const = default;
};

/// An edge from another live document.
struct IncomingRelation {
  std::string type;
  std::string document_id;
  bool operator==(const IncomingRelation&) const = default;
};

/// A link in the text to another document's address.
inline constexpr const char* kCites = "cites";

struct Relations {
  std::vector<OutgoingRelation> outgoing;  ///< As its source has them, then what it cites.
  std::vector<IncomingRelation> incoming;  ///< By document id, then type.
};

struct AnchorRecord {
  std::string document_id;
  std::string anchor;
};

/// What extraction and splitting made of one document.
struct DerivedDocument {
  std::string document_id;
  std::string title;
  std::string language;
  std::string owner;  ///< Front matter's, else the source's.
  std::vector<PassageRecord> passages;
  std::vector<LinkRecord> links;
  std::vector<std::string> anchors;
};

struct Takedown {
  std::string id;
  std::string reason;
  Instant at;
};

enum class RunStatus { Running, Succeeded, CompletedWithErrors, Failed, Interrupted };

struct RunOutcome {
  RunStatus status = RunStatus::Succeeded;
  std::string message;                         ///< One sentence of cause, empty on success.
  std::vector<std::string> errors;             ///< One line per failed item, at most 1,000 kept.
  std::map<std::string, std::int64_t> counts;  ///< added, updated, deleted, passages_encoded ...
};

struct RunRecord {
  std::int64_t id = 0;
  std::string job;
  std::string source;
  Instant started_at;
  std::optional<Instant> finished_at;
  RunOutcome outcome;
};

}  // namespace freshet::pipeline
