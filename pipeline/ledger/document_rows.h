#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/ledger/ledger.h"
#include "pipeline/ledger/sqlite.h"

namespace freshet::pipeline {

/// `documents.state`. The numbers are on disk.
enum class DocumentState { Live = 0, Deleted = 1, MovedAway = 2, TakenDown = 3 };

/// "source:external id".
std::string document_id(std::string_view source, std::string_view external_id);

/// The ids of one source's documents are exactly those from first (exclusive) to last (exclusive).
struct IdRange {
  std::string first;
  std::string last;
};
IdRange ids_of(std::string_view source);

/// The columns of `documents AS d` that read_document() expects, in its order.
extern const std::string_view kDocumentColumns;

/// A row of kDocumentColumns without its body, former ids and relations. Corrupt when a column is
/// not what we wrote.
Result<DocumentRecord> read_document(const Database& database, const Statement& row);

/// Fills in former ids and relations, and the body where asked for; Corrupt when the body is not
/// the one that was hashed.
Result<Done> complete_document(Database& database, DocumentRecord& record, Ledger::Bodies bodies);

/// What the document names, in its source's order.
Result<std::vector<sources::Relation>> read_relations(Database& database, std::string_view id);
/// Replaces them whole; inside a transaction.
Result<Done> write_relations(Database& database, std::int64_t key,
                             const std::vector<sources::Relation>& relations);

/// Deletes the body, the relations and everything derived from it; the row stays.
Result<Done> erase_content(Database& database, std::int64_t key);

/// Takes the next number of the one global sequence; inside a transaction.
Result<std::uint64_t> next_sequence(Database& database);

/// The JSON column: principals, authors, metadata.
std::string attributes_of(const sources::Document& document);

/// Of everything beside the body that the index shows or filters by, or that changes extraction.
/// Documents that agree in it and in their body are the same to the index.
std::string fields_hash(const sources::Document& document);

}  // namespace freshet::pipeline
