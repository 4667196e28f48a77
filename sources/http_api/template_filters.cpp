#include "sources/http_api/template_filters.h"

#include <array>

#include "sources/http_api/quote_filters.h"
#include "sources/http_api/text_filters.h"
#include "sources/http_api/time_filters.h"
#include "sources/http_api/value_filters.h"

namespace freshet::sources::http_api {
namespace {

constexpr std::array kFilters{
    Filter{"default", 1, 1, "default:TEXT", "TEXT where the value is undefined or null.",
           use_default},
    Filter{"int", 0, 0, "int", "A whole number, of a number (fraction dropped) or of text.",
           to_int},
    Filter{"str", 0, 0, "str", "The value as text.", to_str},
    Filter{"bool", 0, 0, "bool", "True or false, of true, false, yes, no, 1 or 0.", to_bool},
    Filter{"json", 0, 0, "json", "The value as JSON text.", to_json},
    Filter{"lower", 0, 0, "lower", "ASCII letters in lower case.", lower},
    Filter{"upper", 0, 0, "upper", "ASCII letters in upper case.", upper},
    Filter{"trim", 0, 0, "trim", "Without white space at both ends.", trim},
    Filter{"replace", 2, 2, "replace:FROM,TO", "Every FROM becomes TO.", replace},
    Filter{"split", 1, 1, "split:SEPARATOR", "The list of the parts between separators.", split},
    Filter{"join", 0, 1, "join:SEPARATOR",
           "The items of a list as one text; without SEPARATOR, with commas.", join},
    Filter{"first", 0, 0, "first", "The first item of a list, or first character of a text.",
           first},
    Filter{"last", 0, 0, "last", "The last item of a list, or last character of a text.", last},
    Filter{"len", 0, 0, "len", "How many items or characters there are.", length},
    Filter{
        "slice", 1, 2, "slice:START,END",
        "Items or characters from START up to END, counted from 0, or from the end where negative.",
        slice},
    Filter{"urlenc", 0, 0, "urlenc", "Percent-encoded for one part of a URL (\"/\" too).", urlenc},
    Filter{"b64", 0, 0, "b64", "Base64 of the text.", b64},
    Filter{"sha256", 0, 0, "sha256", "SHA-256 of the text, in hexadecimal.", sha256},
    Filter{"hmac", 1, 1, "hmac:PATH",
           "HMAC-SHA-256 of the text, in hexadecimal, with the value of PATH (such as config.key) "
           "as key.",
           hmac, ArgumentKind::Path},
    Filter{"iso", 0, 0, "iso", "The time as ISO 8601, UTC, with milliseconds where there are any.",
           iso},
    Filter{"epoch", 0, 0, "epoch", "The time in whole seconds since 1970.", epoch},
    Filter{"epoch_ms", 0, 0, "epoch_ms", "The time in whole milliseconds since 1970.", epoch_ms},
    Filter{"fmt", 1, 1, "fmt:FORMAT",
           "The time written with %Y %y %m %d %j %H %M %S %f %s %b %a %z %F %T %%; UTC, unless tz "
           "stands right before.",
           fmt, ArgumentKind::Text, check_fmt},
    Filter{"parse", 1, 1, "parse:FORMAT",
           "A time read with %Y %m %d %H %M %S %f %s %b %z %F %T %%; UTC without %z.", parse,
           ArgumentKind::Text, check_parse},
    Filter{"add", 1, 1, "add:DURATION",
           "A time moved by -120s, 3h, 2d, 1w (units ms, s, m, h, d, w).", add, ArgumentKind::Text,
           check_duration},
    Filter{"tz", 1, 1, "tz:ZONE", "The time as ISO 8601 in a zone: +02:00 or Europe/Berlin.", tz},
    Filter{"floor", 1, 1, "floor:DURATION",
           "A time rounded down to a multiple of DURATION since 1970.", floor_to,
           ArgumentKind::Text, check_duration},
    Filter{"jql_quote", 0, 0, "jql_quote",
           "A quoted JQL string; of a list, the strings with commas.", jql_quote},
    Filter{"soql_quote", 0, 0, "soql_quote",
           "A quoted SOQL string; of a list, the strings with commas.", soql_quote},
    Filter{"cql_quote", 0, 0, "cql_quote",
           "A quoted CQL string; of a list, the strings with commas.", cql_quote},
};

}  // namespace

std::span<const Filter> filters() {
  return kFilters;
}

}  // namespace freshet::sources::http_api
