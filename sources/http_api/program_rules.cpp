#include "sources/http_api/program_rules.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "base/nearest_name.h"

namespace freshet::sources::http_api {
namespace {

constexpr std::array<std::string_view, 15> kKeywords{"and",   "or",    "not",   "if",   "then",
                                                     "elif",  "else",  "end",   "as",   "try",
                                                     "catch", "label", "break", "true", "false"};

struct Refusal {
  std::string_view word;
  std::string_view advice;
};

// Words somebody will try, with what to do instead. Any other unknown word is refused as well.
constexpr std::array kRefusals{
    Refusal{"gsub", "it never ends where the pattern matches nothing (jq 1.6); use split and join"},
    Refusal{"range", "its bounds may come from a response; index with [] or use to_entries"},
    Refusal{"reduce", "use add, join, map, min or max"},
    Refusal{"foreach", "use map"},
    Refusal{"limit", "use a slice such as .[:3], or first"},
    Refusal{"while", "it may never end"},
    Refusal{"until", "it may never end"},
    Refusal{"repeat", "it may never end"},
    Refusal{"env", "an expression reads its input and $config only"},
    Refusal{"ENV", "an expression reads its input and $config only"},
    Refusal{"input", "an expression reads its input and $config only"},
    Refusal{"inputs", "an expression reads its input and $config only"},
    Refusal{"now", "the same response must give the same document"},
    Refusal{"def", "write the expression out"},
    Refusal{"import", "write the expression out"},
    Refusal{"include", "write the expression out"},
    Refusal{"debug", "expressions print nothing"},
    Refusal{"stderr", "expressions print nothing"},
};

// clang-format off
constexpr std::array kFunctions = std::to_array<std::string_view>({
    "add", "all", "any", "arrays", "ascii_downcase", "ascii_upcase", "booleans", "capture",
    "ceil", "contains", "del", "empty", "endswith", "error", "explode", "first", "flatten",
    "floor", "from_entries", "fromdate", "fromdateiso8601", "fromjson", "group_by", "has", "in",
    "index", "indices", "inside", "isempty", "iterables", "join", "keys", "keys_unsorted", "last",
    "length", "ltrimstr", "map", "map_values", "match", "max", "max_by", "min", "min_by", "not",
    "null", "nulls", "numbers", "objects", "path", "paths", "recurse", "reverse", "rindex",
    "round", "rtrimstr", "scalars", "scan", "select", "sort", "sort_by", "split", "splits",
    "startswith", "strings", "sub", "test", "to_entries", "todate", "todateiso8601", "tojson",
    "tonumber", "tostring", "transpose", "type", "unique", "unique_by", "utf8bytelength",
    "values", "with_entries",
});
// clang-format on

std::string quoted(std::string_view word) {
  return "\"" + std::string(word) + "\"";
}

Error refused(std::string_view word) {
  std::string message = quoted(word) + " is not available in expressions";
  const auto* const known =
      std::find_if(kRefusals.begin(), kRefusals.end(),
                   [&](const Refusal& refusal) { return refusal.word == word; });
  if (known != kRefusals.end()) {
    message += ": " + std::string(known->advice);
  } else if (const auto near = nearest_name(word, allowed_functions())) {
    message += "; did you mean " + quoted(*near) + "?";
  } else {
    message += "; the manifest reference lists what is";
  }
  return {ErrorKind::Invalid, std::move(message)};
}

bool is_allowed(std::string_view word) {
  const auto& functions = allowed_functions();
  return std::find(kKeywords.begin(), kKeywords.end(), word) != kKeywords.end() ||
         std::find(functions.begin(), functions.end(), word) != functions.end();
}

/// `recurse(f)` follows what f makes up; `recurse` and `..` end with the value.
bool recurses_freely(const std::vector<Token>& tokens, std::size_t at) {
  return tokens[at].text == "recurse" && at + 1 < tokens.size() && tokens[at + 1].text == "(";
}

}  // namespace

std::span<const std::string_view> allowed_functions() {
  return kFunctions;
}

Result<Done> check_program(const std::vector<Token>& tokens) {
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const auto [kind, text] = tokens[at];
    if (kind == TokenKind::Word && !is_allowed(text)) return refused(text);
    if (kind == TokenKind::Variable && (text == "ENV" || text == "__prog_args"))
      return refused(text);
    if (kind == TokenKind::Symbol && text == "::") return refused(text);
    if (recurses_freely(tokens, at)) {
      return Error{ErrorKind::Invalid,
                   "\"recurse\" takes no argument in expressions; use \"..\" to visit every value"};
    }
  }
  return Done{};
}

}  // namespace freshet::sources::http_api
