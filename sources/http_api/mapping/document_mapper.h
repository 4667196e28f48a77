#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "sources/connector.h"
#include "sources/http_api/manifest/stream_spec.h"
#include "sources/http_api/mapping/field_values.h"

namespace freshet::sources::http_api {

/// A complete record, ready to be mapped.
struct MappableRecord {
  std::string external_id;
  std::string version;
  Value record;
  Value children;
};

/// Makes documents of the records of one stream. One thread owns it.
class DocumentMapper {
 public:
  /// `public_principals` are those whom the source's settings let see what is public.
  DocumentMapper(const MapSpec& map, FieldValues fields, std::vector<std::string> public_principals)
      : map_(&map), fields_(std::move(fields)), public_principals_(std::move(public_principals)) {}

  /// Invalid, naming the field, when an expression fails.
  Result<Document> document(const MappableRecord& record);

  /// Ids under which the record was known before it was moved or merged.
  Result<std::vector<std::string>> aliases(const Value& record) const;

 private:
  Result<Done> fill_plain(Document& document, const Value& record) const;
  Result<Done> fill_metadata(Document& document, const Value& record) const;
  Result<Done> fill_relations(Document& document, const Value& record) const;
  Result<std::string> body_text(const FieldSpec& field, const Value& record) const;

  const MapSpec* map_;
  FieldValues fields_;
  std::vector<std::string> public_principals_;
};

}  // namespace freshet::sources::http_api
