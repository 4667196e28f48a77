#include <utility>

#include "pipeline/ledger/sqlite_ledger.h"

namespace freshet::pipeline {

namespace {

/// A document, with what others may call it by.
struct Named {
  std::int64_t key = 0;
  std::string source;
  std::string external_id;
  std::string url;
  std::string kind;
};

/// What follows the first "/", where a connector puts a collection's name before its ids.
std::string id_within(const std::string& external_id) {
  const auto slash = external_id.find('/');
  return slash == std::string::npos ? external_id : external_id.substr(slash + 1);
}

/// The SQL expression for a link's target without its fragment.
constexpr std::string_view kAddress =
    "CASE instr(l.target, '#') WHEN 0 THEN l.target "
    "ELSE substr(l.target, 1, instr(l.target, '#') - 1) END";

Result<std::optional<Named>> find_named(Database& database, std::string_view id) {
  FRESHET_TRY(auto row,
              database.prepare("SELECT key, source, substr(id, length(source) + 2), url, "
                               "coalesce(json_extract(attributes, '$.metadata.kind'), '') "
                               "FROM documents WHERE id = ? AND state = 0"));
  FRESHET_TRY(const bool found, row.bind(id).step());
  if (!found) return std::optional<Named>();
  return std::optional(Named{row.integer(0), row.text(1), row.text(2), row.text(3), row.text(4)});
}

/// The live document that a relation means; empty where there is none. Renditions of a thread share
/// its address, the thread itself has the least id.
Result<std::string> meant_by(Database& database, const Named& from, const sources::Relation& to) {
  FRESHET_TRY(
      auto row,
      database.prepare("SELECT min(d.id) FROM documents d WHERE d.state = 0 AND d.key != ?1 AND "
                       "(d.url = ?2 AND ?2 != '' OR d.source = ?3 AND (d.id = ?3 || ':' || ?2 OR "
                       "d.id LIKE ?3 || ':%/%' AND substr(d.id, instr(d.id, '/') + 1) = ?2) "
                       "AND json_extract(d.attributes, '$.metadata.kind') = ?4)"));
  FRESHET_TRY(const bool found, row.bind(from.key, to.id, from.source, to.kind).step());
  return found && !row.is_null(0) ? row.text(0) : std::string();
}

Result<Done> add_named(Database& database, const Named& from, Relations& relations) {
  FRESHET_TRY(auto named, read_relations(database, document_id(from.source, from.external_id)));
  for (sources::Relation& relation : named) {
    FRESHET_TRY(auto document, meant_by(database, from, relation));
    relations.outgoing.push_back({std::move(relation), std::move(document)});
  }
  return Done{};
}

Result<Done> add_cited(Database& database, const Named& from, Relations& relations) {
  FRESHET_TRY(
      auto rows,
      database.prepare(
          "SELECT coalesce(json_extract(d.attributes, '$.metadata.kind'), ''), d.url, min(d.id) "
          "FROM links l JOIN documents d ON d.url = " +
          std::string(kAddress) +
          " WHERE l.document = ? AND d.state = 0 AND d.url NOT IN ('', ?) GROUP BY d.url "
          "ORDER BY d.url"));
  rows.bind(from.key, from.url);
  for (;;) {
    FRESHET_TRY(const bool more, rows.step());
    if (!more) return Done{};
    relations.outgoing.push_back({{kCites, rows.text(0), rows.text(1)}, rows.text(2)});
  }
}

Result<Done> add_incoming(Database& database, const Named& to, Relations& relations) {
  FRESHET_TRY(
      auto rows,
      database.prepare(
          "SELECT r.type, f.id FROM relations r JOIN documents f ON f.key = r.document "
          "WHERE f.state = 0 AND f.key != ?1 AND (r.far_id IN (?2, ?3) AND f.source = ?4 AND "
          "r.kind = ?5 AND ?5 != '' OR r.far_id = ?6 AND ?6 != '') "
          "UNION SELECT ?7, f.id FROM links l JOIN documents f ON f.key = l.document "
          "WHERE f.state = 0 AND ?6 != '' AND f.url != ?6 AND ?6 = " +
          std::string(kAddress) + " ORDER BY 2, 1"));
  rows.bind(to.key, to.external_id, id_within(to.external_id), to.source, to.kind, to.url, kCites);
  for (;;) {
    FRESHET_TRY(const bool more, rows.step());
    if (!more) return Done{};
    relations.incoming.push_back({rows.text(0), rows.text(1)});
  }
}

}  // namespace

Result<std::vector<sources::Relation>> read_relations(Database& database, std::string_view id) {
  FRESHET_TRY(auto rows,
              database.prepare("SELECT r.type, r.kind, r.far_id FROM relations r JOIN documents d "
                               "ON d.key = r.document WHERE d.id = ? ORDER BY r.number"));
  rows.bind(id);
  std::vector<sources::Relation> relations;
  for (;;) {
    FRESHET_TRY(const bool more, rows.step());
    if (!more) return relations;
    relations.push_back({rows.text(0), rows.text(1), rows.text(2)});
  }
}

Result<Done> write_relations(Database& database, std::int64_t key,
                             const std::vector<sources::Relation>& relations) {
  FRESHET_CHECK(database.run("DELETE FROM relations WHERE document = ?", key));
  std::uint64_t number = 0;
  for (const sources::Relation& relation : relations) {
    FRESHET_CHECK(database.run("INSERT INTO relations VALUES (?, ?, ?, ?, ?)", key, number++,
                               relation.type, relation.kind, relation.id));
  }
  return Done{};
}

Result<Relations> SqliteLedger::relations(std::string_view id) const {
  Relations relations;
  FRESHET_TRY(const auto named, find_named(*database_, id));
  if (!named) return relations;
  FRESHET_CHECK(add_named(*database_, *named, relations));
  FRESHET_CHECK(add_cited(*database_, *named, relations));
  FRESHET_CHECK(add_incoming(*database_, *named, relations));
  return relations;
}

}  // namespace freshet::pipeline
