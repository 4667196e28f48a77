#include "sources/http_api/reading/tasks.h"

#include <algorithm>
#include <array>
#include <utility>

namespace freshet::sources::http_api {
namespace {

constexpr std::array<std::string_view, 6> kNames{"list",   "retry", "rescan",
                                                 "access", "feed",  "sweep"};

/// Whether a pass is due. One that was never made is not, on the run that reads everything anyway.
bool is_due(const StreamSpec& stream, TaskKind kind, std::chrono::milliseconds every,
            const State& state, Instant now) {
  const auto known = state.streams.find(stream.name);
  if (known == state.streams.end()) return false;
  const auto last = known->second.passes.find(pass_name(kind));
  return last == known->second.passes.end() || last->second + every <= now;
}

void add_due(std::vector<Task>& tasks, const StreamSpec& stream,
             const std::vector<std::string>& parts, const State& state, Instant now) {
  for (const auto& [kind, pass] :
       {std::pair{TaskKind::Rescan, &stream.rescan}, {TaskKind::Access, &stream.access}}) {
    if (!*pass || !is_due(stream, kind, (*pass)->every, state, now)) continue;
    for (const std::string& part : parts) tasks.push_back({&stream, kind, part});
  }
  if (stream.deleted_feed &&
      is_due(stream, TaskKind::Feed, stream.deleted_feed->every, state, now)) {
    tasks.push_back({&stream, TaskKind::Feed, ""});
  }
  if (stream.sweep && is_due(stream, TaskKind::Sweep, stream.sweep->every, state, now)) {
    tasks.push_back({&stream, TaskKind::Sweep, ""});
  }
}

Result<std::vector<std::string>> listed_parts(const SourceView& source,
                                              const PartitionSpec& partition) {
  std::vector<std::string> parts;
  for (const Template& item : partition.list) {
    FRESHET_TRY(const Value value, item.render(source.scope));
    if (const auto one = value.scalar()) parts.push_back(*one);
    for (std::size_t i = 0; value.is_array() && i < value.size(); ++i)
      parts.push_back(value.at(i).scalar().value_or(""));
  }
  return parts;
}

Result<std::vector<std::string>> looked_up_parts(const SourceView& source,
                                                 const PartitionSpec& partition) {
  std::vector<std::string> parts;
  const Value table = source.variables.lookup.get(partition.stream);
  for (const std::string& key : table.keys()) {
    FRESHET_TRY(const Value taken, partition.take ? partition.take->first(table.get(key))
                                                  : Result<Value>(Value::text(key)));
    if (const auto part = taken.scalar()) parts.push_back(*part);
  }
  return parts;
}

}  // namespace

std::string pass_name(TaskKind kind) {
  return std::string(kNames.at(static_cast<std::size_t>(kind)));
}

std::string Task::name() const {
  return pass_name(kind) + " " + stream->name + (part.empty() ? "" : " " + part);
}

Result<std::vector<std::string>> parts_of(const SourceView& source, const StreamSpec& stream) {
  if (!stream.partition) return std::vector<std::string>{""};
  FRESHET_TRY(auto parts, stream.partition->list.empty()
                              ? looked_up_parts(source, *stream.partition)
                              : listed_parts(source, *stream.partition));
  std::sort(parts.begin(), parts.end());
  parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
  return parts;
}

Result<std::vector<Task>> due_tasks(const SourceView& source, const State& state, Instant now) {
  std::vector<Task> tasks;
  for (const StreamSpec& stream : source.manifest.streams) {
    if (stream.lookup) continue;
    auto parts = parts_of(source, stream);
    if (!parts) return while_doing("list the parts of " + stream.name, std::move(parts).error());
    for (const std::string& part : *parts) {
      // First, so that what waits is read even where the listing fails; and the listing has the
      // last word.
      tasks.push_back({&stream, TaskKind::Retry, part});
      tasks.push_back({&stream, TaskKind::List, part});
    }
    add_due(tasks, stream, *parts, state, now);
  }
  return tasks;
}

}  // namespace freshet::sources::http_api
