#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "pipeline/resolutions/rendition_cursor.h"
#include "sources/connector.h"

namespace freshet::pipeline {

/// What becomes of a source's threads.
struct RenditionPolicy {
  std::vector<std::string> source_principals{"public"};  ///< Who sees what is public there.
  std::vector<std::string> publish_to;  ///< Resolutions' readers; none: no resolutions.
  std::chrono::milliseconds settle{std::chrono::hours{72}};
  /// Threads under takedown, by external id: they get no siblings.
  std::set<std::string> taken_down{};
};

/// The document as the ledger holds it under an external id of the source.
using StoredDocuments =
    std::function<Result<std::optional<sources::Document>>(std::string_view external_id)>;

/// A connector whose threads come out as up to three documents (renditions.h): the thread under its
/// own id, `ID~internal`, and `ID~resolution` once it has settled. Everything else passes through.
///
/// A thread's own document keeps the connector's id and version, so the connector compares as it
/// always did; the siblings are hidden from the documents it is shown. Every upsert of a thread
/// brings its siblings up to date in the same batch, deleting those that no longer apply; a delete
/// takes them along, a move moves them. A thread that cannot be read is Unknown: what we have
/// stays.
///
/// A resolution needs time to settle but no change at the source: threads that wait stand in the
/// cursor with their time, and a fetch after that time makes the resolution from the stored thread.
/// A change of the policy goes over all stored threads before anything is fetched.
class RenditionConnector final : public sources::Connector {
 public:
  /// `clock` must outlive the connector.
  RenditionConnector(std::unique_ptr<sources::Connector> inner, RenditionPolicy policy,
                     StoredDocuments stored, const Clock& clock)
      : inner_(std::move(inner)),
        policy_(std::move(policy)),
        stored_(std::move(stored)),
        clock_(clock) {}

  Result<sources::Batch> fetch(const sources::FetchRequest& request) override;

 private:
  std::unique_ptr<sources::Connector> inner_;
  RenditionPolicy policy_;
  StoredDocuments stored_;
  const Clock& clock_;
};

}  // namespace freshet::pipeline
