#include "sources/http_api/reading/state.h"

#include <algorithm>
#include <utility>

namespace freshet::sources::http_api {
namespace {

constexpr int kVersion = 1;
constexpr std::int64_t kLastDay = 100'000;  ///< Since 1970: far enough.

using Members = std::vector<std::pair<std::string, Value>>;

Value number(std::int64_t value) {
  return Value::number(static_cast<double>(value));
}

std::optional<std::int64_t> integer(const Value& value) {
  const auto found = value.as_number();
  if (!found) return std::nullopt;
  return static_cast<std::int64_t>(std::clamp(*found, -9e18, 9e18));
}

Value optional_number(std::optional<std::int64_t> value) {
  return value ? number(*value) : Value();
}

template <typename Map, typename Write>
Value object_of(const Map& map, Write write) {
  Members members;
  for (const auto& [key, value] : map) members.emplace_back(key, write(value));
  return Value::object(std::move(members));
}

template <typename Read>
void for_each_member(const Value& object, Read read) {
  for (const std::string& key : object.keys()) read(key, object.get(key));
}

Value write(const Position& position) {
  return Value::object({{"mark", optional_number(position.mark)}, {"token", position.token}});
}

Value day_of(Instant instant) {
  return number(std::chrono::floor<std::chrono::days>(instant).time_since_epoch().count());
}

Value write(const StreamState& stream) {
  const auto at = [](Instant instant) { return number(instant.time_since_epoch().count()); };
  return Value::object(
      {{"parts", object_of(stream.parts, [](const Position& part) { return write(part); })},
       {"passes", object_of(stream.passes, at)},
       {"missing", object_of(stream.missing, at)},
       {"archived", object_of(stream.archived, day_of)},
       {"asked_to", Value::text(stream.asked_to)},
       {"missed", stream.missed.to_value()},
       {"unread", stream.unread.to_value()}});
}

Value write(const RunState& run) {
  const auto text = [](const std::string& value) { return Value::text(value); };
  return Value::object(
      {{"task", Value::text(run.task)},
       {"finished", Value::text(run.finished)},
       {"page", run.page.to_value()},
       {"from", optional_number(run.from)},
       {"to", optional_number(run.to)},
       {"high", optional_number(run.high)},
       {"handed_over", number(static_cast<std::int64_t>(run.handed_over))},
       {"restarts", number(run.restarts)},
       {"full", Value::boolean(run.full)},
       {"moved", Value::boolean(run.moved)},
       {"first_failure",
        run.first_failure ? number(static_cast<std::int64_t>(*run.first_failure)) : Value()},
       {"failed", object_of(run.failed, text)},
       {"gone", object_of(run.gone, text)}});
}

StreamState read_stream_state(const Value& value) {
  StreamState stream;
  for_each_member(value.get("parts"), [&](const std::string& part, const Value& position) {
    stream.parts[part] = {integer(position.get("mark")), position.get("token")};
  });
  const auto read_times = [](const Value& from, std::map<std::string, Instant>& to) {
    for_each_member(from, [&](const std::string& name, const Value& at) {
      to[name] = Instant(std::chrono::microseconds(integer(at).value_or(0)));
    });
  };
  read_times(value.get("passes"), stream.passes);
  read_times(value.get("missing"), stream.missing);
  for_each_member(value.get("archived"), [&](const std::string& key, const Value& day) {
    const auto days = std::clamp<std::int64_t>(integer(day).value_or(0), 0, kLastDay);
    stream.archived[key] = Instant(std::chrono::days(days));
  });
  stream.asked_to = value.get("asked_to").scalar().value_or("");
  stream.missed = MissedRecords::from_value(value.get("missed"));
  stream.unread = UnreadRecords::from_value(value.get("unread"));
  return stream;
}

RunState read_run(const Value& value) {
  RunState run;
  run.task = value.get("task").scalar().value_or("");
  run.finished = value.get("finished").scalar().value_or("");
  run.page = PagePosition::from_value(value.get("page"));
  run.from = integer(value.get("from"));
  run.to = integer(value.get("to"));
  run.high = integer(value.get("high"));
  run.handed_over = static_cast<std::size_t>(integer(value.get("handed_over")).value_or(0));
  run.restarts = static_cast<int>(integer(value.get("restarts")).value_or(0));
  run.full = value.get("full").truthy();
  run.moved = value.get("moved").truthy();
  const auto failure = integer(value.get("first_failure"));
  if (failure && *failure >= 0 && *failure <= static_cast<std::int64_t>(ErrorKind::Internal)) {
    run.first_failure = static_cast<ErrorKind>(*failure);
  }
  const auto read_texts = [](const Value& from, std::map<std::string, std::string>& to) {
    for_each_member(from, [&](const std::string& key, const Value& text) {
      to[key] = text.scalar().value_or("");
    });
  };
  read_texts(value.get("failed"), run.failed);
  read_texts(value.get("gone"), run.gone);
  return run;
}

}  // namespace

std::string State::cursor() const {
  const Value streams_value =
      object_of(streams, [](const StreamState& stream) { return write(stream); });
  return Value::object({{"v", number(kVersion)},
                        {"scope", Value::text(scope)},
                        {"streams", streams_value},
                        {"run", run ? write(*run) : Value()}})
      .to_json();
}

State State::from_cursor(std::string_view cursor, std::string_view scope) {
  State state;
  state.scope = scope;
  const auto value = Value::parse(cursor);
  const bool ours =
      value && integer(value->get("v")) == kVersion && value->get("scope").scalar() == state.scope;
  if (!ours) return state;
  for_each_member(value->get("streams"), [&](const std::string& name, const Value& stream) {
    state.streams[name] = read_stream_state(stream);
  });
  if (value->get("run").is_object()) state.run = read_run(value->get("run"));
  return state;
}

}  // namespace freshet::sources::http_api
