#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "index/segments/snapshot.h"
#include "pipeline/freshness/finding.h"
#include "pipeline/freshness/source_view.h"
#include "pipeline/ledger/ledger.h"

namespace freshet::pipeline {

/// A link whose target left the source.
struct DeadLink {
  LinkRecord link;
  std::string target;  ///< The path that left.
  Fate fate;
  std::size_t ordinal = 0;  ///< Among equal links of one page, in the order of lines.
};

/// A document as the live generation serves it.
struct ServedDocument {
  std::string path;
  std::string content_hash;
  std::string owner;
};

/// What all detectors look at: one source as it is, as it is served, and its links.
struct Inspection {
  SourceView view;
  bool published = false;
  std::uint64_t covered_sequence = 0;            ///< Of the live generation.
  std::map<std::string, ServedDocument> served;  ///< By document id.
  std::vector<DeadLink> dead_links;              ///< By document id, then line.
  std::size_t links_checked = 0;                 ///< Links within the source.
  std::size_t links_unknown = 0;                 ///< ... that mean nothing we know.
};

/// `snapshot` may be null.
Result<Inspection> inspect(const Ledger& ledger, const index::Snapshot* snapshot,
                           const std::string& source);

/// Who answers for a document: what its text says, else what the source says.
std::string owner_of(const Inspection& inspection, const LiveDocument& document);

/// Stable over unrelated line shifts: says nothing about lines or quotes.
std::string fingerprint(std::string_view rule, std::string_view document_id,
                        std::string_view target, std::string_view locus);

}  // namespace freshet::pipeline
