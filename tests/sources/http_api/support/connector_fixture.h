#pragma once

#include <gtest/gtest.h>

#include "sources/http_api/http_api_connector.h"
#include "tests/sources/http_api/support/article_api.h"
#include "tests/sources/support/memory_ledger.h"
#include "tests/sources/support/syncing.h"
#include "tests/support/recording_waiter.h"

namespace freshet::sources::http_api::testing {

using freshet::testing::ManualClock;
using freshet::testing::RecordingWaiter;
using sources::testing::MemoryLedger;

/// A connector of the help center of ArticleApi, and the ledger it is synced into.
class HttpApiConnectorTest : public ::testing::Test {
 protected:
  HttpApiConnectorTest() {
    settings_.name = "helpdesk";
    config::HttpApiSettings api;
    api.manifest = "helpdesk";
    api.config["token"].secret = config::Secret("s3cret");
    settings_.kind = api;
  }

  Result<std::unique_ptr<Connector>> connect(const std::string& manifest = ArticleApi::manifest()) {
    FRESHET_TRY(auto compiled, parse_manifest(manifest, "helpdesk"));
    return create_from_manifest(
        settings_, std::move(compiled),
        Services{clock_, waiter_, [this](const http::Request& request, const Interruption&) {
                   return api_.send(request);
                 }});
  }
  Result<std::vector<Batch>> sync(const sources::testing::SyncOptions& options = {}) {
    FRESHET_TRY(const auto connector, connect(manifest_));
    return sources::testing::sync(*connector, ledger_, options);
  }
  [[nodiscard]] std::vector<std::string> ids() const {
    std::vector<std::string> ids;
    for (const auto& [id, document] : ledger_.documents) ids.push_back(id);
    return ids;
  }
  void write_five() {
    for (const char* id : {"a", "b", "c", "d", "e"})
      api_.write(id, "<p>text of " + std::string(id) + "</p>");
    clock_.advance(std::chrono::hours(1));
  }
  config::HttpApiSettings& api_settings() {
    return std::get<config::HttpApiSettings>(settings_.kind);
  }

  ManualClock clock_;
  RecordingWaiter waiter_{clock_};
  ArticleApi api_{clock_};
  MemoryLedger ledger_;
  config::SourceSettings settings_;
  std::string manifest_ = ArticleApi::manifest();
};

}  // namespace freshet::sources::http_api::testing
