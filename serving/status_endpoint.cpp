#include <array>

#include <nlohmann/json.hpp>

#include "base/json.h"
#include "serving/endpoints.h"
#include "serving/wire/search_response.h"

namespace freshet::serving {

namespace {

using pipeline::Ledger;
using pipeline::RunRecord;

constexpr std::size_t kShownRuns = 20;
constexpr std::array<std::string_view, 5> kRunStatusNames{
    "running", "succeeded", "completed_with_errors", "failed", "interrupted"};

Response json_response(const Json& json) {
  return {200, "application/json", dump_json(json), {}};
}

Json index_json(const Call& call) {
  const auto snapshot = call.backend.newest_snapshot();
  if (!snapshot) return {{"ready", false}, {"problem", snapshot.error().message}};
  const auto& summary = (*snapshot)->summary();
  Json json = {{"ready", true}};
  json.update(generation_json(summary.number, summary.published_at, call.backend.clock.now()));
  json["ledger_sequence"] = summary.ledger_sequence;
  json["documents"] = summary.documents;
  json["live_passages"] = summary.live_passages;
  json["dead_passages"] = summary.dead_passages;
  json["segments"] = summary.segments;
  json["encoder_id"] = summary.identity.encoder_id;
  json["problem"] = text_or_null(call.backend.snapshot_problem());
  return json;
}

Json run_json(const RunRecord& run) {
  const Json finished = run.finished_at ? Json(to_rfc3339(*run.finished_at)) : Json(nullptr);
  return {{"id", run.id},
          {"job", run.job},
          {"source", text_or_null(run.source)},
          {"status", kRunStatusNames[static_cast<std::size_t>(run.outcome.status)]},
          {"started_at", to_rfc3339(run.started_at)},
          {"finished_at", finished},
          {"message", text_or_null(run.outcome.message)},
          {"error_count", run.outcome.errors.size()},
          {"counts", run.outcome.counts}};
}

Result<Json> sources_json(const Ledger& ledger) {
  FRESHET_TRY(const auto names, ledger.sources());
  Json list = Json::array();
  for (const auto& name : names) {
    FRESHET_TRY(const auto count, ledger.live_count(name));
    list.push_back({{"name", name}, {"documents", count}});
  }
  return list;
}

Result<Json> read_ledger(const Ledger& ledger) {
  FRESHET_TRY(const auto sequence, ledger.last_sequence());
  FRESHET_TRY(auto sources, sources_json(ledger));
  FRESHET_TRY(const auto runs, ledger.runs(kShownRuns));
  Json json = {{"available", true}, {"last_sequence", sequence}, {"sources", std::move(sources)}};
  json["runs"] = Json::array();
  for (const auto& run : runs) json["runs"].push_back(run_json(run));
  return json;
}

Json ledger_json(const Call& call) {
  auto json = call.ledgers.with<Json>(read_ledger);
  if (json) return *std::move(json);
  return {{"available", false}, {"problem", json.error().message}};
}

}  // namespace

Reply show_status(const Call& call) {
  return json_response({{"request_id", call.request_id},
                        {"now", to_rfc3339(call.backend.clock.now())},
                        {"index", index_json(call)},
                        {"encoder", call.backend.encoder_description},
                        {"ledger", ledger_json(call)}});
}

Reply show_health(const Call& /*call*/) {
  return json_response({{"status", "ok"}});
}

Reply show_readiness(const Call& call) {
  const auto snapshot = call.backend.newest_snapshot();
  if (!snapshot) return to_problem(snapshot.error());
  return json_response({{"status", "ready"}, {"generation", (*snapshot)->summary().number}});
}

}  // namespace freshet::serving
