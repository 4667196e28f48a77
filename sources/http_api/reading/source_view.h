#pragma once

#include <string>
#include <vector>

#include "base/interruption.h"
#include "sources/connector.h"
#include "sources/http_api/manifest/manifest.h"
#include "sources/http_api/mapping/field_values.h"
#include "sources/http_api/reading/attachments.h"
#include "sources/http_api/reading/listing.h"
#include "sources/http_api/template.h"

namespace freshet::sources::http_api {

/// What every pass over a stream works with. Borrowed for one fetch.
struct SourceView {
  const Manifest& manifest;
  const std::vector<std::string>& principals;  ///< Whom the settings let see what is public.
  const std::string& scope_hash;               ///< Of manifest and configuration.
  const Variables& variables;
  Scope scope;  ///< config, now and run; passes add to it.
  ListingReader& listings;
  const KnownDocuments& known;
  const Interruption& interruption;
  AttachmentReader& attachments;
  std::size_t max_bytes;  ///< Of a batch; the document that reaches it is its last.
};

/// "articles/123".
inline std::string document_id(const std::string& stream, std::string_view key) {
  return stream + "/" + std::string(key);
}
inline std::string document_id(const StreamSpec& stream, std::string_view key) {
  return document_id(stream.name, key);
}

}  // namespace freshet::sources::http_api
