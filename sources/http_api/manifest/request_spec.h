#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/http/client.h"
#include "sources/http_api/template.h"
#include "sources/http_api/value.h"

namespace freshet::sources::http_api {

/// JSON of a manifest whose texts are templates: a request's body, a query value that may be a
/// list.
struct ValueTemplate {
  using Members = std::vector<std::pair<std::string, ValueTemplate>>;
  std::variant<Value, Template, std::vector<ValueTemplate>, Members> form = Value();

  [[nodiscard]] Result<Value> render(const Scope& scope) const;
};

using NamedTemplates = std::vector<std::pair<std::string, ValueTemplate>>;

/// What a request looks like before its templates are filled in.
struct RequestSpec {
  http::Method method = http::Method::Get;
  std::optional<Template> path;  ///< Absolute, or joined to the base. None: the stream's own.
  NamedTemplates query;          ///< A list gives the name once for every item; null leaves it out.
  NamedTemplates headers;
  std::optional<ValueTemplate> json;  ///< Body as JSON.
  NamedTemplates form;                ///< Body as application/x-www-form-urlencoded.
};

}  // namespace freshet::sources::http_api
