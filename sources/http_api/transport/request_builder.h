#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/http/client.h"
#include "base/result.h"
#include "sources/http_api/manifest/page_spec.h"
#include "sources/http_api/manifest/request_spec.h"
#include "sources/http_api/value.h"

namespace freshet::sources::http_api {

/// A request with its templates filled in, still in parts so that pages and authentication can add
/// theirs.
struct Outgoing {
  http::Method method = http::Method::Get;
  std::string url;  ///< Without the query below.
  std::vector<std::pair<std::string, std::string>> query;
  std::vector<std::pair<std::string, std::string>> headers;
  std::optional<Value> json;
  std::vector<std::pair<std::string, std::string>> form;
  /// Asks for a file of at most so many bytes instead of JSON.
  std::optional<std::size_t> file_bytes{};

  /// Sets a parameter, replacing one of the same name.
  void set(const Parameter& parameter, const Value& value);

  [[nodiscard]] http::Request request() const;
};

/// `base` is what paths are appended to. Invalid, naming the parameter, when a template fails.
Result<Outgoing> build_request(const RequestSpec& spec, const std::string& base,
                               const Scope& scope);

/// Fills in named templates: a list gives its name once per item, null gives nothing.
Result<std::vector<std::pair<std::string, std::string>>> render_named(const NamedTemplates& named,
                                                                      const Scope& scope);

}  // namespace freshet::sources::http_api
