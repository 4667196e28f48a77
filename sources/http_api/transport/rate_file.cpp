#include "sources/http_api/transport/rate_file.h"

#include <optional>

#include <nlohmann/json.hpp>

namespace freshet::sources::http_api {
namespace {

std::optional<Instant> time_in(const Json& object, std::string_view key) {
  const auto time = parse_rfc3339(json_string(object, key).value_or(""));
  return time ? std::optional(*time) : std::nullopt;
}

std::string rounded_up(Instant instant) {
  return to_rfc3339(std::chrono::ceil<std::chrono::seconds>(instant));
}

}  // namespace

RateMemory RateFile::load(Instant now) const {
  const auto loaded = file_.load();
  if (!loaded || !*loaded) return {};
  const Json& json = **loaded;
  const auto written = time_in(json, "written");
  const auto paused_until = time_in(json, "paused_until");
  const Json* limits = json_member(json, "limits");
  if (!written || *written > now || !paused_until || limits == nullptr || !limits->is_array())
    return {};
  RateMemory memory{*paused_until, {}};
  for (const Json& limit : *limits) {
    const auto match = json_string(limit, "match");
    const auto per = json_integer(limit, "per_ms");
    const auto full = time_in(limit, "full");
    if (!match || !per || !full) return {};
    memory.spent.push_back({*match, std::chrono::milliseconds(*per), *full});
  }
  return memory;
}

Result<Done> RateFile::save(const RateMemory& memory, Instant now) const {
  Json limits = Json::array();
  for (const RateMemory::Spent& spent : memory.spent) {
    limits.push_back(Json{
        {"match", spent.match}, {"per_ms", spent.per.count()}, {"full", rounded_up(spent.full)}});
  }
  return file_.save(Json{{"written", to_rfc3339(now)},
                         {"paused_until", rounded_up(memory.paused_until)},
                         {"limits", limits}});
}

}  // namespace freshet::sources::http_api
