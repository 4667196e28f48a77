#include "sources/http_api/mapping/document_mapper.h"

#include <algorithm>
#include <utility>

#include "sources/http_api/mapping/thread_mapper.h"
#include "sources/http_api/mapping/visibility.h"

namespace freshet::sources::http_api {
namespace {

std::string joined(const std::vector<std::string>& texts, std::string_view separator) {
  std::string line;
  for (const std::string& text : texts) {
    if (!line.empty()) line += separator;
    line += text;
  }
  return line;
}

/// Puts the field's name before the error.
template <typename T>
Result<T> named(std::string_view field, Result<T> result) {
  if (result) return result;
  return while_doing("map " + std::string(field), std::move(result).error());
}

/// Whoever may see all of a thread: its audience, or staff when a message is not for that audience.
Audience whole_audience(const Thread& thread) {
  if (thread.audience.level == Level::Private) return thread.audience;
  const auto all_seen = std::all_of(
      thread.messages.begin(), thread.messages.end(),
      [&](const Message& message) { return covers(thread.audience, message.audience); });
  return all_seen ? thread.audience : Audience{};
}

}  // namespace

Result<std::string> DocumentMapper::body_text(const FieldSpec& field, const Value& record) const {
  FRESHET_TRY(const Value body, fields_.value(field, record));
  return body_of(body);
}

Result<Done> DocumentMapper::fill_plain(Document& document, const Value& record) const {
  FRESHET_TRY(document.title, named("title", fields_.text(map_->title, record)));
  FRESHET_TRY(document.url, named("url", fields_.text(map_->url, record)));
  FRESHET_TRY(document.provenance.updated_at,
              named("updated", fields_.time(map_->updated, record)));
  FRESHET_TRY(const std::string author, named("author", fields_.text(map_->author, record)));
  if (!author.empty()) document.provenance.authors.push_back(author);
  if (map_->body) {
    document.media_type = map_->body->media_type;
    FRESHET_TRY(document.body, named("body", body_text(map_->body->text, record)));
  }
  return Done{};
}

Result<Done> DocumentMapper::fill_metadata(Document& document, const Value& record) const {
  auto& metadata = document.metadata;
  metadata["kind"] = map_->kind;
  const std::initializer_list<std::pair<const char*, const OptionalField*>> texts{
      {"state", &map_->state}, {"outcome", &map_->outcome}, {"language", &map_->language}};
  for (const auto& [name, field] : texts) {
    FRESHET_TRY(const std::string text, named(name, fields_.text(*field, record)));
    if (!text.empty()) metadata[name] = text;
  }
  FRESHET_TRY(const auto labels, named("labels", fields_.texts(map_->labels, record)));
  if (!labels.empty()) metadata["labels"] = joined(labels, ", ");
  FRESHET_TRY(const auto breadcrumb, named("breadcrumb", fields_.texts(map_->breadcrumb, record)));
  if (!breadcrumb.empty()) metadata["breadcrumb"] = joined(breadcrumb, " > ");
  FRESHET_TRY(const auto created, named("created", fields_.time(map_->created, record)));
  if (created) metadata["created"] = to_rfc3339(*created);
  for (const auto& [name, field] : map_->metadata) {
    FRESHET_TRY(const auto found, named(name, fields_.texts(field, record)));
    if (!found.empty()) metadata[name] = joined(found, ", ");
  }
  return Done{};
}

Result<Done> DocumentMapper::fill_relations(Document& document, const Value& record) const {
  for (const RelationSpec& spec : map_->relations) {
    std::vector<Value> ends{record};
    if (spec.each) {
      FRESHET_TRY(ends, named("relations", spec.each->all(record, fields_.variables())));
    }
    for (const Value& end : ends) {
      FRESHET_TRY(const Value type, fields_.value(spec.type, end));
      FRESHET_TRY(const Value kind, fields_.value(spec.kind, end));
      FRESHET_TRY(const Value id, named("relations", fields_.value(spec.id, end)));
      if (!id.scalar() || id.scalar()->empty()) continue;
      document.relations.push_back(
          {type.scalar().value_or(""), kind.scalar().value_or(""), *id.scalar()});
    }
  }
  return Done{};
}

Result<Document> DocumentMapper::document(const MappableRecord& record) {
  fields_.variables().parent = record.record;
  fields_.variables().children = record.children;
  Document document;
  document.external_id = record.external_id;
  document.path = record.external_id;
  document.version = record.version;
  FRESHET_CHECK(fill_plain(document, record.record));
  FRESHET_CHECK(fill_metadata(document, record.record));
  FRESHET_CHECK(fill_relations(document, record.record));

  Audience audience = audience_of(map_->visibility, record.record, fields_, {});
  FRESHET_TRY(const Value draft, named("draft", fields_.value(map_->draft, record.record)));
  if (draft.truthy() && audience.level != Level::Private) audience = {};
  if (map_->messages) {
    FRESHET_TRY(const Thread thread,
                named("messages", thread_of(*map_, fields_, record.record, document, audience)));
    document.body = write_thread(thread);
    document.media_type = kThreadMediaType;
    audience = whole_audience(thread);
  }
  document.allow = principals_of(audience, public_principals_);
  return document;
}

Result<std::vector<std::string>> DocumentMapper::aliases(const Value& record) const {
  return named("alias", fields_.texts(map_->alias, record));
}

}  // namespace freshet::sources::http_api
