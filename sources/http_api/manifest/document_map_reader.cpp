#include <algorithm>
#include <array>
#include <utility>

#include "base/nearest_name.h"
#include "config/value_reader.h"
#include "sources/http_api/manifest/field_reader.h"
#include "sources/thread.h"

namespace freshet::sources::http_api {
namespace {

using config::Node;

/// The formats a body may be in, and the media types that extraction knows them by.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kBodies{{
    {"html", "text/html"},
    {"md", "text/markdown"},
    {"text", "text/plain"},
    {"adf", "application/vnd.atlassian.adf+json"},
    {"storage", "application/vnd.atlassian.storage+xml"},
    {"blocks", "application/vnd.notion.blocks+json"},
    {"wikitext", "text/x-wiki"},
    {"bbcode", "text/x-bbcode"},
    {"textile", "text/x-textile"},
}};

std::optional<BodySpec> read_body(MapReader& parent) {
  const Node* node = parent.member("body");
  if (node == nullptr) return std::nullopt;
  MapReader reader(*node, parent.dotted("body"), parent.problems());
  std::optional<BodySpec> body;
  for (const auto& [name, media_type] : kBodies) {
    auto field = read_field(reader, name);
    if (field && body) reader.error(*node, name, "stands beside another format; keep one");
    if (field) body = BodySpec{std::string(media_type), std::move(*field)};
  }
  reader.finish();
  if (!body) parent.error(*node, "body", "must name the format: {html: .body}");
  return body;
}

std::optional<Level> read_level(MapReader& reader) {
  reader.required("level");
  const auto word = reader.choice(
      "level", {"public", "signed_in", "segment", "restricted", "internal", "private", "inherit"});
  if (!word) return Level::Internal;
  constexpr std::array kLevels{Level::Public,     Level::SignedIn, Level::Segment,
                               Level::Restricted, Level::Internal, Level::Private};
  return *word < kLevels.size() ? std::optional(kLevels.at(*word)) : std::nullopt;
}

std::vector<VisibilityRule> read_visibility(MapReader& parent) {
  std::vector<VisibilityRule> rules;
  const Node* list = parent.required("visibility");
  if (list == nullptr) return rules;
  if (list->kind != Node::Kind::List) {
    parent.error(*list, "visibility", "must be a list of rules (- {when: EXPR, level: public})");
    return rules;
  }
  for (const Node& node : list->children) {
    MapReader reader(node, parent.dotted("visibility"), parent.problems());
    rules.push_back(
        {read_field(reader, "when"), read_level(reader), read_field(reader, "principals")});
    const bool open = rules.back().level == Level::Public && node.member("when") == nullptr;
    if (open)
      reader.error(node, "when",
                   "is missing; public needs a test that a field of the record passes");
    reader.finish();
  }
  return rules;
}

std::vector<RelationSpec> read_relations(MapReader& parent) {
  std::vector<RelationSpec> relations;
  for (const Node& node : parent.items("relations")) {
    MapReader reader(node, parent.dotted("relations"), parent.problems());
    auto each = reader.expression("each");
    auto type = read_word_or_field(reader, "type");
    auto kind = read_word_or_field(reader, "kind");
    relations.push_back(
        {std::move(each), std::move(type), std::move(kind), read_required_field(reader, "id")});
    reader.finish();
  }
  return relations;
}

std::optional<MessageSpec> read_messages(MapReader& parent) {
  const Node* node = parent.member("messages");
  if (node == nullptr) return std::nullopt;
  MapReader reader(*node, parent.dotted("messages"), parent.problems());
  auto each = reader.required_expression("each");
  auto id = read_required_field(reader, "id");
  auto body = read_body(reader);
  if (!body) reader.error(*node, "body", "is missing");
  MessageSpec messages{.each = std::move(each),
                       .id = std::move(id),
                       .body = body ? std::move(body->text) : FieldSpec{Value()},
                       .media_type = body ? body->media_type : "",
                       .at = read_field(reader, "at"),
                       .edited = read_field(reader, "edited"),
                       .author = read_field(reader, "author"),
                       .side = read_field(reader, "side"),
                       .marked = read_field(reader, "marked"),
                       .visibility = read_visibility(reader),
                       .files = reader.expression("files")};
  reader.finish();
  return messages;
}

std::string no_rule(const std::string& written) {
  const std::string what = "\"" + written + "\" is no rule; ";
  if (written.starts_with("field:")) {
    return what + "let each of messages give that text too, marked, and take marked_message";
  }
  const auto nearest = nearest_name(written, kPickRules);
  if (nearest) return what + "did you mean " + std::string(*nearest) + "?";
  return what + "write " + config::join_alternatives({kPickRules.begin(), kPickRules.end()});
}

std::vector<std::string> read_pick(MapReader& resolution) {
  resolution.required("pick");
  auto rules = resolution.texts("pick");
  for (const std::string& rule : rules) {
    if (std::ranges::find(kPickRules, rule) == kPickRules.end())
      resolution.error(*resolution.member("pick"), "pick", no_rule(rule));
  }
  return rules;
}

std::optional<ResolutionSpec> read_resolution(MapReader& parent) {
  const Node* node = parent.member("resolution");
  if (node == nullptr) return std::nullopt;
  MapReader reader(*node, parent.dotted("resolution"), parent.problems());
  ResolutionSpec resolution{reader.required_expression("when"), read_pick(reader)};
  reader.finish();
  return resolution;
}

std::string read_kind(MapReader& parent) {
  const Node* node = parent.required("kind");
  if (node == nullptr) return "";
  MapReader reader(*node, parent.dotted("kind"), parent.problems());
  auto kind = reader.required_text("const");
  reader.finish();
  return kind;
}

std::vector<std::pair<std::string, OptionalField>> read_metadata(MapReader& parent) {
  std::vector<std::pair<std::string, OptionalField>> metadata;
  const Node* node = parent.member("metadata");
  if (node == nullptr) return metadata;
  MapReader reader(*node, parent.dotted("metadata"), parent.problems());
  for (const Node& child : node->children) {
    metadata.emplace_back(child.key, read_required_field(reader, child.key));
  }
  return metadata;
}

}  // namespace

std::optional<MapSpec> read_map(MapReader& parent) {
  const Node* node = parent.required("map");
  if (node == nullptr) return std::nullopt;
  MapReader reader(*node, parent.dotted("map"), parent.problems());
  MapSpec map;
  map.kind = read_kind(reader);
  const std::array<std::pair<std::string_view, OptionalField MapSpec::*>, 12> fields{{
      {"url", &MapSpec::url},
      {"title", &MapSpec::title},
      {"lang", &MapSpec::language},
      {"created", &MapSpec::created},
      {"updated", &MapSpec::updated},
      {"author", &MapSpec::author},
      {"state", &MapSpec::state},
      {"outcome", &MapSpec::outcome},
      {"draft", &MapSpec::draft},
      {"labels", &MapSpec::labels},
      {"breadcrumb", &MapSpec::breadcrumb},
      {"alias", &MapSpec::alias},
  }};
  for (const auto& [name, field] : fields) map.*field = read_field(reader, name);
  map.body = read_body(reader);
  map.visibility = read_visibility(reader);
  map.relations = read_relations(reader);
  map.metadata = read_metadata(reader);
  map.files = reader.expression("files");
  map.messages = read_messages(reader);
  map.resolution = read_resolution(reader);
  if (!map.title) reader.error(*node, "title", "is missing");
  if (map.files && !map.messages)
    reader.error(*node, "files", "hang under the opening of a conversation; there is no messages");
  reader.finish();
  return map;
}

}  // namespace freshet::sources::http_api
