#include "pipeline/ledger/principals.h"

#include <algorithm>
#include <utility>

#include "pipeline/ledger/sqlite_ledger.h"

namespace freshet::pipeline {

namespace {

bool contains(const std::vector<std::string>& values, const std::string& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

/// Rows of kDocumentColumns.
Result<Done> narrow(std::optional<Principals>& known, const Database& database, Statement& rows) {
  constexpr auto kTakenDown = static_cast<std::int64_t>(DocumentState::TakenDown);
  for (;;) {
    FRESHET_TRY(const bool more, rows.step());
    if (!more) return Done{};
    FRESHET_TRY(const auto record, read_document(database, rows));
    Principals found{record.document.allow, record.document.deny};
    if (rows.integer(2) == kTakenDown) found.allow.clear();
    known = known ? narrowest(*known, found) : std::move(found);
  }
}

}  // namespace

Principals narrowest(const Principals& one, const Principals& other) {
  Principals both = one;
  std::erase_if(both.allow, [&](const std::string& name) { return !contains(other.allow, name); });
  for (const std::string& name : other.deny) {
    if (!contains(both.deny, name)) both.deny.push_back(name);
  }
  return both;
}

Result<std::optional<Principals>> SqliteLedger::principals(std::string_view id,
                                                           std::uint64_t sequence) const {
  const std::string select = "SELECT " + std::string(kDocumentColumns) + " FROM documents d ";
  std::optional<Principals> known;
  FRESHET_TRY(auto exact, database_->prepare(select + "WHERE d.id = ? AND d.state != ?"));
  exact.bind(id, static_cast<int>(DocumentState::MovedAway));
  FRESHET_CHECK(narrow(known, *database_, exact));
  FRESHET_TRY(
      const auto certain,
      database_->integer("SELECT 1 FROM documents WHERE id = ? AND state = 0 AND sequence <= ?", id,
                         sequence));
  if (certain) return known;
  FRESHET_TRY(auto former, database_->prepare(
                               select + "JOIN former_ids f ON f.document = d.key WHERE f.id = ?"));
  former.bind(id);
  FRESHET_CHECK(narrow(known, *database_, former));
  return known;
}

}  // namespace freshet::pipeline
