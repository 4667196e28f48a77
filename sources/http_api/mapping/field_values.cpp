#include "sources/http_api/mapping/field_values.h"

#include <charconv>
#include <cmath>
#include <utility>

#include "base/text/html_entities.h"
#include "sources/http_api/moments.h"

namespace freshet::sources::http_api {
namespace {

/// More seconds than any date of ours: the number counts milliseconds.
constexpr double kMilliseconds = 1e11;

/// Calls the member of the visitor that fits.
template <class... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};

std::optional<Instant> from_number(double number) {
  if (!std::isfinite(number) || std::abs(number) > 1e14) return std::nullopt;
  const double seconds = std::abs(number) >= kMilliseconds ? number / 1000 : number;
  return Instant(
      std::chrono::round<std::chrono::microseconds>(std::chrono::duration<double>(seconds)));
}

Value without_markup(const Value& html) {
  if (html.is_text()) return Value::text(text_of_html_fragment(html.as_text()));
  std::vector<Value> texts;
  for (std::size_t i = 0; html.is_array() && i < html.size(); ++i) {
    const Value item = html.at(i);
    if (item.is_text()) texts.push_back(Value::text(text_of_html_fragment(item.as_text())));
  }
  return Value::array(std::move(texts));
}

}  // namespace

std::optional<Instant> time_of(const Value& value) {
  if (value.is_number()) return from_number(*value.as_number());
  if (!value.is_text()) return std::nullopt;
  const std::string text = *value.scalar();
  double number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure == std::errc() && end == text.data() + text.size()) return from_number(number);
  const auto time = parse_iso(text);
  return time ? std::optional(*time) : std::nullopt;
}

Result<Value> FieldValues::looked_up(const LookupField& field, const Value& record) const {
  FRESHET_TRY(const Value key, field.by.first(record, variables_));
  const Value table = variables_.lookup.get(field.stream);
  if (!key.scalar() || !table.has(*key.scalar())) return Value();
  return field.take.first(table.get(*key.scalar()), variables_);
}

Result<Value> FieldValues::value(const FieldSpec& field, const Value& record) const {
  return std::visit(
      Overloaded{[&](const Expression& expression) { return expression.first(record, variables_); },
                 [&](const Value& constant) -> Result<Value> { return constant; },
                 [&](const Template& text) {
                   scope_.roots["rec"] = record;
                   return text.render(scope_);
                 },
                 [&](const LookupField& lookup) { return looked_up(lookup, record); },
                 [&](const TableField& translation) -> Result<Value> {
                   FRESHET_TRY(const Value from, translation.from.first(record, variables_));
                   const auto row = translation.table.find(from.scalar().value_or(""));
                   if (row != translation.table.end()) return Value::text(row->second);
                   return translation.otherwise ? Value::text(*translation.otherwise) : Value();
                 },
                 [&](const ChoiceField& choice) -> Result<Value> {
                   FRESHET_TRY(const Value when, choice.when.first(record, variables_));
                   return Value::text(when.truthy() ? choice.then : choice.otherwise);
                 },
                 [&](const HtmlField& markup) -> Result<Value> {
                   FRESHET_TRY(const Value from, markup.from.first(record, variables_));
                   return without_markup(from);
                 }},
      field.form);
}

Result<Value> FieldValues::value(const OptionalField& field, const Value& record) const {
  if (!field) return Value();
  return value(*field, record);
}

Result<std::string> FieldValues::text(const OptionalField& field, const Value& record) const {
  FRESHET_TRY(const Value found, value(field, record));
  return found.scalar().value_or("");
}

Result<std::vector<std::string>> FieldValues::texts(const OptionalField& field,
                                                    const Value& record) const {
  FRESHET_TRY(const Value found, value(field, record));
  std::vector<std::string> list;
  if (const auto one = found.scalar()) list.push_back(*one);
  for (std::size_t i = 0; found.is_array() && i < found.size(); ++i) {
    if (const auto item = found.at(i).scalar()) list.push_back(*item);
  }
  return list;
}

Result<std::optional<Instant>> FieldValues::time(const OptionalField& field,
                                                 const Value& record) const {
  FRESHET_TRY(const Value found, value(field, record));
  return time_of(found);
}

}  // namespace freshet::sources::http_api
