#pragma once

#include <set>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "pipeline/resolutions/rendition_connector.h"
#include "sources/thread.h"

namespace freshet::pipeline {

/// One batch on its way from changes of threads to changes of their renditions.
class Expansion {
 public:
  /// All must outlive the expansion; `cursor` gets the threads whose resolutions have to wait.
  Expansion(const RenditionPolicy& policy, const sources::KnownDocuments& known, Instant now,
            RenditionCursor& cursor)
      : policy_(policy), known_(known), now_(now), cursor_(cursor) {}

  /// One change of the connector's.
  Result<Done> add(sources::Change change);
  /// What time or the settings change for a thread that the ledger holds and the connector did not
  /// mention: its resolution, and who sees what is public.
  Result<Done> add_stored(const sources::Document& document);

  [[nodiscard]] bool empty() const { return changes_.empty(); }
  std::vector<sources::Change> take() { return std::move(changes_); }

 private:
  Result<Done> add_thread(sources::Change change, const sources::Thread& thread);
  Result<Done> add_resolution(const sources::Change& own, const sources::Thread& view);
  Result<Done> put_sibling(const sources::Change& own, sources::Document document,
                           std::string_view suffix);
  Result<Done> withdraw(std::string_view id, std::string_view suffix, std::string_view evidence);
  Result<Done> withdraw_all(const sources::Change& own, std::string_view evidence);
  [[nodiscard]] bool is_taken_down(const sources::Change& own) const;
  Result<bool> exists(const std::string& id) const;

  const RenditionPolicy& policy_;
  const sources::KnownDocuments& known_;
  Instant now_;
  RenditionCursor& cursor_;
  std::vector<sources::Change> changes_;
  std::set<std::string, std::less<>> put_;  ///< Siblings that this batch already brings.
};

}  // namespace freshet::pipeline
