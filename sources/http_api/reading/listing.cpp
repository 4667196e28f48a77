#include "sources/http_api/reading/listing.h"

#include <algorithm>
#include <utility>

namespace freshet::sources::http_api {
namespace {

Result<std::vector<Value>> select(const std::optional<Expression>& records, const Value& body) {
  if (records) {
    auto found = records->all(body);
    if (found) return found;
    return Error{ErrorKind::Invalid, "find the records in an answer, which has " +
                                         members_of(body) + ": " + found.error().message};
  }
  std::vector<Value> whole;
  if (!body.is_null()) whole.push_back(body);
  return whole;
}

Result<Done> sort_out(const std::optional<Expression>& where, std::vector<Value> rows, Page& page) {
  for (Value& row : rows) {
    FRESHET_TRY(const Value holds, where ? where->first(row) : Result<Value>(Value::boolean(true)));
    (holds.truthy() ? page.records : page.passed_over).push_back(std::move(row));
  }
  return Done{};
}

}  // namespace

std::string members_of(const Value& value) {
  if (!value.is_object()) return value.is_array() ? "a list" : "no members";
  std::string names;
  for (const std::string& name : value.keys()) {
    if (names.size() > 200) return names + ", …";
    names += (names.empty() ? "" : ", ") + name;
  }
  return names.empty() ? "no members" : "the members " + names;
}

Result<Value> lookup_table(const StreamSpec& stream, const std::vector<Value>& rows) {
  Value table = Value::object();
  for (const Value& row : rows) {
    FRESHET_TRY(const Value key, stream.listing.key->first(row));
    const std::string name = key.scalar().value_or("");
    if (!name.empty()) table.set(name, row);
  }
  if (table.size() == 0 && !rows.empty()) {
    return Error{ErrorKind::Invalid, "no row of the lookup " + stream.name +
                                         " gives a key; they have " + members_of(rows.front())};
  }
  return table;
}

Error error_of(const Decision& decision) {
  return {decision.kind, decision.message};
}

Result<Page> ListingReader::page(const ListingSpec& listing, const Scope& scope,
                                 const PagePosition& position, const Interruption& interruption,
                                 const Prepare& prepare) {
  FRESHET_TRY(Outgoing outgoing, build_request(listing.request, exchange_->base(), scope));
  apply(listing.pages, position, outgoing);
  if (!position.url.empty()) outgoing.url = exchange_->by_base(outgoing.url);
  prepare(outgoing);
  Page page;
  FRESHET_TRY(page.answer, exchange_->send(outgoing, listing.on, interruption));
  if (page.answer.decision.reaction != Reaction::Accept) return page;
  FRESHET_TRY(auto rows, select(listing.records, page.answer.body));
  page.rows = rows.size();
  FRESHET_TRY(page.next, next_page(listing.pages, position, page.answer, rows));
  FRESHET_CHECK(sort_out(listing.where, std::move(rows), page));
  return page;
}

Result<ListingReader::All> ListingReader::all(const ListingSpec& listing, const Scope& scope,
                                              std::size_t most, const Interruption& interruption) {
  All all;
  std::optional<PagePosition> position = first_page(listing.pages);
  while (position && all.records.size() < most) {
    FRESHET_TRY(Page next, page(listing, scope, *position, interruption));
    if (next.answer.decision.reaction != Reaction::Accept) {
      all.stopped = next.answer.decision;
      return all;
    }
    std::move(next.records.begin(), next.records.end(), std::back_inserter(all.records));
    all.looped = all.looped || next.next.looped;
    position = std::move(next.next.position);
  }
  if (all.records.size() > most) all.records.resize(most);
  return all;
}

}  // namespace freshet::sources::http_api
