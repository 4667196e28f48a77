#include "sources/http_api/simple_paths.h"

#include <algorithm>
#include <span>

#include "sources/http_api/jq_value.h"

namespace freshet::sources::http_api {
namespace {

using Tokens = std::span<const Token>;

bool starts_with(Tokens tokens, std::string_view symbol) {
  return !tokens.empty() && tokens[0].kind == TokenKind::Symbol && tokens[0].text == symbol;
}

bool starts_with_each(Tokens tokens) {
  return starts_with(tokens, "[") && starts_with(tokens.subspan(1), "]");
}

}  // namespace

Value Variables::*variable_named(std::string_view name) {
  if (name == "parent") return &Variables::parent;
  if (name == "children") return &Variables::children;
  if (name == "lookup") return &Variables::lookup;
  if (name == "config") return &Variables::config;
  return nullptr;
}

std::optional<SimplePaths> SimplePaths::parse(const std::vector<Token>& tokens) {
  SimplePaths paths;
  Tokens rest = tokens;
  while (!rest.empty()) {
    Path path;
    if (rest[0].kind == TokenKind::Variable) {
      path.root = variable_named(rest[0].text);
      if (path.root == nullptr) return std::nullopt;
      rest = rest.subspan(1);
    } else if (starts_with(rest, ".")) {
      rest = rest.subspan(1);
    } else if (rest[0].kind != TokenKind::Field) {
      return std::nullopt;
    }
    while (!rest.empty() && (rest[0].kind == TokenKind::Field || starts_with_each(rest))) {
      const bool each = rest[0].kind != TokenKind::Field;
      path.steps.push_back({each, each ? Value{} : Value::text(rest[0].text)});
      rest = rest.subspan(each ? 2 : 1);
    }
    paths.alternatives_.push_back(std::move(path));
    if (rest.empty()) return paths;
    if (!starts_with(rest, "//")) return std::nullopt;
    rest = rest.subspan(1);
  }
  return std::nullopt;
}

std::optional<std::vector<Value>> SimplePaths::all(const Value& input,
                                                   const Variables& variables) const {
  std::vector<Value> values;
  for (const Path& path : alternatives_) {
    values.clear();
    const Value& root = path.root == nullptr ? input : variables.*path.root;
    const bool absent = path.root != nullptr && path.root != &Variables::parent && root.is_null();
    if (!walk(path, 0, absent ? Value::object() : root, values)) return std::nullopt;
    if (&path == &alternatives_.back()) break;
    std::erase_if(values, [](const Value& value) { return !value.truthy(); });
    if (!values.empty()) break;
  }
  return values;
}

bool SimplePaths::walk(const Path& path, std::size_t step, const Value& from,
                       std::vector<Value>& out) {
  if (step == path.steps.size()) {
    out.push_back(from);
    return true;
  }
  const jv handle = ValueAccess::peek(from);
  if (!path.steps[step].each) {
    if (from.is_null()) return walk(path, step + 1, from, out);
    if (!from.is_object()) return false;
    const jv found = jv_object_get(jv_copy(handle), ValueAccess::share(path.steps[step].name));
    return walk(path, step + 1, jv_is_valid(found) != 0 ? ValueAccess::adopt(found) : Value{}, out);
  }
  if (from.is_array()) {
    for (std::size_t at = 0; at < from.size(); ++at) {
      if (!walk(path, step + 1, from.at(at), out)) return false;
    }
    return true;
  }
  if (!from.is_object()) return false;
  for (int at = jv_object_iter(handle); jv_object_iter_valid(handle, at) != 0;
       at = jv_object_iter_next(handle, at)) {
    const Value member = ValueAccess::adopt(jv_object_iter_value(handle, at));
    if (!walk(path, step + 1, member, out)) return false;
  }
  return true;
}

}  // namespace freshet::sources::http_api
