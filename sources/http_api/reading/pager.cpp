#include "sources/http_api/reading/pager.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "base/hash.h"
#include "base/http/url.h"

namespace freshet::sources::http_api {
namespace {

std::size_t count_of(const Value& value, std::string_view key) {
  return static_cast<std::size_t>(std::max(0.0, value.get(key).as_number().value_or(0)));
}

/// The target of rel="next" (RFC 8288).
std::string next_link(const http::Response& response) {
  const auto header = response.headers.find("link");
  if (header == response.headers.end()) return "";
  std::string_view rest = header->second;
  while (true) {
    const auto open = rest.find('<');
    const auto close = rest.find('>', open);
    if (open == std::string_view::npos || close == std::string_view::npos) return "";
    const auto end = std::min(rest.find(", <", close), rest.size());
    const auto parameters = rest.substr(close, end - close);
    const bool next = parameters.find("rel=\"next\"") != std::string_view::npos ||
                      parameters.find("rel=next") != std::string_view::npos;
    if (next) return std::string(rest.substr(open + 1, close - open - 1));
    rest.remove_prefix(end);
  }
}

/// How many rows there are, where the answer says.
Result<std::optional<double>> total_of(const PageSpec& spec, const Answer& answer) {
  if (!spec.total_header.empty()) {
    const auto header = answer.response.headers.find(spec.total_header);
    if (header == answer.response.headers.end()) return std::optional<double>();
    const auto stated = Value::parse(header->second);
    return stated ? stated->as_number() : std::nullopt;
  }
  if (!spec.total) return std::optional<double>();
  FRESHET_TRY(const Value total, spec.total->first(answer.body));
  return total.as_number();
}

/// A short page is not the last: servers cut pages, and leave out rows that the caller may not see.
/// Where the pages so far have no room for the total, an empty one is not, either.
Result<bool> counted_out(const PageSpec& spec, const PagePosition& next, const Answer& answer,
                         std::size_t rows) {
  FRESHET_TRY(const auto total, total_of(spec, answer));
  const bool sized = spec.paging == Paging::Page && spec.size_into;
  if (rows == 0) return !total || !sized || static_cast<double>(next.pages * next.size) >= *total;
  return total && static_cast<double>(next.rows) >= *total;
}

Result<Value> token_of(const PageSpec& spec, const Answer& answer, const std::vector<Value>& rows) {
  if (spec.paging != Paging::Keyset) return spec.from->first(answer.body);
  if (rows.empty()) return Value();
  return spec.from->first(rows.back());
}

bool is_empty(const Value& token) {
  return !token.truthy() || token.scalar() == "" ||
         ((token.is_array() || token.is_object()) && token.size() == 0);
}

Result<NextPage> by_token(const PageSpec& spec, const PagePosition& position, PagePosition next,
                          const Answer& answer, const std::vector<Value>& rows) {
  FRESHET_TRY(next.token, token_of(spec, answer, rows));
  if (is_empty(next.token)) return NextPage{};
  // Some servers say where they are at the end, too.
  if (next.token == position.token) return NextPage{std::nullopt, !rows.empty()};
  return NextPage{std::move(next)};
}

Result<NextPage> by_address(const PageSpec& spec, const PagePosition& position, PagePosition next,
                            const Answer& answer) {
  std::string reference = spec.paging == Paging::LinkHeader ? next_link(answer.response) : "";
  if (spec.paging == Paging::NextUrl) {
    FRESHET_TRY(const Value value, spec.from->first(answer.body));
    reference = value.scalar().value_or("");
  }
  if (reference.empty() || reference == "false") return NextPage{};
  FRESHET_TRY(next.url, http::resolve_url(answer.url, reference));
  if (next.url == position.url || next.url == answer.url) return NextPage{std::nullopt, true};
  return NextPage{std::move(next)};
}

/// Equal for the same rows in another order, or some of them twice.
std::string content_of(const std::vector<Value>& rows) {
  std::set<std::string> hashes;
  for (const Value& row : rows) hashes.insert(to_hex(hash128(row.to_json())));
  std::string all;
  for (const std::string& hash : hashes) all += hash;
  return all.empty() ? "" : to_hex(hash128(all));
}

Result<NextPage> by_number(const PageSpec& spec, const PagePosition& position, PagePosition next,
                           const Answer& answer, const std::vector<Value>& rows) {
  next.content = content_of(rows);
  // A server that does not know the parameter gives its first page again and again.
  if (!rows.empty() && next.content == position.content) return NextPage{std::nullopt, true};
  FRESHET_TRY(const bool over, counted_out(spec, next, answer, rows.size()));
  if (over) return NextPage{};
  next.number += spec.paging == Paging::Offset ? static_cast<std::int64_t>(rows.size()) : 1;
  return NextPage{std::move(next)};
}

}  // namespace

Value PagePosition::to_value() const {
  const auto number_of = [](std::size_t count) {
    return Value::number(static_cast<double>(count));
  };
  return Value::object({{"token", token},
                        {"number", Value::number(static_cast<double>(number))},
                        {"url", Value::text(url)},
                        {"pages", number_of(pages)},
                        {"rows", number_of(rows)},
                        {"size", number_of(size)},
                        {"content", Value::text(content)}});
}

PagePosition PagePosition::from_value(const Value& value) {
  PagePosition position;
  position.token = value.get("token");
  position.number = static_cast<std::int64_t>(value.get("number").as_number().value_or(0));
  position.url = value.get("url").scalar().value_or("");
  position.pages = count_of(value, "pages");
  position.rows = count_of(value, "rows");
  position.size = count_of(value, "size");
  position.content = value.get("content").scalar().value_or("");
  return position;
}

PagePosition first_page(const PageSpec& spec) {
  PagePosition position;
  position.number = spec.start;
  position.size = spec.size;
  return position;
}

void apply(const PageSpec& spec, const PagePosition& position, Outgoing& outgoing) {
  if (!position.url.empty()) {
    // A complete address brings its own query.
    outgoing.url = position.url;
    outgoing.query.clear();
    return;
  }
  if (spec.size_into)
    outgoing.set(*spec.size_into, Value::number(static_cast<double>(position.size)));
  if (spec.paging == Paging::TokenObject) {
    for (const std::string& name : position.token.keys()) {
      outgoing.set({Place::Query, name}, position.token.get(name));
    }
  } else if (spec.paging == Paging::Page || spec.paging == Paging::Offset) {
    outgoing.set(*spec.into, Value::number(static_cast<double>(position.number)));
  } else if (spec.into && !position.token.is_null()) {
    outgoing.set(*spec.into, position.token);
  }
}

Result<NextPage> next_page(const PageSpec& spec, const PagePosition& position, const Answer& answer,
                           const std::vector<Value>& rows) {
  if (spec.paging == Paging::None) return NextPage{};
  PagePosition next = position;
  next.pages += 1;
  next.rows += rows.size();
  if (next.pages >= spec.most) {
    return Error{ErrorKind::Invalid,
                 "gave " + std::to_string(next.pages) +
                     " pages without an end; raise pages.most if that is right"};
  }
  if (spec.more) {
    FRESHET_TRY(const Value more, spec.more->first(answer.body));
    if (!more.truthy() || more.scalar() == "") return NextPage{};
  }
  switch (spec.paging) {
    case Paging::NextUrl:
    case Paging::LinkHeader:
      return by_address(spec, position, std::move(next), answer);
    case Paging::Page:
    case Paging::Offset:
      return by_number(spec, position, std::move(next), answer, rows);
    default:
      return by_token(spec, position, std::move(next), answer, rows);
  }
}

}  // namespace freshet::sources::http_api
