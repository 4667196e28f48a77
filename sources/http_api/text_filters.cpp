#include "sources/http_api/text_filters.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/base64.h"
#include "base/hash.h"
#include "base/percent_encode.h"
#include "base/utf8.h"

namespace freshet::sources::http_api {
namespace {

constexpr std::string_view kSpace = " \t\r\n\f\v";

Error unfit(std::string_view what) {
  return {ErrorKind::Invalid, std::string(what)};
}

Result<std::string> text_of(const Filtered& input) {
  auto text = input.value.scalar();
  if (!text) return unfit("it is a list or object, and this filter takes text");
  return *std::move(text);
}

Filtered with(const Filtered& input, std::string_view text) {
  return {Value::text(text), input.now};
}

/// Applies `change` to the text of the input.
template <typename Change>
Result<Filtered> changed(const Filtered& input, Change change) {
  FRESHET_TRY(const auto text, text_of(input));
  return with(input, change(text));
}

char lower_letter(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
char upper_letter(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

std::string mapped(std::string text, char (*letter)(char)) {
  std::transform(text.begin(), text.end(), text.begin(), letter);
  return text;
}

/// The items of a list, or the characters of a text.
Result<std::vector<Value>> items_of(const Filtered& input) {
  std::vector<Value> items;
  if (input.value.is_array()) {
    for (std::size_t at = 0; at < input.value.size(); ++at) items.push_back(input.value.at(at));
    return items;
  }
  FRESHET_TRY(const auto text, text_of(input));
  for (std::string_view rest = text; !rest.empty();) {
    const auto size = decode_utf8(rest).length;
    items.push_back(Value::text(rest.substr(0, size)));
    rest.remove_prefix(size);
  }
  return items;
}

/// Where a slice starts or ends among `size` items.
std::optional<std::size_t> place(std::string_view text, std::size_t size) {
  long long place = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), place);
  if (code != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  const auto count = static_cast<long long>(size);
  if (place < 0) place = std::max(place, -count) + count;
  return static_cast<std::size_t>(std::min(place, count));
}

}  // namespace

Result<Filtered> lower(const Filtered& input, const Arguments&) {
  return changed(input, [](const std::string& text) { return mapped(text, lower_letter); });
}

Result<Filtered> upper(const Filtered& input, const Arguments&) {
  return changed(input, [](const std::string& text) { return mapped(text, upper_letter); });
}

Result<Filtered> trim(const Filtered& input, const Arguments&) {
  return changed(input, [](const std::string& text) {
    const auto start = std::min(text.find_first_not_of(kSpace), text.size());
    return text.substr(start, text.find_last_not_of(kSpace) + 1 - start);
  });
}

Result<Filtered> replace(const Filtered& input, const Arguments& arguments) {
  const std::string& from = arguments[0];
  if (from.empty()) return unfit("there is nothing to replace: FROM is empty");
  return changed(input, [&](std::string text) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos;) {
      text.replace(at, from.size(), arguments[1]);
      at += arguments[1].size();
    }
    return text;
  });
}

Result<Filtered> split(const Filtered& input, const Arguments& arguments) {
  if (arguments[0].empty()) return unfit("the separator is empty");
  FRESHET_TRY(const auto text, text_of(input));
  Filtered parts{Value::array(), input.now};
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find(arguments[0], at), text.size());
    parts.value.append(Value::text(std::string_view(text).substr(at, end - at)));
    at = end + arguments[0].size();
    if (end == text.size()) break;
  }
  return parts;
}

Result<Filtered> join(const Filtered& input, const Arguments& arguments) {
  if (!input.value.is_array()) return unfit("it is not a list");
  std::string joined;
  for (std::size_t at = 0; at < input.value.size(); ++at) {
    const auto item = input.value.at(at).scalar();
    if (!item) return unfit("it holds something that is neither text nor a number");
    if (at > 0) joined += arguments.empty() ? "," : arguments[0];
    joined += *item;
  }
  return with(input, joined);
}

Result<Filtered> first(const Filtered& input, const Arguments&) {
  FRESHET_TRY(const auto items, items_of(input));
  return Filtered{items.empty() ? Value{} : items.front(), input.now};
}

Result<Filtered> last(const Filtered& input, const Arguments&) {
  FRESHET_TRY(const auto items, items_of(input));
  return Filtered{items.empty() ? Value{} : items.back(), input.now};
}

Result<Filtered> length(const Filtered& input, const Arguments&) {
  FRESHET_TRY(const auto items, items_of(input));
  return Filtered{Value::number(static_cast<double>(items.size())), input.now};
}

Result<Filtered> slice(const Filtered& input, const Arguments& arguments) {
  FRESHET_TRY(const auto items, items_of(input));
  const auto start = place(arguments[0], items.size());
  const auto end = arguments.size() > 1 ? place(arguments[1], items.size()) : items.size();
  if (!start || !end) return unfit("START and END are whole numbers");
  Filtered piece{Value::array(), input.now};
  std::string text;
  for (auto at = *start; at < *end; ++at) {
    if (input.value.is_array()) {
      piece.value.append(items[at]);
    } else {
      text += items[at].scalar().value_or("");
    }
  }
  return input.value.is_array() ? piece : with(input, text);
}

Result<Filtered> urlenc(const Filtered& input, const Arguments&) {
  return changed(input, [](const std::string& text) { return percent_encode(text); });
}

Result<Filtered> b64(const Filtered& input, const Arguments&) {
  return changed(input, [](const std::string& text) { return base64(text); });
}

Result<Filtered> sha256(const Filtered& input, const Arguments&) {
  return changed(input, [](const std::string& text) { return sha256_hex(text); });
}

Result<Filtered> hmac(const Filtered& input, const Arguments& arguments) {
  return changed(input,
                 [&](const std::string& text) { return hmac_sha256_hex(arguments[0], text); });
}

}  // namespace freshet::sources::http_api
