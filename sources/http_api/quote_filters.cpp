#include "sources/http_api/quote_filters.h"

namespace freshet::sources::http_api {
namespace {

/// What a control character becomes behind a backslash; 0 where the languages have no way to say
/// it.
char escape_of(char c) {
  switch (c) {
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    default:
      return 0;
  }
}

Result<std::string> literal(std::string_view text, char quote) {
  std::string out(1, quote);
  for (const char c : text) {
    if (c == '\\' || c == quote) {
      out += {'\\', c};
    } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) {
      out += c;
    } else if (const char escape = escape_of(c); escape != 0) {
      out += {'\\', escape};
    } else {
      return Error{ErrorKind::Invalid, "it holds a control character, which no query can hold"};
    }
  }
  return out + quote;
}

Result<std::string> literal(const Value& value, char quote) {
  const auto text = value.scalar();
  if (!text) return Error{ErrorKind::Invalid, "only text, numbers and lists of them can be quoted"};
  return literal(*text, quote);
}

Result<Filtered> quoted(const Filtered& input, char quote) {
  if (!input.value.is_array()) {
    FRESHET_TRY(const auto text, literal(input.value, quote));
    return Filtered{Value::text(text), input.now};
  }
  if (input.value.size() == 0) return Error{ErrorKind::Invalid, "it is an empty list"};
  std::string list;
  for (std::size_t at = 0; at < input.value.size(); ++at) {
    FRESHET_TRY(const auto text, literal(input.value.at(at), quote));
    list += (at > 0 ? "," : "") + text;
  }
  return Filtered{Value::text(list), input.now};
}

}  // namespace

Result<Filtered> jql_quote(const Filtered& input, const Arguments&) {
  return quoted(input, '"');
}
Result<Filtered> soql_quote(const Filtered& input, const Arguments&) {
  return quoted(input, '\'');
}
Result<Filtered> cql_quote(const Filtered& input, const Arguments&) {
  return quoted(input, '"');
}

}  // namespace freshet::sources::http_api
