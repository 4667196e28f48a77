#include "tests/sources/http_api/support/manifest_forms.h"

#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "config/tree.h"
#include "sources/http_api/manifest/read_manifest.h"
#include "sources/http_api/manifest/shipped.h"

namespace freshet::testing {
namespace {

using config::Node;
using nlohmann::json;
using valijson::adapters::NlohmannJsonAdapter;

constexpr std::string_view kComplete = R"(
manifest: 1
id: acme
about: {pulls: articles, freshness: {new: one sync}}
config: {token: {type: secret, meaning: A token.}}
base: https://acme.example
hosts: [files.acme.example]
auth: {type: bearer, token: '${config.token}'}
limits: [{max: 60, per: 60s}]
rate_headers: {X-Wait: wait}
on: [{status: [429, 503], header: {Server: busy}, do: wait}]
streams:
  sections: {lookup: true, get: /sections, records: '.sections[]', key: .id}
  articles:
    partition: {list: [a, b]}
    get: /articles
    pages: {type: page, into: {query: page}, size: {query: per_page, value: 100}, total: {header: X-Total}}
    records: .articles[]
    key: .id
    cursor: {type: time, field: .updated_at, lag: 60s, overlap: 120s}
    hydrate: {get: '/articles/${rec.id}', missing: keep}
    children: {comments: {get: '/articles/${parent.id}/comments'}}
    deletes:
      sweep: {every: 24h, max_drop: 20%, pages: {most: 500}}
      feed: {get: /deleted}
      probe: {get: '/articles/${rec.id}'}
      archive: {get: '/archive/${rec.id}'}
    rescan: {every: 7d, newer_than: 90d}
    map:
      kind: {const: article}
      title: .title
      url: {lookup: sections, by: .section, take: .url}
      body: {html: .body}
      state: {from: .state, table: {open: open}}
      draft: {when: .draft, then: 'true'}
      visibility: [{when: .open, level: public}]
      relations: [{type: author, kind: person, id: .author}]
      metadata: {product: {const: 7}, team: {html: .team}}
      messages: {each: '.comments[]', id: .id, body: {md: .text}, visibility: [{level: inherit}]}
      resolution: {when: .solved, pick: [marked_message]}
)";

json scalar_of(const Node& node) {
  if (node.quoted) return node.text;
  json plain = json::parse(node.text, nullptr, false);
  return plain.is_number() || plain.is_boolean() ? plain : json(node.text);
}

json json_of(const Node& node) {
  if (node.kind == Node::Kind::Scalar) return scalar_of(node);
  if (node.kind == Node::Kind::Null) return nullptr;
  const bool map = node.kind == Node::Kind::Map;
  json value = map ? json::object() : json::array();
  for (const Node& child : node.children) {
    if (map) {
      value[child.key] = json_of(child);
    } else {
      value.push_back(json_of(child));
    }
  }
  return value;
}

/// The schema, ready to be compared with; its patterns are compiled once.
class Comparison {
 public:
  Comparison() {
    valijson::SchemaParser().populateSchema(NlohmannJsonAdapter(manifest_schema_json()), schema_);
  }
  bool accepts(const json& manifest) {
    return validator_.validate(schema_, NlohmannJsonAdapter(manifest), nullptr);
  }

 private:
  valijson::Schema schema_;
  valijson::Validator validator_;
};

}  // namespace

json manifest_json(std::string_view yaml) {
  config::Problems problems;
  const auto tree = config::parse_tree(yaml, problems, config::Anchors::Expanded);
  return tree ? json_of(*tree) : json();
}

const json& complete_manifest() {
  static const json manifest = manifest_json(kComplete);
  return manifest;
}

json::json_pointer pointer_to(std::string_view at) {
  if (!at.starts_with('$')) return json::json_pointer(std::string(at));
  return json::json_pointer("/streams/articles" + std::string(at.substr(1)));
}

json with(json manifest, std::string_view at, const json& value) {
  const auto pointer = pointer_to(at);
  if (value.is_discarded()) {
    manifest.at(pointer.parent_pointer()).erase(pointer.back());
  } else {
    manifest[pointer] = value;
  }
  return manifest;
}

std::vector<config::Problem> reader_problems(const json& manifest) {
  config::Problems problems;
  sources::http_api::read_manifest(manifest.dump(), problems);
  return problems.sorted();
}

const json& manifest_schema_json() {
  static const json schema = json::parse(sources::http_api::manifest_schema());
  return schema;
}

bool schema_accepts(const json& manifest) {
  static Comparison comparison;
  return comparison.accepts(manifest);
}

}  // namespace freshet::testing
