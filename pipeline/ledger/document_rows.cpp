#include "pipeline/ledger/document_rows.h"

#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "base/json.h"
#include "pipeline/ledger/body.h"

namespace freshet::pipeline {

const std::string_view kDocumentColumns =
    "d.id, d.source, d.state, d.sequence, d.version, d.content_hash, d.path, d.media_type, "
    "d.title, d.url, "
    "d.revision, d.updated_at, d.owner, d.attributes, d.first_seen_at, d.changed_at, "
    "d.shown_title, "
    "d.shown_language, d.shown_owner";

namespace {

std::vector<std::string> strings(const Json& object, std::string_view key) {
  std::vector<std::string> values;
  const Json* array = json_member(object, key);
  if (array == nullptr || !array->is_array()) return values;
  for (const Json& value : *array) {
    if (value.is_string()) values.push_back(value.get<std::string>());
  }
  return values;
}

std::map<std::string, std::string> string_map(const Json& object, std::string_view key) {
  std::map<std::string, std::string> values;
  const Json* map = json_member(object, key);
  if (map == nullptr || !map->is_object()) return values;
  for (const auto& [name, value] : map->items()) {
    if (value.is_string()) values.emplace(name, value.get<std::string>());
  }
  return values;
}

}  // namespace

std::string document_id(std::string_view source, std::string_view external_id) {
  std::string id(source);
  return id.append(":").append(external_id);
}

IdRange ids_of(std::string_view source) {
  // ';' follows ':' in byte order.
  return {std::string(source) + ":", std::string(source) + ";"};
}

Result<DocumentRecord> read_document(const Database& database, const Statement& row) {
  DocumentRecord record;
  record.id = row.text(0);
  record.source = row.text(1);
  record.deleted = row.integer(2) != static_cast<std::int64_t>(DocumentState::Live);
  record.sequence = row.unsigned_integer(3);
  record.content_hash = row.text(5);
  record.first_seen_at = row.instant(14);
  record.changed_at = row.instant(15);
  record.shown = {row.text(16), row.text(17), row.text(18)};
  sources::Document& document = record.document;
  if (!record.id.starts_with(record.source + ":"))
    return database.damaged("a document's id is broken");
  document.external_id = record.id.substr(record.source.size() + 1);
  document.version = row.text(4);
  document.path = row.text(6);
  document.media_type = row.text(7);
  document.title = row.text(8);
  document.url = row.text(9);
  document.provenance.revision = row.text(10);
  document.provenance.updated_at = row.optional_instant(11);
  document.provenance.owner = row.text(12);
  auto attributes = parse_json(row.bytes(13));
  if (!attributes) return database.damaged("the attributes of " + record.id + " are no JSON");
  document.allow = strings(*attributes, "allow");
  document.deny = strings(*attributes, "deny");
  document.provenance.authors = strings(*attributes, "authors");
  document.metadata = string_map(*attributes, "metadata");
  return record;
}

Result<Done> complete_document(Database& database, DocumentRecord& record, Ledger::Bodies bodies) {
  FRESHET_TRY(auto former, database.prepare("SELECT f.id FROM former_ids f JOIN documents d "
                                            "ON d.key = f.document WHERE d.id = ? ORDER BY f.id"));
  former.bind(record.id);
  for (;;) {
    FRESHET_TRY(const bool more, former.step());
    if (!more) break;
    record.former_ids.push_back(former.text(0));
  }
  if (record.deleted) return Done{};
  FRESHET_TRY(record.document.relations, read_relations(database, record.id));
  if (bodies == Ledger::Bodies::No) return Done{};
  FRESHET_TRY(auto body, database.prepare("SELECT b.zstd FROM bodies b JOIN documents d "
                                          "ON d.key = b.document WHERE d.id = ?"));
  FRESHET_TRY(const bool found, body.bind(record.id).step());
  if (!found) return database.damaged("the body of " + record.id + " is missing");
  auto bytes = decompress_body(body.bytes(0));
  if (!bytes) return database.damaged(record.id + ": " + bytes.error().message);
  if (to_hex(hash128(*bytes)) != record.content_hash) {
    return database.damaged("the body of " + record.id +
                            " does not have the hash it was stored with");
  }
  record.document.body = *std::move(bytes);
  return Done{};
}

Result<Done> erase_content(Database& database, std::int64_t key) {
  FRESHET_CHECK(database.run("DELETE FROM bodies WHERE document = ?", key));
  FRESHET_CHECK(database.run("DELETE FROM relations WHERE document = ?", key));
  FRESHET_CHECK(database.run("DELETE FROM passages WHERE document = ?", key));
  FRESHET_CHECK(database.run("DELETE FROM links WHERE document = ?", key));
  return database.run("DELETE FROM anchors WHERE document = ?", key);
}

Result<std::uint64_t> next_sequence(Database& database) {
  FRESHET_TRY(const auto value, database.integer("UPDATE counters SET value = value + 1 "
                                                 "WHERE name = 'sequence' RETURNING value"));
  if (!value) return database.damaged("its sequence counter is missing");
  return static_cast<std::uint64_t>(*value);
}

std::string attributes_of(const sources::Document& document) {
  Json attributes = Json::object();
  attributes["allow"] = document.allow;
  attributes["deny"] = document.deny;
  attributes["authors"] = document.provenance.authors;
  attributes["metadata"] = document.metadata;
  return dump_json(attributes);
}

std::string fields_hash(const sources::Document& document) {
  const auto& updated_at = document.provenance.updated_at;
  Json fields = Json::array();
  fields.push_back(document.path);
  fields.push_back(document.media_type);
  fields.push_back(document.title);
  fields.push_back(document.url);
  fields.push_back(document.provenance.owner);
  fields.push_back(updated_at ? Json(updated_at->time_since_epoch().count()) : Json());
  fields.push_back(document.allow);
  fields.push_back(document.deny);
  fields.push_back(document.metadata);
  return to_hex(hash128(dump_json(fields)));
}

}  // namespace freshet::pipeline
