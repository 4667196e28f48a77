#include "sources/http_api/program_functions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "base/utf8.h"

namespace freshet::sources::http_api {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80 && c != '\0'; });
}

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  return count;
}

Computed length(const Value& input, const Value&) {
  if (input.is_null()) return Value::number(0);
  if (input.is_number()) return Value::number(std::abs(*input.as_number()));
  if (input.is_text()) return Value::number(static_cast<double>(characters(input.as_text())));
  if (input.is_boolean()) return Step::Fail;
  return Value::number(static_cast<double>(input.size()));
}

Computed is_untrue(const Value& input, const Value&) {
  return Value::boolean(!input.truthy());
}

Computed text_of(const Value& input, const Value&) {
  return text_form(input);
}

Computed type_of(const Value& input, const Value&) {
  constexpr std::array<std::string_view, 7> kNames{"null",   "boolean", "boolean", "number",
                                                   "string", "array",   "object"};
  return Value::text(kNames.at(static_cast<std::size_t>(rank(input))));
}

std::vector<Value> elements(const Value& value) {
  std::vector<Value> all(value.items().begin(), value.items().end());
  for (const Value::Member& member : value.members()) all.push_back(member.value);
  return all;
}

template <bool (Value::*kIs)() const>
Computed is_a(const Value& input, const Value&) {
  return Value::boolean((input.*kIs)());
}

Computed is_something(const Value& input, const Value&) {
  return Value::boolean(!input.is_null());
}

Computed is_list_or_map(const Value& input, const Value&) {
  return Value::boolean(input.is_array() || input.is_object());
}

Computed is_simple(const Value& input, const Value&) {
  return Value::boolean(!input.is_array() && !input.is_object());
}

/// Texts one behind the other; null counts as none.
Computed concatenated(const std::vector<Value>& texts) {
  std::string all;
  for (const Value& text : texts) {
    if (!text.is_text() && !text.is_null()) return Step::Fail;
    if (all.size() > kLongestText) return Step::Unsure;
    all += text.as_text();
  }
  return Value::text(all);
}

Computed total(const Value& input, const Value&) {
  if (!input.is_array() && !input.is_object()) return Step::Fail;
  const std::vector<Value> items = elements(input);
  const auto is_something = [](const Value& item) { return !item.is_null(); };
  const auto something = std::find_if(items.begin(), items.end(), is_something);
  if (something != items.end() && something->is_text()) return concatenated(items);
  Computed all = Value();
  for (const Value& item : items) {
    all = sum(std::move(all.value), item);
    if (all.step != Step::Go) break;
  }
  return all;
}

template <bool kUnique>
Computed sorted(const Value& input, const Value&) {
  if (!input.is_array()) return Step::Fail;
  std::vector<Value> items = elements(input);
  if (!std::all_of(items.begin(), items.end(), is_ordered)) return Step::Unsure;
  std::stable_sort(items.begin(), items.end(), is_less);
  if (kUnique) items.erase(std::unique(items.begin(), items.end()), items.end());
  return Value::array(std::move(items));
}

Computed names(const Value& input, const Value&) {
  if (!input.is_object()) return Step::Unsure;
  Value list = Value::array();
  for (const std::string& key : input.keys()) list.append(Value::text(key));
  return list;
}

Computed entries(const Value& input, const Value&) {
  if (!input.is_object()) return Step::Unsure;
  Value list = Value::array();
  for (const auto& [name, value] : input.members())
    list.append(Value::object({{"key", name}, {"value", value}}));
  return list;
}

Computed first_item(const Value& input, const Value&) {
  return index_into(input, Value::number(0));
}

Computed last_item(const Value& input, const Value&) {
  return index_into(input, Value::number(-1));
}

template <char kFirst, char kLast, int kShift>
Computed shifted(const Value& input, const Value&) {
  if (!input.is_text()) return Step::Fail;
  std::string text(input.as_text());
  for (char& c : text) {
    if (c >= kFirst && c <= kLast) c = static_cast<char>(c + kShift);
  }
  return Value::text(text);
}

/// Whole numbers without sign, point or exponent; jq reads the rest.
Computed number_of(const Value& input, const Value&) {
  if (input.is_number()) return input;
  const std::string_view text = input.as_text();
  const bool digits = !text.empty() && text.size() < 16 &&
                      text.find_first_not_of("0123456789") == std::string_view::npos;
  if (!digits || (text.size() > 1 && text[0] == '0')) return Step::Unsure;
  double number = 0;
  for (const char c : text) number = number * 10 + (c - '0');
  return Value::number(number);
}

Computed has(const Value& input, const Value& key) {
  if (input.is_object() && key.is_text()) return Value::boolean(input.has(key.as_text()));
  if (!input.is_array() || !is_plain_integer(key)) return Step::Unsure;
  const double index = *key.as_number();
  return Value::boolean(index >= 0 && index < static_cast<double>(input.size()));
}

/// In a text, jq 1.6 counts bytes.
Computed index_of(const Value& input, const Value& wanted) {
  if (input.is_null()) return wanted.is_text() ? Computed(Value()) : Step::Unsure;
  if (input.is_text() && wanted.is_text()) {
    if (!is_ascii(input.as_text()) || !is_ascii(wanted.as_text()) || wanted.as_text().empty())
      return Step::Unsure;
    const auto place = input.as_text().find(wanted.as_text());
    return place == std::string_view::npos ? Value() : Value::number(static_cast<double>(place));
  }
  if (!input.is_array() || wanted.is_array()) return Step::Unsure;
  const auto items = input.items();
  const auto found = std::find(items.begin(), items.end(), wanted);
  return found == items.end() ? Value() : Value::number(static_cast<double>(found - items.begin()));
}

Computed join(const Value& input, const Value& separator) {
  if (!input.is_array() || !separator.is_text()) return Step::Unsure;
  std::string text;
  for (std::size_t at = 0; at < input.size(); ++at) {
    const Value& item = input.items()[at];
    if (at > 0) text += separator.as_text();
    if (item.is_null()) continue;
    const Computed part = text_form(item);
    if (part.step != Step::Go || text.size() > kLongestText) return Step::Unsure;
    text += part.value.as_text();
  }
  return Value::text(text);
}

Computed split(const Value& input, const Value& separator) {
  if (!input.is_text() || !separator.is_text()) return Step::Fail;
  if (separator.as_text().empty()) return Step::Unsure;
  Value parts = Value::array();
  std::string_view rest = input.as_text();
  while (!rest.empty()) {
    const auto end = rest.find(separator.as_text());
    parts.append(Value::text(rest.substr(0, end)));
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + separator.as_text().size());
    if (rest.empty()) parts.append(Value::text(""));
  }
  return parts;
}

template <bool kAtStart>
Computed touches(const Value& input, const Value& affix) {
  if (!input.is_text() || !affix.is_text()) return Step::Fail;
  return Value::boolean(kAtStart ? input.as_text().starts_with(affix.as_text())
                                 : input.as_text().ends_with(affix.as_text()));
}

template <bool kAtStart>
Computed trimmed(const Value& input, const Value& affix) {
  const Computed there = touches<kAtStart>(input, affix);
  if (there.step != Step::Go || !there.value.truthy()) return input;
  const std::size_t kept = input.as_text().size() - affix.as_text().size();
  return Value::text(kAtStart ? input.as_text().substr(affix.as_text().size())
                              : input.as_text().substr(0, kept));
}

Computed contains(const Value& input, const Value& wanted) {
  if (!input.is_text() || !wanted.is_text()) return Step::Unsure;
  if (!is_ascii(input.as_text()) || !is_ascii(wanted.as_text())) return Step::Unsure;
  return Value::boolean(input.as_text().find(wanted.as_text()) != std::string_view::npos);
}

// By name. "any" and "all" without arguments run over the elements.
constexpr std::array kFunctions{
    Function{"add", 0, Form::Plain, total},
    Function{"all", 0, Form::All},
    Function{"all", 1, Form::All},
    Function{"all", 2, Form::All},
    Function{"any", 0, Form::Any},
    Function{"any", 1, Form::Any},
    Function{"any", 2, Form::Any},
    Function{"arrays", 0, Form::Keep, is_a<&Value::is_array>},
    Function{"ascii_downcase", 0, Form::Plain, shifted<'A', 'Z', 'a' - 'A'>},
    Function{"ascii_upcase", 0, Form::Plain, shifted<'a', 'z', 'A' - 'a'>},
    Function{"booleans", 0, Form::Keep, is_a<&Value::is_boolean>},
    Function{"contains", 1, Form::Of, contains},
    Function{"empty", 0, Form::Empty},
    Function{"endswith", 1, Form::Of, touches<false>},
    Function{"error", 0, Form::Error},
    Function{"error", 1, Form::Error},
    Function{"first", 0, Form::Plain, first_item},
    Function{"first", 1, Form::First},
    Function{"has", 1, Form::Of, has},
    Function{"index", 1, Form::Of, index_of},
    Function{"iterables", 0, Form::Keep, is_list_or_map},
    Function{"join", 1, Form::Of, join},
    Function{"keys", 0, Form::Plain, names},
    Function{"last", 0, Form::Plain, last_item},
    Function{"length", 0, Form::Plain, length},
    Function{"ltrimstr", 1, Form::Of, trimmed<true>},
    Function{"map", 1, Form::Map},
    Function{"not", 0, Form::Plain, is_untrue},
    Function{"nulls", 0, Form::Keep, is_a<&Value::is_null>},
    Function{"numbers", 0, Form::Keep, is_a<&Value::is_number>},
    Function{"objects", 0, Form::Keep, is_a<&Value::is_object>},
    Function{"rtrimstr", 1, Form::Of, trimmed<false>},
    Function{"scalars", 0, Form::Keep, is_simple},
    Function{"select", 1, Form::Select},
    Function{"sort", 0, Form::Plain, sorted<false>},
    Function{"split", 1, Form::Of, split},
    Function{"startswith", 1, Form::Of, touches<true>},
    Function{"strings", 0, Form::Keep, is_a<&Value::is_text>},
    Function{"to_entries", 0, Form::Plain, entries},
    Function{"tonumber", 0, Form::Plain, number_of},
    Function{"tostring", 0, Form::Plain, text_of},
    Function{"type", 0, Form::Plain, type_of},
    Function{"unique", 0, Form::Plain, sorted<true>},
    Function{"values", 0, Form::Keep, is_something},
};

}  // namespace

const Function* function_named(std::string_view name, std::size_t arguments) {
  const auto* const found =
      std::find_if(kFunctions.begin(), kFunctions.end(), [&](const Function& function) {
        return function.name == name && function.arguments == arguments;
      });
  return found == kFunctions.end() ? nullptr : found;
}

}  // namespace freshet::sources::http_api
