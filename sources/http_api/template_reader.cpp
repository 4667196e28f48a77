#include "sources/http_api/template_reader.h"

#include <algorithm>
#include <array>

#include "base/nearest_name.h"
#include "sources/http_api/template_filters.h"

namespace freshet::sources::http_api {
namespace {

constexpr std::array<std::string_view, 7> kRoots{"config", "cursor", "part", "parent",
                                                 "rec",    "batch",  "now"};
constexpr std::string_view kSpace = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  const auto start = std::min(text.find_first_not_of(kSpace), text.size());
  text.remove_prefix(start);
  return text.substr(0, text.find_last_not_of(kSpace) + 1);
}

bool in_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

std::string quoted(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

Error unknown(std::string_view what, std::string_view written,
              const std::vector<std::string_view>& candidates) {
  std::string message = "unknown " + std::string(what) + " " + quoted(written);
  if (const auto near = nearest_name(written, candidates)) {
    message += "; did you mean " + quoted(*near) + "?";
  } else {
    message += "; there are ";
    for (const auto candidate : candidates) message += std::string(candidate) + " ";
    message.pop_back();
  }
  return {ErrorKind::Invalid, std::move(message)};
}

/// The place of `end` outside quotes, or the end of the text.
std::size_t find_outside_quotes(std::string_view text, std::string_view ends, std::size_t at) {
  char quote = 0;
  for (; at < text.size(); ++at) {
    if (quote != 0) {
      if (text[at] == quote) quote = 0;
    } else if (ends.find(text[at]) != std::string_view::npos) {
      return at;
    } else if ((text[at] == '\'' || text[at] == '"') && (at == 0 || !in_name(text[at - 1]))) {
      quote = text[at];
    }
  }
  return std::string_view::npos;
}

std::string unquoted(std::string_view text) {
  text = trimmed(text);
  const bool quotes =
      text.size() >= 2 && (text[0] == '\'' || text[0] == '"') && text.back() == text[0];
  return std::string(quotes ? text.substr(1, text.size() - 2) : text);
}

std::vector<std::string> read_arguments(std::string_view text, std::size_t most) {
  std::vector<std::string> arguments;
  while (most > 1) {
    const auto comma = find_outside_quotes(text, ",", 0);
    if (comma == std::string_view::npos) break;
    arguments.push_back(unquoted(text.substr(0, comma)));
    text.remove_prefix(comma + 1);
  }
  arguments.push_back(unquoted(text));
  return arguments;
}

Result<Template::Call> read_call(std::string_view text) {
  text = trimmed(text);
  const auto colon = std::min(text.find(':'), text.size());
  const auto name = trimmed(text.substr(0, colon));
  const auto list = filters();
  const auto found = std::find_if(list.begin(), list.end(),
                                  [&](const Filter& filter) { return filter.name == name; });
  if (found == list.end()) {
    std::vector<std::string_view> names;
    for (const Filter& filter : list) names.push_back(filter.name);
    return unknown("filter", name, names);
  }
  Template::Call call{static_cast<std::size_t>(found - list.begin()), {}};
  if (colon < text.size()) call.arguments = read_arguments(text.substr(colon + 1), found->most);
  if (call.arguments.size() < found->least || call.arguments.size() > found->most) {
    return Error{ErrorKind::Invalid,
                 "wrong number of arguments: it is written " + quoted(found->form)};
  }
  if (found->arguments == ArgumentKind::Path) FRESHET_CHECK(read_path(call.arguments[0]));
  if (found->check != nullptr) {
    auto checked = found->check(call.arguments);
    if (!checked) return while_doing(found->name, std::move(checked).error());
  }
  return call;
}

/// What stands between the braces.
Result<Template::Piece> read_placeholder(std::string_view text) {
  Template::Piece piece;
  piece.text = trimmed(text);
  auto bar = std::min(find_outside_quotes(text, "|", 0), text.size());
  FRESHET_TRY(piece.path, read_path(trimmed(text.substr(0, bar))));
  while (bar < text.size()) {
    const auto next = std::min(find_outside_quotes(text, "|", bar + 1), text.size());
    FRESHET_TRY(auto call, read_call(text.substr(bar + 1, next - bar - 1)));
    piece.calls.push_back(std::move(call));
    bar = next;
  }
  return piece;
}

Error at_position(std::size_t at, const Error& error) {
  return {error.kind,
          "the template, at character " + std::to_string(at + 1) + ": " + error.message};
}

void add_literal(std::vector<Template::Piece>& pieces, std::string_view text) {
  if (text.empty()) return;
  if (pieces.empty() || !pieces.back().path.empty()) pieces.emplace_back();
  pieces.back().text += text;
}

}  // namespace

Result<std::vector<std::string>> read_path(std::string_view text) {
  const auto root_end = std::min(text.find_first_of(".["), text.size());
  const auto root = text.substr(0, root_end);
  if (root == "lookup" || root == "children") {
    return Error{ErrorKind::Invalid, quoted(root) + " is reached by expressions: write $" +
                                         std::string(root) + ".NAME" +
                                         (root == "lookup" ? "[KEY]" : "") + " without ${}"};
  }
  if (std::find(kRoots.begin(), kRoots.end(), root) == kRoots.end()) {
    return unknown("root", root, {kRoots.begin(), kRoots.end()});
  }
  std::vector<std::string> path{std::string(root)};
  for (std::size_t at = root_end; at < text.size();) {
    const bool index = text[at] == '[';
    auto end = at + 1;
    while (end < text.size() && in_name(text[end])) ++end;
    const auto step = text.substr(at + 1, end - at - 1);
    const bool closed = !index || (end < text.size() && text[end] == ']' &&
                                   step.find_first_not_of("0123456789") == std::string_view::npos);
    if (step.empty() || step.size() > 64 || !closed || (!index && text[at] != '.')) {
      return Error{ErrorKind::Invalid, quoted(text) + " is no path such as rec.tags[0]"};
    }
    // The bracket tells a place in a list from a member whose name is a number.
    path.push_back((index ? "[" : "") + std::string(step));
    at = end + (index ? 1 : 0);
  }
  return path;
}

Result<std::vector<Template::Piece>> read_template(std::string_view text) {
  std::vector<Template::Piece> pieces;
  for (std::size_t at = 0; at < text.size();) {
    const auto open = text.find("${", at);
    if (open == std::string_view::npos) {
      add_literal(pieces, text.substr(at));
      break;
    }
    if (open > at && text[open - 1] == '$') {
      add_literal(pieces, text.substr(at, open - 1 - at));
      add_literal(pieces, "${");
      at = open + 2;
      continue;
    }
    add_literal(pieces, text.substr(at, open - at));
    const auto close = find_outside_quotes(text, "}", open + 2);
    if (close == std::string_view::npos) {
      return at_position(open, {ErrorKind::Invalid, "a \"${\" is never closed"});
    }
    auto piece = read_placeholder(text.substr(open + 2, close - open - 2));
    if (!piece) return at_position(open, piece.error());
    pieces.push_back(*std::move(piece));
    at = close + 1;
  }
  return pieces;
}

}  // namespace freshet::sources::http_api
