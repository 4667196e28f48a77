#include "jobs/sync_record.h"

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/json.h"

namespace freshet::jobs {

namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 20;

std::filesystem::path file_in(const std::filesystem::path& data_dir) {
  return data_dir / "schedule.json";
}

std::optional<Instant> instant_in(const Json& object, std::string_view key) {
  const auto text = json_string(object, key);
  if (!text) return std::nullopt;
  const auto instant = parse_rfc3339(*text);
  return instant ? std::optional(*instant) : std::nullopt;
}

Json to_json(const SourceRecord& source) {
  Json json = Json::object();
  if (source.synced_at) json["synced_at"] = to_rfc3339(*source.synced_at);
  if (source.failed_at) json["failed_at"] = to_rfc3339(*source.failed_at);
  if (source.failures > 0) json["failures"] = source.failures;
  return json;
}

}  // namespace

SyncRecord read_sync_record(const std::filesystem::path& data_dir) {
  SyncRecord record;
  const auto text = read_file(file_in(data_dir), kMostBytes);
  const auto json = parse_json(text ? *text : std::string());
  if (!json) return record;
  record.installation = json_string(*json, "installation").value_or("");
  const Json* sources = json_member(*json, "sources");
  if (sources == nullptr || !sources->is_object()) return record;
  for (const auto& [name, source] : sources->items()) {
    record.sources[name] = {.synced_at = instant_in(source, "synced_at"),
                            .failed_at = instant_in(source, "failed_at"),
                            .failures = json_integer(source, "failures").value_or(0)};
  }
  return record;
}

Result<Done> write_sync_record(const std::filesystem::path& data_dir, const SyncRecord& record) {
  Json sources = Json::object();
  for (const auto& [name, source] : record.sources) sources[name] = to_json(source);
  const Json json{{"schema", 1}, {"installation", record.installation}, {"sources", sources}};
  return write_file_atomically(file_in(data_dir), dump_json_pretty(json) + "\n");
}

}  // namespace freshet::jobs
