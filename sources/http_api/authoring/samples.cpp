#include "sources/http_api/authoring/samples.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <nlohmann/json.hpp>

#include "sources/http_api/authoring/not_among.h"
#include "sources/http_api/mapping/document_mapper.h"
#include "sources/http_api/reading/source_view.h"
#include "sources/thread.h"

namespace freshet::sources::http_api {
namespace {

constexpr std::string_view kNow = "2026-01-01T00:00:00Z";

Result<Value> value_of(const Json& json) {
  return Value::parse(dump_json(json));
}

using Names = std::span<const std::string_view>;

constexpr std::array<std::string_view, 4> kFileMembers{"config", "lookups", "without", "samples"};
constexpr std::array<std::string_view, 3> kKinds{"deleted", "restricted", "internal"};
constexpr std::array<std::string_view, 5> kSampleMembers{"name", "stream", "record", "children",
                                                         "expect"};

/// Invalid for the first member of an object that is not among the known ones.
Result<Done> check_members(const Json& object, const std::string& where, Names known) {
  if (!object.is_object()) return Done{};
  for (const auto& [name, value] : object.items()) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    return Error{ErrorKind::Invalid, where + " has " + not_among(name, known)};
  }
  return Done{};
}

Result<Sample> parse_sample(const Json& json, std::size_t number) {
  FRESHET_CHECK(check_members(json, "samples[" + std::to_string(number) + "]", kSampleMembers));
  const auto name = json_string(json, "name");
  const auto stream = json_string(json, "stream");
  const Json* record = json_member(json, "record");
  const Json* expect = json_member(json, "expect");
  if (!name || !stream || record == nullptr || expect == nullptr) {
    return Error{ErrorKind::Invalid,
                 "samples[" + std::to_string(number) + "] needs name, stream, record and expect"};
  }
  const Json* children = json_member(json, "children");
  return Sample{*name, *stream, *record, children == nullptr ? Json::object() : *children, *expect};
}

config::HttpApiSettings settings_of(const Manifest& manifest, const SampleFile& file) {
  config::HttpApiSettings settings;
  for (const auto& [name, value] : file.config.items()) {
    const auto option = std::find_if(
        manifest.config.begin(), manifest.config.end(),
        [&, key = name](const ConfigOption& candidate) { return candidate.name == key; });
    auto& free = settings.config[name];
    const bool secret =
        option != manifest.config.end() && option->type == ConfigOption::Type::Secret;
    if (secret) {
      free.secret = config::Secret(value.is_string() ? value.get<std::string>() : value.dump());
    } else if (value.is_array()) {
      for (const Json& item : value)
        free.texts.push_back(item.is_string() ? item.get<std::string>() : item.dump());
    } else {
      free.texts.push_back(value.is_string() ? value.get<std::string>() : value.dump());
    }
  }
  return settings;
}

Result<Value> lookups_of(const Manifest& manifest, const Json& lookups) {
  std::vector<std::string_view> known;
  for (const StreamSpec& stream : manifest.streams) {
    if (stream.lookup) known.push_back(stream.name);
  }
  FRESHET_CHECK(check_members(lookups, "lookups", known));
  Value all = Value::object();
  for (const StreamSpec& stream : manifest.streams) {
    const Json* list = json_member(lookups, stream.name);
    if (!stream.lookup || list == nullptr) continue;
    std::vector<Value> rows;
    for (const Json& row : *list) {
      FRESHET_TRY(auto value, value_of(row));
      rows.push_back(std::move(value));
    }
    FRESHET_TRY(auto table, lookup_table(stream, rows));
    all.set(stream.name, std::move(table));
  }
  return all;
}

Result<Done> check_children(const StreamSpec& stream, const Json& children) {
  std::vector<std::string_view> known;
  for (const ChildrenSpec& child : stream.children) known.push_back(child.name);
  return check_members(children, "children", known);
}

Json time_or_null(const std::optional<Instant>& time) {
  return time ? Json(to_rfc3339(*time)) : Json();
}

Json describe(const Message& message) {
  Json files = Json::array();
  for (const Attachment& file : message.attachments) {
    files.push_back({{"id", file.id},
                     {"name", file.name},
                     {"media_type", file.media_type},
                     {"bytes", file.bytes},
                     {"url", file.url}});
  }
  return {{"id", message.id},
          {"attachments", std::move(files)},
          {"created", to_rfc3339(message.created_at)},
          {"edited", time_or_null(message.edited_at)},
          {"side", name_of(message.side)},
          {"level", name_of(message.audience.level)},
          {"principals", message.audience.principals},
          {"marked", message.marked},
          {"author", message.author},
          {"media_type", message.media_type},
          {"body", message.body}};
}

}  // namespace

Result<SampleFile> parse_samples(std::string_view text) {
  FRESHET_TRY(const Json json, parse_json(text));
  const Json* list = json_member(json, "samples");
  if (list == nullptr || !list->is_array())
    return Error{ErrorKind::Invalid, "the file has no list \"samples\""};
  FRESHET_CHECK(check_members(json, "the file", kFileMembers));
  SampleFile file;
  const auto object = [&](std::string_view name) {
    const Json* member = json_member(json, name);
    return member != nullptr && member->is_object() ? *member : Json::object();
  };
  file.config = object("config");
  file.lookups = object("lookups");
  const Json excuses = object("without");
  FRESHET_CHECK(check_members(excuses, "without", kKinds));
  for (const auto& [kind, why] : excuses.items()) file.without.push_back(kind);
  for (std::size_t i = 0; i < list->size(); ++i) {
    FRESHET_TRY(auto sample, parse_sample((*list)[i], i));
    file.samples.push_back(std::move(sample));
  }
  return file;
}

Result<SampleMapper> SampleMapper::create(const Manifest& manifest, const SampleFile& file) {
  const auto now = parse_rfc3339(kNow);
  FRESHET_TRY(const SourceConfig config,
              resolve_config(manifest.config, settings_of(manifest, file), *now));
  Scope scope;
  scope.roots["config"] = config.values;
  scope.roots["now"] = Value::text(kNow);
  Variables variables;
  variables.config = config.values;
  FRESHET_TRY(variables.lookup, lookups_of(manifest, file.lookups));
  return SampleMapper(manifest, std::move(scope), std::move(variables));
}

Result<Mapped> SampleMapper::map(const Sample& sample) const {
  const auto& streams = manifest_->streams;
  const auto stream =
      std::find_if(streams.begin(), streams.end(), [&](const StreamSpec& candidate) {
        return candidate.name == sample.stream && candidate.map;
      });
  if (stream == streams.end())
    return Error{ErrorKind::Invalid, "there is no stream \"" + sample.stream + "\" with a map"};
  FRESHET_CHECK(check_children(*stream, sample.children));
  FRESHET_TRY(const Value record, value_of(sample.record));
  FRESHET_TRY(const Value children, value_of(sample.children));
  FRESHET_TRY(const Value key, stream->listing.key->first(record));
  if (!key.scalar()) return Error{ErrorKind::Invalid, "the record gives no key"};
  const auto dead = stream->tombstone ? stream->tombstone->first(record) : Result<Value>(Value());
  if (dead && dead->truthy()) return Mapped{};
  DocumentMapper mapper(*stream->map, FieldValues(scope_, variables_), {"public"});
  FRESHET_TRY(auto document,
              mapper.document({document_id(*stream, *key.scalar()), "1", record, children}));
  return Mapped{std::move(document)};
}

Json describe(const Document& document) {
  Json json{{"id", document.external_id},
            {"title", document.title},
            {"url", document.url},
            {"media_type", document.media_type},
            {"allow", document.allow}};
  json["updated"] = time_or_null(document.provenance.updated_at);
  json["authors"] = document.provenance.authors;
  json["metadata"] = document.metadata;
  json["relations"] = Json::array();
  for (const Relation& relation : document.relations) {
    json["relations"].push_back(
        {{"type", relation.type}, {"kind", relation.kind}, {"id", relation.id}});
  }
  const auto thread =
      document.media_type == kThreadMediaType ? parse_thread(document.body) : Error{};
  if (!thread) {
    json["body"] = document.body;
    return json;
  }
  json["state"] = thread->state;
  json["outcome"] = thread->outcome;
  json["resolved"] = thread->resolved;
  json["level"] = name_of(thread->audience.level);
  json["principals"] = thread->audience.principals;
  json["messages"] = Json::array();
  if (thread->opening) json["messages"].push_back(describe(*thread->opening));
  for (const Message& message : thread->messages) json["messages"].push_back(describe(message));
  return json;
}

}  // namespace freshet::sources::http_api
