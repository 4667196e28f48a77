#include "sources/http_api/manifest/map_reader.h"

#include <algorithm>
#include <charconv>

#include "config/table_reader.h"
#include "config/units.h"

namespace freshet::sources::http_api {
namespace {

using config::Node;
using config::Problems;

constexpr std::chrono::milliseconds kDay{std::chrono::hours(24)};

std::string child_name(std::string_view parent, std::string_view key) {
  return std::string(parent) + "." + std::string(key);
}

/// What an unquoted word of YAML means in JSON.
Value plain_value(const Node& node) {
  if (node.quoted) return Value::text(node.text);
  if (node.text == "true" || node.text == "false") return Value::boolean(node.text == "true");
  double number = 0;
  const auto* const end = node.text.data() + node.text.size();
  const auto [stop, failure] = std::from_chars(node.text.data(), end, number);
  if (failure == std::errc() && stop == end && !node.text.empty()) return Value::number(number);
  return Value::text(node.text);
}

std::optional<std::string> text_of(const Node& node, std::string_view name, Problems& problems) {
  if (node.kind == Node::Kind::Scalar) return node.text;
  problems.error(node.at, name, "must be one value");
  return std::nullopt;
}

}  // namespace

std::optional<Expression> read_expression(const Node& node, std::string_view name,
                                          Problems& problems) {
  const auto text = text_of(node, name, problems);
  if (!text) return std::nullopt;
  auto expression = Expression::compile(*text);
  if (expression) return std::move(*expression);
  problems.error(node.at, name, expression.error().message);
  return std::nullopt;
}

std::optional<Template> read_template(const Node& node, std::string_view name, SecretUse secrets,
                                      Problems& problems) {
  const auto text = text_of(node, name, problems);
  if (!text) return std::nullopt;
  auto compiled = Template::compile(*text, secrets);
  if (compiled) return std::move(*compiled);
  problems.error(node.at, name, compiled.error().message);
  return std::nullopt;
}

std::optional<ValueTemplate> read_value_template(const Node& node, std::string_view name,
                                                 SecretUse secrets, Problems& problems) {
  ValueTemplate value;
  if (node.kind == Node::Kind::Scalar) {
    auto text = read_template(node, name, secrets, problems);
    if (!text) return std::nullopt;
    if (text->constant()) {
      value.form = plain_value(node);
    } else {
      value.form = std::move(*text);
    }
  } else if (node.kind == Node::Kind::List) {
    std::vector<ValueTemplate> items;
    for (const Node& child : node.children) {
      auto item = read_value_template(child, name, secrets, problems);
      if (item) items.push_back(std::move(*item));
    }
    value.form = std::move(items);
  } else if (node.kind == Node::Kind::Map) {
    ValueTemplate::Members members;
    for (const Node& child : node.children) {
      auto member = read_value_template(child, child_name(name, child.key), secrets, problems);
      if (member) members.emplace_back(child.key, std::move(*member));
    }
    value.form = std::move(members);
  }
  return value;
}

MapReader::MapReader(const Node& map, std::string name, Problems& problems)
    : map_(&map), name_(std::move(name)), problems_(&problems) {
  config::expect_map(map, name_, problems);
}

const Node* MapReader::member(std::string_view name) {
  known_.emplace_back(name);
  return map_->kind == Node::Kind::Map ? map_->member(name) : nullptr;
}

const Node* MapReader::required(std::string_view name) {
  const Node* node = member(name);
  if (node == nullptr && map_->kind == Node::Kind::Map) {
    problems_->error(map_->at, dotted(name), "is missing");
  }
  return node;
}

std::span<const Node> MapReader::items(std::string_view name) {
  const Node* node = member(name);
  if (node == nullptr) return {};
  if (node->kind == Node::Kind::List) return node->children;
  problems_->error(node->at, dotted(name), "must be a list (- one, - another)");
  return {};
}

std::span<const Node> MapReader::members(std::string_view name) {
  const Node* node = member(name);
  if (node == nullptr || !config::expect_map(*node, dotted(name), *problems_)) return {};
  return node->children;
}

std::optional<std::string> MapReader::scalar(std::string_view name) {
  const Node* node = member(name);
  return node == nullptr ? std::nullopt : text_of(*node, dotted(name), *problems_);
}

std::optional<std::string> MapReader::text(std::string_view name) {
  return scalar(name);
}

std::string MapReader::required_text(std::string_view name) {
  const Node* node = required(name);
  return node == nullptr ? "" : text_of(*node, dotted(name), *problems_).value_or("");
}

bool MapReader::flag(std::string_view name, bool fallback) {
  const auto word = choice(name, {"false", "true"});
  return word ? *word == 1 : fallback;
}

std::optional<double> MapReader::number(std::string_view name, double most) {
  const auto text = scalar(name);
  if (!text) return std::nullopt;
  const auto number = config::parse_count(*text);
  if (number && *number <= most) return *number;
  problems_->error(member(name)->at, dotted(name),
                   number ? "is too large" : number.error().message);
  return std::nullopt;
}

std::size_t MapReader::count(std::string_view name, std::size_t fallback, std::size_t most) {
  const auto value = number(name, static_cast<double>(most));
  return value ? static_cast<std::size_t>(*value) : fallback;
}

std::optional<std::chrono::milliseconds> MapReader::duration(std::string_view name) {
  const auto text = scalar(name);
  if (!text) return std::nullopt;
  const bool days = text->ends_with('d');
  const auto value = days ? config::parse_count(std::string_view(*text).substr(0, text->size() - 1))
                          : config::parse_duration(*text);
  if (!value) {
    problems_->error(member(name)->at, dotted(name), "must be a time such as 30s, 5m, 12h or 7d");
    return std::nullopt;
  }
  const auto whole = static_cast<std::int64_t>(*value);
  return days ? whole * kDay : std::chrono::milliseconds(whole);
}

std::optional<double> MapReader::fraction(std::string_view name) {
  const auto text = scalar(name);
  if (!text) return std::nullopt;
  const auto value = config::parse_fraction(*text);
  if (value) return *value;
  problems_->error(member(name)->at, dotted(name), value.error().message);
  return std::nullopt;
}

std::vector<std::string> MapReader::texts(std::string_view name) {
  const Node* node = member(name);
  if (node == nullptr) return {};
  std::vector<std::string> list;
  const auto add = [&](const Node& item) {
    if (auto text = text_of(item, dotted(name), *problems_)) list.push_back(std::move(*text));
  };
  if (node->kind == Node::Kind::List) {
    std::for_each(node->children.begin(), node->children.end(), add);
  } else {
    add(*node);
  }
  return list;
}

std::optional<std::size_t> MapReader::choice(std::string_view name,
                                             std::initializer_list<std::string_view> words) {
  const auto text = scalar(name);
  if (!text) return std::nullopt;
  const auto* const found = std::find(words.begin(), words.end(), *text);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  problems_->error(member(name)->at, dotted(name),
                   "must be " + config::join_alternatives({words.begin(), words.end()}));
  return std::nullopt;
}

std::optional<Expression> MapReader::expression(std::string_view name) {
  const Node* node = member(name);
  auto expression =
      node == nullptr ? std::nullopt : read_expression(*node, dotted(name), *problems_);
  if (expression) expression->stand_at(dotted(name));
  return expression;
}

Expression MapReader::required_expression(std::string_view name) {
  required(name);
  auto expression = this->expression(name);
  // Never used: a manifest with problems is not given to anybody.
  return expression ? std::move(*expression) : std::move(*Expression::compile("null"));
}

std::optional<Template> MapReader::text_template(std::string_view name, SecretUse secrets) {
  const Node* node = member(name);
  return node == nullptr ? std::nullopt : read_template(*node, dotted(name), secrets, *problems_);
}

std::optional<ValueTemplate> MapReader::value_template(std::string_view name, SecretUse secrets) {
  const Node* node = member(name);
  return node == nullptr ? std::nullopt
                         : read_value_template(*node, dotted(name), secrets, *problems_);
}

NamedTemplates MapReader::templates(std::string_view name, SecretUse secrets) {
  NamedTemplates named;
  for (const Node& child : members(name)) {
    auto value =
        read_value_template(child, child_name(dotted(name), child.key), secrets, *problems_);
    if (value) named.emplace_back(child.key, std::move(*value));
  }
  return named;
}

void MapReader::finish() {
  if (map_->kind != Node::Kind::Map) return;
  config::report_unknown({*map_, name_}, {known_.begin(), known_.end()}, *problems_);
}

void MapReader::error(const Node& at, std::string_view member, std::string message) {
  problems_->error(at.at, dotted(member), std::move(message));
}

std::string MapReader::dotted(std::string_view member) const {
  return config::dotted({*map_, name_}, member);
}

}  // namespace freshet::sources::http_api
