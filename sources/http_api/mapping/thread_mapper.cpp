#include "sources/http_api/mapping/thread_mapper.h"

#include <algorithm>
#include <utility>

#include "sources/http_api/mapping/visibility.h"

namespace freshet::sources::http_api {
namespace {

Side side_of(const std::string& word) {
  if (word == "customer") return Side::Customer;
  if (word == "agent") return Side::Agent;
  return word == "bot" ? Side::Bot : Side::Unknown;
}

Result<std::vector<Attachment>> files_of(const std::optional<Expression>& spec,
                                         const FieldValues& fields, const Value& value) {
  std::vector<Attachment> files;
  if (!spec) return files;
  FRESHET_TRY(const auto found, spec->all(value, fields.variables()));
  for (const Value& file : found) {
    const auto text = [&](std::string_view name) { return file.get(name).scalar().value_or(""); };
    const double bytes = file.get("size").as_number().value_or(0);
    files.push_back({text("id"), text("name"), text("type"),
                     static_cast<std::uint64_t>(std::clamp(bytes, 0.0, 1e15)), text("url")});
  }
  return files;
}

/// What the messages of a thread have in common.
struct Setting {
  const Audience& audience;
  Instant latest;  ///< Of the message before, for one that does not say its time.
};

Result<Message> message_of(const MessageSpec& spec, const FieldValues& fields, const Value& value,
                           const Setting& setting) {
  Message message;
  FRESHET_TRY(message.id, fields.text(spec.id, value));
  FRESHET_TRY(const auto at, fields.time(spec.at, value));
  message.created_at = at.value_or(setting.latest);
  FRESHET_TRY(message.edited_at, fields.time(spec.edited, value));
  FRESHET_TRY(message.author, fields.text(spec.author, value));
  FRESHET_TRY(const std::string side, fields.text(spec.side, value));
  message.side = side_of(side);
  FRESHET_TRY(const Value marked, fields.value(spec.marked, value));
  message.marked = marked.truthy();
  FRESHET_TRY(const Value body, fields.value(spec.body, value));
  message.body = body_of(body);
  message.media_type = spec.media_type;
  message.audience = audience_of(spec.visibility, value, fields, setting.audience);
  FRESHET_TRY(message.attachments, files_of(spec.files, fields, value));
  return message;
}

/// The description and the files beside it; whoever sees the thread sees them. None without either.
Result<std::optional<Message>> opening_of(const MapSpec& map, const FieldValues& fields,
                                          const Value& record, const Document& document,
                                          const Setting& setting) {
  Message opening;
  FRESHET_TRY(opening.attachments, files_of(map.files, fields, record));
  if (document.body.empty() && opening.attachments.empty()) return std::optional<Message>();
  opening.id = "opening";
  opening.created_at = setting.latest;
  FRESHET_TRY(opening.author, fields.text(map.author, record));
  opening.side = Side::Customer;
  opening.audience = setting.audience;
  opening.media_type = document.media_type;
  opening.body = document.body;
  return std::optional(std::move(opening));
}

/// What solves a record also changes it: its last change is never too early.
Result<Done> fill_resolution(Thread& thread, const MapSpec& map, const FieldValues& fields,
                             const Value& record, const Document& document) {
  if (!map.resolution) return Done{};
  FRESHET_TRY(const Value resolved, map.resolution->when.first(record, fields.variables()));
  thread.resolved = resolved.truthy();
  thread.pick = map.resolution->pick;
  if (!thread.resolved) return Done{};
  thread.solved_at = document.provenance.updated_at;
  return Done{};
}

bool is_duplicate(const Document& document) {
  return std::any_of(document.relations.begin(), document.relations.end(),
                     [](const Relation& relation) { return relation.type == "duplicate_of"; });
}

}  // namespace

std::string body_of(const Value& value) {
  if (value.is_null()) return "";
  return value.scalar().value_or(value.is_array() || value.is_object() ? value.to_json() : "");
}

Result<Thread> thread_of(const MapSpec& map, const FieldValues& fields, const Value& record,
                         const Document& document, const Audience& audience) {
  Thread thread;
  thread.kind = map.kind == "ticket" ? "ticket" : "thread";
  thread.title = document.title;
  thread.audience = audience;
  FRESHET_TRY(thread.state, fields.text(map.state, record));
  FRESHET_TRY(thread.outcome, fields.text(map.outcome, record));
  if (thread.outcome.empty() && is_duplicate(document)) thread.outcome = "duplicate";
  FRESHET_CHECK(fill_resolution(thread, map, fields, record, document));
  FRESHET_TRY(const auto created, fields.time(map.created, record));
  Setting setting{audience, created.value_or(Instant{})};
  FRESHET_TRY(thread.opening, opening_of(map, fields, record, document, setting));
  FRESHET_TRY(const auto messages, map.messages->each.all(record, fields.variables()));
  for (const Value& value : messages) {
    FRESHET_TRY(auto message, message_of(*map.messages, fields, value, setting));
    setting.latest = message.created_at;
    thread.messages.push_back(std::move(message));
  }
  return thread;
}

}  // namespace freshet::sources::http_api
