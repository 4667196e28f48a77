#pragma once

#include <map>
#include <string>
#include <vector>

#include "sources/connector.h"

namespace freshet::sources::testing {

/// The ledger as a connector sees it, kept in memory: documents by external id, and the cursor.
class MemoryLedger final : public KnownDocuments {
 public:
  [[nodiscard]] Result<std::optional<std::string>> version_of(
      std::string_view external_id) const override {
    const auto found = documents.find(std::string(external_id));
    if (found == documents.end()) return std::optional<std::string>();
    return std::optional(found->second.version);
  }
  [[nodiscard]] Result<std::vector<KnownDocument>> after(std::string_view after,
                                                         std::size_t limit) const override {
    std::vector<KnownDocument> page;
    for (auto it = documents.upper_bound(std::string(after));
         it != documents.end() && page.size() < limit; ++it) {
      page.push_back({it->first, it->second.version});
    }
    return page;
  }

  /// What pull does with a batch, as far as connectors can tell.
  void store(const Batch& batch) {
    for (const auto& change : batch.changes) {
      if (change.kind == ChangeKind::Delete) documents.erase(change.external_id);
      if (change.kind != ChangeKind::Upsert) continue;
      if (change.moved_from) documents.erase(*change.moved_from);
      documents[change.external_id] = change.document;
    }
    for (const auto& departure : batch.departures) departures[departure.path] = departure;
    for (const auto& path : batch.returned) departures.erase(path);
    cursor = batch.next_cursor;
  }

  [[nodiscard]] std::map<std::string, std::string> bodies() const {
    std::map<std::string, std::string> result;
    for (const auto& [id, document] : documents) result[id] = document.body;
    return result;
  }

  std::map<std::string, Document> documents;
  std::map<std::string, Departure> departures;
  std::string cursor;
};

}  // namespace freshet::sources::testing
