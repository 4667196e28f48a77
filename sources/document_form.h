#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "config/settings.h"
#include "sources/connector.h"
#include "sources/path_filter.h"
#include "sources/url_template.h"

namespace freshet::sources {

/// What the settings say about every document of a source that is made of files: which paths count,
/// their public address and who may see them.
class DocumentForm {
 public:
  /// Invalid when a pattern or the url template is malformed.
  static Result<DocumentForm> create(const config::SourceSettings& settings);

  [[nodiscard]] bool wants(std::string_view path) const { return filter_.accepts(path); }
  [[nodiscard]] std::uint64_t max_document_bytes() const { return max_document_bytes_; }

  /// Everything but body, version and history.
  [[nodiscard]] Document blank(std::string_view path, std::string_view owner) const;

  /// 16 hexadecimal digits that change when anything in blank() does: part of a document's version.
  [[nodiscard]] std::string stamp(std::string_view path, std::string_view owner) const;

  /// Changes when the same files could give other documents.
  [[nodiscard]] const std::string& fingerprint() const { return fingerprint_; }

 private:
  DocumentForm(PathFilter filter, UrlTemplate url)
      : filter_(std::move(filter)), url_(std::move(url)) {}

  PathFilter filter_;
  UrlTemplate url_;
  std::vector<std::string> allow_;
  std::string allow_key_;
  std::uint64_t max_document_bytes_ = 0;
  std::string fingerprint_;
};

}  // namespace freshet::sources
