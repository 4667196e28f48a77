#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "sources/http_api/http_api_connector.h"
#include "sources/thread.h"
#include "tests/sources/support/memory_ledger.h"
#include "tests/sources/support/syncing.h"
#include "tests/support/recording_waiter.h"

namespace freshet::sources::http_api {

inline constexpr std::string_view kDeskManifest = R"yaml(
manifest: 1
id: desk
config: {token: {type: secret}}
base: https://desk.example/api
hosts: [files.example, '*.cdn.example.net']
auth: {type: bearer, token: '${config.token}'}
on: [{status: 410, do: accept}]
streams:
  tickets:
    get: /tickets
    records: .tickets[]
    key: .id
    cursor: {type: full}
    map:
      kind: {const: ticket}
      title: .id
      files: .files[]?
      visibility: [{when: .open == true, level: public}]
      messages:
        each: .comments[]?
        id: .id
        body: {text: .text}
        files: .files[]?
        visibility: [{when: .public == true, level: inherit}, {level: private}]
)yaml";

/// What a desk answers: its one listing, and files by address.
class AttachmentsTest : public ::testing::Test {
 protected:
  AttachmentsTest() {
    settings_.name = "desk";
    config::HttpApiSettings api;
    api.manifest = "desk";
    api.config["token"].secret = config::Secret("s3cret");
    api.attachments.download = true;
    api.attachments.max_bytes = 100;
    api.attachments.max_total_bytes = 250;
    settings_.kind = api;
  }

  config::AttachmentSettings& options() {
    return std::get<config::HttpApiSettings>(settings_.kind).attachments;
  }

  /// Hangs a file under the ticket's one comment.
  void attach(const std::string& name, const std::string& url, std::size_t size = 0,
              const std::string& type = "") {
    files_.push_back({{"id", name}, {"name", name}, {"type", type}, {"size", size}, {"url", url}});
  }

  Result<http::Response> answer(const http::Request& request) {
    requests_.push_back(request);
    if (request.url == "https://desk.example/api/tickets") {
      const Json comment{
          {"id", "1"}, {"text", "See the file."}, {"public", public_}, {"files", files_}};
      Json tickets = Json::array(
          {{{"id", "7"}, {"open", true}, {"files", own_files_}, {"comments", {comment}}}});
      tickets.insert(tickets.end(), more_tickets_.begin(), more_tickets_.end());
      return http::Response{200, {}, dump_json({{"tickets", tickets}})};
    }
    const auto found = answers_.find(request.url);
    if (found == answers_.end()) return http::Response{404, {}, "{}"};
    return found->second;
  }

  Result<std::unique_ptr<Connector>> connect() {
    FRESHET_TRY(auto compiled, parse_manifest(kDeskManifest, "desk"));
    return create_from_manifest(
        settings_, std::move(compiled),
        Services{clock_, waiter_, [this](const http::Request& request, const Interruption&) {
                   return answer(request);
                 }});
  }
  Result<std::vector<Batch>> sync(const sources::testing::SyncOptions& options = {}) {
    FRESHET_TRY(const auto connector, connect());
    return sources::testing::sync(*connector, ledger_, options);
  }

  Thread thread(const std::string& id = "tickets/7") {
    auto read = parse_thread(ledger_.documents.at(id).body);
    EXPECT_TRUE(read.has_value());
    return read ? *read : Thread{};
  }
  std::vector<std::string> texts() {
    std::vector<std::string> found;
    const Thread whole = thread();
    for (const Attachment& file : whole.messages.at(0).attachments) found.push_back(file.text);
    return found;
  }
  /// Requests but for the listing.
  [[nodiscard]] std::vector<std::string> asked() const {
    std::vector<std::string> found;
    for (const http::Request& request : requests_) {
      if (request.url != "https://desk.example/api/tickets") found.push_back(request.url);
    }
    return found;
  }
  static http::Response file(std::string body) { return {200, {}, std::move(body)}; }

  freshet::testing::ManualClock clock_;
  freshet::testing::RecordingWaiter waiter_{clock_};
  sources::testing::MemoryLedger ledger_;
  config::SourceSettings settings_;
  Json files_ = Json::array();
  Json own_files_ = Json::array();
  Json more_tickets_ = Json::array();
  bool public_ = true;
  std::map<std::string, Result<http::Response>> answers_;
  std::vector<http::Request> requests_;
};

}  // namespace freshet::sources::http_api
