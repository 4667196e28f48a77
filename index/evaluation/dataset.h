#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"

namespace freshet::index {

struct JudgedDocument {
  std::string id;
  std::string title;
  std::string text;
};

struct JudgedQuery {
  std::string id;
  std::string text;
  std::string exclude;                       ///< A document to leave out of this query's ranking.
  std::map<std::string, double> judgements;  ///< Document id to gain; only gains above 0.
};

/// A test collection in BEIR's layout (Thakur et al., NeurIPS 2021): corpus.jsonl or
/// corpus.jsonl.gz, queries.jsonl, qrels/test.tsv (all qrels/*.tsv together where there is no
/// test.tsv).
struct JudgedDataset {
  std::string name;
  std::vector<JudgedDocument> documents;
  std::vector<JudgedQuery> queries;  ///< Those with at least one judgement above 0, in file order.
};

/// NotFound for a missing file, Invalid (file and line) for a malformed one.
Result<JudgedDataset> read_dataset(const std::filesystem::path& directory);

}  // namespace freshet::index
