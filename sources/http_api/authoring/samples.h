#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/json.h"
#include "base/result.h"
#include "sources/connector.h"
#include "sources/http_api/manifest/manifest.h"
#include "sources/http_api/mapping/field_values.h"
#include "sources/http_api/source_config.h"

namespace freshet::sources::http_api {

/// A recorded record, what hangs under it, and the document it must become.
struct Sample {
  std::string name;
  std::string stream;
  Json record;
  Json children;  ///< By name, as `$children`.
  Json expect;    ///< Members that describe() must give, or "deleted".
};

/// What a manifest's samples say: `<manifest>.samples.json` beside it.
struct SampleFile {
  Json config;   ///< Values of the manifest's options.
  Json lookups;  ///< Rows of lookup streams, by stream.
  std::vector<Sample> samples;
  std::vector<std::string> without;  ///< Kinds of sample that the system cannot give, and why.
};

/// Invalid, saying where, for anything but the form above.
Result<SampleFile> parse_samples(std::string_view text);

/// What became of a sample. Nothing where it is marked as deleted.
struct Mapped {
  std::optional<Document> document;
};

/// Maps samples as a sync would map what it reads. One thread owns it.
class SampleMapper {
 public:
  /// Invalid when the configuration of the samples does not fit the manifest.
  static Result<SampleMapper> create(const Manifest& manifest, const SampleFile& file);

  Result<Mapped> map(const Sample& sample) const;

 private:
  SampleMapper(const Manifest& manifest, Scope scope, Variables variables)
      : manifest_(&manifest), scope_(std::move(scope)), variables_(std::move(variables)) {}

  const Manifest* manifest_;
  Scope scope_;
  Variables variables_;
};

/// A document as people and `expect` see it: id, title, url, media_type, allow, updated, authors,
/// metadata, relations, and either body or state, outcome, resolved, level, principals and messages
/// (id, created, edited, side, level, principals, marked, author, media_type, files, body).
Json describe(const Document& document);

}  // namespace freshet::sources::http_api
