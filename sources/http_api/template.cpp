#include "sources/http_api/template.h"

#include <algorithm>
#include <charconv>

#include "sources/http_api/template_filters.h"
#include "sources/http_api/template_reader.h"

namespace freshet::sources::http_api {
namespace {

Error about(const Template::Piece& piece, std::string_view what) {
  return {ErrorKind::Invalid, "${" + piece.text + "}: " + std::string(what)};
}

Value step_into(const Value& value, std::string_view step) {
  if (!step.starts_with('[')) return value.get(step);
  std::size_t index = 0;
  const auto [end, code] = std::from_chars(step.data() + 1, step.data() + step.size(), index);
  return code == std::errc{} ? value.at(index) : Value{};
}

/// Null where nothing is there. A secret where none may stand is Invalid.
Result<Value> look_up(const std::vector<std::string>& path, const Scope& scope, SecretUse use) {
  if (path[0] == "config" && path.size() > 1) {
    if (const auto secret = scope.secrets.find(path[1]); secret != scope.secrets.end()) {
      if (use == SecretUse::Allowed && path.size() == 2) return Value::text(secret->second);
      return Error{ErrorKind::Invalid,
                   "config." + path[1] + " is a secret, which only auth and headers may name"};
    }
  }
  const auto root = scope.roots.find(path[0]);
  if (root == scope.roots.end()) return Value{};
  Value value = root->second;
  for (std::size_t at = 1; at < path.size(); ++at) value = step_into(value, path[at]);
  // Naming all of config must not be a way to its secrets.
  if (path.size() == 1 && path[0] == "config" && !scope.secrets.empty()) {
    return Error{ErrorKind::Invalid, "config has secrets; name one of its members"};
  }
  return value;
}

/// The arguments that the filter is called with: those that are paths, looked up.
Result<Arguments> arguments_of(const Template::Call& call, const Scope& scope, SecretUse use) {
  if (filters()[call.filter].arguments == ArgumentKind::Text) return call.arguments;
  Arguments values;
  for (const std::string& argument : call.arguments) {
    FRESHET_TRY(const auto path, read_path(argument));
    FRESHET_TRY(const auto value, look_up(path, scope, use));
    const auto text = value.scalar();
    if (!text) return Error{ErrorKind::Invalid, argument + " is undefined"};
    values.push_back(*text);
  }
  return values;
}

constexpr std::string_view kUndefined = "it is undefined or null; add \"| default:x\" if it may be";

}  // namespace

Result<Template> Template::compile(std::string_view text, SecretUse secrets) {
  Template compiled;
  FRESHET_TRY(compiled.pieces_, read_template(text));
  compiled.secrets_ = secrets;
  return compiled;
}

Result<Value> Template::evaluate(const Piece& piece, const Scope& scope) const {
  if (piece.path.empty()) return Value::text(piece.text);
  auto found = look_up(piece.path, scope, secrets_);
  if (!found) return about(piece, found.error().message);
  const auto now = scope.roots.find("now");
  Filtered filtered{*std::move(found), now == scope.roots.end() ? Value{} : now->second};
  for (const Call& call : piece.calls) {
    const Filter& filter = filters()[call.filter];
    if (filtered.value.is_null() && filter.name != "default") return about(piece, kUndefined);
    const auto arguments = arguments_of(call, scope, secrets_);
    if (!arguments) return about(piece, arguments.error().message);
    auto next = filter.apply(filtered, *arguments);
    if (!next) return about(piece, std::string(filter.name) + ": " + next.error().message);
    filtered = *std::move(next);
  }
  if (filtered.value.is_null()) return about(piece, kUndefined);
  return filtered.value;
}

Result<Value> Template::render(const Scope& scope) const {
  if (pieces_.size() == 1) return evaluate(pieces_[0], scope);
  FRESHET_TRY(const auto text, render_text(scope));
  return Value::text(text);
}

Result<std::string> Template::render_text(const Scope& scope) const {
  std::string text;
  for (const Piece& piece : pieces_) {
    FRESHET_TRY(const auto value, evaluate(piece, scope));
    const auto part = value.scalar();
    if (!part) return about(piece, "it is a list or object; use join or json");
    text += *part;
  }
  return text;
}

bool Template::constant() const {
  return std::all_of(pieces_.begin(), pieces_.end(),
                     [](const Piece& piece) { return piece.path.empty(); });
}

}  // namespace freshet::sources::http_api
