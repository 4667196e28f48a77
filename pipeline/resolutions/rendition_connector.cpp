#include "pipeline/resolutions/rendition_connector.h"

#include <algorithm>
#include <utility>

#include "pipeline/resolutions/expansion.h"
#include "pipeline/resolutions/renditions.h"

namespace freshet::pipeline {

using sources::Batch;
using sources::Change;
using sources::ChangeKind;
using sources::FetchRequest;
using sources::KnownDocument;
using sources::KnownDocuments;

namespace {

/// What the connector may compare with: its own documents.
class OwnDocuments final : public KnownDocuments {
 public:
  explicit OwnDocuments(const KnownDocuments& all) : all_(all) {}

  [[nodiscard]] Result<std::optional<std::string>> version_of(
      std::string_view external_id) const override {
    return all_.version_of(external_id);
  }

  [[nodiscard]] Result<std::vector<KnownDocument>> after(std::string_view after,
                                                         std::size_t limit) const override {
    std::vector<KnownDocument> own;
    std::string last(after);
    while (own.size() < limit) {
      FRESHET_TRY(auto page, all_.after(last, limit - own.size()));
      if (page.empty()) break;
      last = page.back().external_id;
      std::erase_if(page, is_sibling);
      std::move(page.begin(), page.end(), std::back_inserter(own));
    }
    return own;
  }

 private:
  const KnownDocuments& all_;
};

Result<std::uint64_t> count_siblings(const KnownDocuments& known) {
  constexpr std::size_t kPage = 1000;
  std::uint64_t count = 0;
  for (std::string after;;) {
    FRESHET_TRY(const auto page, known.after(after, kPage));
    if (page.empty()) return count;
    count += static_cast<std::uint64_t>(std::count_if(page.begin(), page.end(), is_sibling));
    after = page.back().external_id;
  }
}

bool deletes_something(const Batch& batch) {
  return std::any_of(batch.changes.begin(), batch.changes.end(), [](const Change& change) {
    return change.kind == ChangeKind::Delete && !change.sibling;
  });
}

/// Empty for the default, so that cursors stay as the connector wrote them.
std::string policy_text(const RenditionPolicy& policy) {
  std::string text;
  if (policy.source_principals != RenditionPolicy().source_principals) {
    text = "public is";
    for (const std::string& principal : policy.source_principals) text += " " + principal;
  }
  if (policy.publish_to.empty()) return text;
  text += " resolutions after " + std::to_string(policy.settle.count()) + "ms for";
  for (const std::string& principal : policy.publish_to) text += " " + principal;
  return text;
}

/// One fetch.
class Fetch {
 public:
  Fetch(const FetchRequest& request, const RenditionPolicy& policy, const StoredDocuments& stored,
        Instant now)
      : request_(request),
        stored_(stored),
        now_(now),
        cursor_(read_cursor(request.cursor)),
        expansion_(policy, request.known, now, cursor_),
        own_(request.known) {
    const std::string wanted = policy_text(policy);
    if (cursor_.policy == wanted) return;
    cursor_.policy = wanted;
    cursor_.due.clear();
    cursor_.walk = "";
  }

  Result<Batch> run(sources::Connector& connector) {
    FRESHET_CHECK(cursor_.walk ? walk() : settle());
    if (cursor_.walk || !expansion_.empty()) return own_batch();
    return pass_on(connector);
  }

 private:
  /// The next stored threads after a change of settings.
  Result<Done> walk() {
    FRESHET_TRY(const auto page, own_.after(*cursor_.walk, request_.max_documents));
    for (const KnownDocument& document : page) FRESHET_CHECK(add_stored(document.external_id));
    if (page.size() < request_.max_documents) {
      cursor_.walk.reset();
    } else {
      cursor_.walk = page.back().external_id;
    }
    return Done{};
  }

  /// The resolutions whose time has come.
  Result<Done> settle() {
    std::vector<std::string> ids;
    for (const auto& [id, at] : cursor_.due) {
      if (at <= now_ && ids.size() < request_.max_documents) ids.push_back(id);
    }
    for (const std::string& id : ids) {
      cursor_.due.erase(id);
      FRESHET_CHECK(add_stored(id));
    }
    return Done{};
  }

  Result<Done> add_stored(const std::string& id) {
    FRESHET_TRY(const auto document, stored_(id));
    return document ? expansion_.add_stored(*document) : Done{};
  }

  Batch own_batch() {
    Batch batch;
    batch.changes = expansion_.take();
    batch.next_cursor = write_cursor(cursor_);
    batch.more = true;
    return batch;
  }

  Result<Batch> pass_on(sources::Connector& connector) {
    const std::string inner = cursor_.inner;
    FRESHET_TRY(Batch batch, connector.fetch({inner, own_, request_.interruption, request_.mode,
                                              request_.max_documents, request_.max_bytes}));
    for (Change& change : batch.changes) FRESHET_CHECK(expansion_.add(std::move(change)));
    batch.changes = expansion_.take();
    if (deletes_something(batch)) {
      FRESHET_TRY(batch.live_siblings, count_siblings(request_.known));
    }
    cursor_.inner = std::move(batch.next_cursor);
    batch.next_cursor = write_cursor(cursor_);
    return batch;
  }

  const FetchRequest& request_;
  const StoredDocuments& stored_;
  Instant now_;
  RenditionCursor cursor_;
  Expansion expansion_;
  OwnDocuments own_;
};

}  // namespace

Result<Batch> RenditionConnector::fetch(const FetchRequest& request) {
  return Fetch(request, policy_, stored_, clock_.now()).run(*inner_);
}

}  // namespace freshet::pipeline
