#include "sources/http_api/transport/request_builder.h"

#include <algorithm>

#include "base/percent_encode.h"

namespace freshet::sources::http_api {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

void replace(Pairs& pairs, const std::string& name, std::string value) {
  std::erase_if(pairs, [&](const auto& pair) { return pair.first == name; });
  pairs.emplace_back(name, std::move(value));
}

std::string encode(const Pairs& pairs) {
  std::string text;
  for (const auto& [name, value] : pairs) {
    if (!text.empty()) text += '&';
    text += percent_encode(name) + '=' + percent_encode(value);
  }
  return text;
}

std::string text_of(const Value& value) {
  return value.scalar().value_or(value.is_null() ? "" : value.to_json());
}

/// Sets a member of a JSON body; dots in the name lead into objects.
Value with_member(Value body, std::string_view path, const Value& value) {
  const auto dot = path.find('.');
  const auto name = path.substr(0, dot);
  body.set(name, dot == std::string_view::npos
                     ? value
                     : with_member(body.get(name), path.substr(dot + 1), value));
  return body;
}

Result<Value> render_members(const ValueTemplate::Members& members, const Scope& scope) {
  std::vector<std::pair<std::string, Value>> rendered;
  for (const auto& [name, member] : members) {
    FRESHET_TRY(auto value, member.render(scope));
    rendered.emplace_back(name, std::move(value));
  }
  return Value::object(std::move(rendered));
}

}  // namespace

Result<Value> ValueTemplate::render(const Scope& scope) const {
  if (const auto* value = std::get_if<Value>(&form)) return *value;
  if (const auto* text = std::get_if<Template>(&form)) return text->render(scope);
  if (const auto* members = std::get_if<Members>(&form)) return render_members(*members, scope);
  std::vector<Value> items;
  for (const ValueTemplate& item : std::get<std::vector<ValueTemplate>>(form)) {
    FRESHET_TRY(auto value, item.render(scope));
    items.push_back(std::move(value));
  }
  return Value::array(std::move(items));
}

void Outgoing::set(const Parameter& parameter, const Value& value) {
  switch (parameter.place) {
    case Place::Query:
      return replace(query, parameter.name, text_of(value));
    case Place::Header:
      return replace(headers, parameter.name, text_of(value));
    case Place::Json:
      json = with_member(json.value_or(Value::object()), parameter.name, value);
  }
}

http::Request Outgoing::request() const {
  http::Request request{method, url, headers, "", file_bytes};
  if (!query.empty()) {
    request.url += (request.url.find('?') == std::string::npos ? '?' : '&') + encode(query);
  }
  if (json) {
    request.headers.emplace_back("Content-Type", "application/json");
    request.body = json->to_json();
  } else if (!form.empty()) {
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    request.body = encode(form);
  }
  return request;
}

Result<Pairs> render_named(const NamedTemplates& named, const Scope& scope) {
  Pairs pairs;
  for (const auto& [name, spec] : named) {
    auto value = spec.render(scope);
    if (!value) return while_doing("fill in " + name, std::move(value).error());
    if (value->is_null()) continue;
    if (!value->is_array()) {
      pairs.emplace_back(name, text_of(*value));
      continue;
    }
    for (std::size_t i = 0; i < value->size(); ++i) pairs.emplace_back(name, text_of(value->at(i)));
  }
  return pairs;
}

Result<Outgoing> build_request(const RequestSpec& spec, const std::string& base,
                               const Scope& scope) {
  Outgoing outgoing;
  outgoing.method = spec.method;
  if (spec.path) {
    auto path = spec.path->render_text(scope);
    if (!path) return std::move(path).error();
    const bool absolute = path->starts_with("https://") || path->starts_with("http://");
    outgoing.url = absolute ? *std::move(path) : base + *path;
  }
  FRESHET_TRY(outgoing.query, render_named(spec.query, scope));
  FRESHET_TRY(outgoing.headers, render_named(spec.headers, scope));
  FRESHET_TRY(outgoing.form, render_named(spec.form, scope));
  if (spec.json) {
    FRESHET_TRY(outgoing.json, spec.json->render(scope));
  }
  return outgoing;
}

}  // namespace freshet::sources::http_api
