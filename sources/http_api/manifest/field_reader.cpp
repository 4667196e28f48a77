#include "sources/http_api/manifest/field_reader.h"

#include <utility>

namespace freshet::sources::http_api {
namespace {

using config::Node;

LookupField read_lookup(MapReader& reader) {
  return {reader.required_text("lookup"), reader.required_expression("by"),
          reader.required_expression("take")};
}

TableField read_translation(MapReader& reader) {
  TableField field{reader.required_expression("from"), {}, reader.text("else")};
  const Node* table = reader.required("table");
  if (table == nullptr) return field;
  MapReader words(*table, reader.dotted("table"), reader.problems());
  for (const Node& row : table->children)
    field.table.emplace(row.key, words.required_text(row.key));
  if (table->kind == Node::Kind::Map && field.table.empty())
    reader.error(*table, "table", "must translate words: {open: open}");
  return field;
}

std::optional<FieldSpec> read_structured(const Node& node, std::string_view name,
                                         config::Problems& problems) {
  MapReader reader(node, std::string(name), problems);
  std::optional<FieldSpec> field;
  if (const Node* constant = reader.member("const")) {
    auto value = read_value_template(*constant, name, SecretUse::Refused, problems);
    const auto plain = value ? value->render({}) : Result<Value>(Value());
    if (value) field = FieldSpec{plain ? *plain : Value()};
  } else if (reader.member("lookup") != nullptr) {
    field = FieldSpec{read_lookup(reader)};
  } else if (reader.member("table") != nullptr) {
    field = FieldSpec{read_translation(reader)};
  } else if (reader.member("when") != nullptr) {
    field = FieldSpec{ChoiceField{reader.required_expression("when"), reader.required_text("then"),
                                  reader.text("else").value_or("")}};
  } else if (reader.member("html") != nullptr) {
    field = FieldSpec{HtmlField{reader.required_expression("html")}};
  } else {
    problems.error(node.at, name,
                   "must be an expression or one of const, lookup, table, when and html");
    return std::nullopt;
  }
  reader.finish();
  return field;
}

/// A list of expressions is one expression that gives a list.
std::optional<FieldSpec> read_list(const Node& node, std::string_view name,
                                   config::Problems& problems) {
  Node joined = node;
  joined.kind = Node::Kind::Scalar;
  for (const Node& item : node.children) {
    if (item.kind != Node::Kind::Scalar || item.text.empty()) {
      problems.error(item.at, name, "must be a list of expressions ([.one, .another])");
      return std::nullopt;
    }
    joined.text += (joined.text.empty() ? "" : ", ") + item.text;
  }
  joined.text = "[" + joined.text + "]";
  auto expression = read_expression(joined, name, problems);
  return expression ? std::optional(FieldSpec{std::move(*expression)}) : std::nullopt;
}

std::optional<FieldSpec> read_node(const Node& node, std::string_view name,
                                   config::Problems& problems) {
  if (node.kind == Node::Kind::Map) return read_structured(node, name, problems);
  if (node.kind == Node::Kind::List) return read_list(node, name, problems);
  if (node.kind == Node::Kind::Scalar && node.text.find("${") != std::string::npos) {
    auto text = read_template(node, name, SecretUse::Refused, problems);
    return text ? std::optional(FieldSpec{std::move(*text)}) : std::nullopt;
  }
  auto expression = read_expression(node, name, problems);
  return expression ? std::optional(FieldSpec{std::move(*expression)}) : std::nullopt;
}

}  // namespace

OptionalField read_field(MapReader& reader, std::string_view member) {
  const Node* node = reader.member(member);
  return node == nullptr ? std::nullopt
                         : read_node(*node, reader.dotted(member), reader.problems());
}

FieldSpec read_required_field(MapReader& reader, std::string_view member) {
  const Node* node = reader.required(member);
  auto field =
      node == nullptr ? std::nullopt : read_node(*node, reader.dotted(member), reader.problems());
  return field ? std::move(*field) : FieldSpec{Value()};
}

FieldSpec read_word_or_field(MapReader& reader, std::string_view member) {
  const Node* node = reader.member(member);
  const bool word = node != nullptr && node->kind == Node::Kind::Scalar && !node->text.empty() &&
                    node->text.find_first_of(".$({\"[") == std::string::npos;
  return word ? FieldSpec{Value::text(node->text)} : read_required_field(reader, member);
}

}  // namespace freshet::sources::http_api
