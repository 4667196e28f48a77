#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "base/json.h"
#include "serving/endpoints.h"
#include "serving/wire/passage_json.h"
#include "serving/wire/search_response.h"

namespace freshet::serving {

namespace {

using index::Snapshot;
using index::StoredDocument;
using pipeline::DocumentRecord;
using pipeline::Ledger;

constexpr std::string_view kPublic = "public";

Problem absent() {
  return {ProblemCode::NotFound, "no such document, or it may not be shown", {}};
}

bool contains(const std::vector<std::string>& principals, std::string_view principal) {
  return std::find(principals.begin(), principals.end(), principal) != principals.end();
}

bool may_be_shown(const index::DocumentFields& fields) {
  return contains(fields.allow, kPublic) && !contains(fields.deny, kPublic);
}

/// What the ledger knows by now: newer than the index, and the only one who knows of a fresh
/// takedown.
Result<std::optional<DocumentRecord>> ledger_record(const Call& call) {
  return call.ledgers.with<std::optional<DocumentRecord>>(
      [&](const Ledger& ledger) { return ledger.document(call.argument); });
}

Json freshness_json(const Result<std::optional<DocumentRecord>>& record) {
  if (!record || !*record) return nullptr;
  return {{"first_seen_at", to_rfc3339((*record)->first_seen_at)},
          {"changed_at", to_rfc3339((*record)->changed_at)}};
}

Result<Json> passages_json(const Snapshot& snapshot, const StoredDocument& document) {
  Json list = Json::array();
  for (std::size_t i = 0; i < document.count; ++i) {
    const auto number = document.first + static_cast<index::PassageNumber>(i);
    FRESHET_TRY(const auto stored, snapshot.passage(number));
    Json passage = {{"id", document.fields.id + "#" + std::to_string(stored.passage.ordinal)}};
    passage.update(passage_json(stored.passage));
    list.push_back(std::move(passage));
  }
  return list;
}

/// Weak, because request_id and the generation's age differ between two responses with equal
/// content.
std::string entity_tag(const Json& content) {
  return "W/\"" + to_hex(hash128(dump_json(content))) + "\"";
}

/// RFC 9110, 13.1.2: "*" or a list of tags, of which the part in quotation marks counts.
bool matches(std::string_view if_none_match, std::string_view tag) {
  return if_none_match == "*" || if_none_match.find(tag.substr(2)) != std::string_view::npos;
}

Reply document_response(const Call& call, const Snapshot& snapshot, const StoredDocument& document,
                        const Json& freshness) {
  auto passages = passages_json(snapshot, document);
  if (!passages) return to_problem(passages.error());
  Json content = document_json(document.fields);
  content["freshness"] = freshness;
  content["passages"] = *std::move(passages);
  const auto tag = entity_tag(content);
  const Headers headers{{"ETag", tag}, {"Cache-Control", "no-cache"}};
  const auto condition = header(call.request, "if-none-match");
  if (condition && matches(*condition, tag)) return Response{304, "application/json", "", headers};
  Json json = {{"request_id", call.request_id},
               {"index", generation_json(snapshot.summary().number, snapshot.summary().published_at,
                                         call.backend.clock.now())}};
  json.update(content);
  return Response{200, "application/json", dump_json(json), headers};
}

}  // namespace

Reply show_document(const Call& call) {
  const auto snapshot = call.backend.newest_snapshot();
  if (!snapshot) return to_problem(snapshot.error());
  const auto document = (*snapshot)->document(call.argument);
  if (!document) return to_problem(document.error());
  if (!*document || !may_be_shown((*document)->fields)) return absent();
  const auto record = ledger_record(call);
  if (record && *record && (*record)->deleted) return absent();
  return document_response(call, **snapshot, **document, freshness_json(record));
}

}  // namespace freshet::serving
