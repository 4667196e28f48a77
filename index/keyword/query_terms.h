#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "index/keyword/collection.h"
#include "index/keyword/terms.h"

namespace freshet::index {

/// The languages of an index's documents, each with its term names. A query's language is not
/// known, so its words are looked up as every one of them would have been indexed.
using Languages = std::vector<std::pair<std::string, TermNames>>;

/// One word of a query: the index terms it may appear as (their best counts) and what a full match
/// weighs.
struct QueryTerm {
  std::vector<std::string> spellings;
  std::string surface;  ///< As the query wrote it.
  double factor =
      0;  ///< Inverse document frequency * occurrences in the query * weight of its kind.
  bool required = false;  ///< Stood in quotes.
};

/// At most this many terms are looked up: the heaviest ones of a long query.
inline constexpr std::size_t kMaxQueryTerms = 32;

/// Reads free text as weighted terms that occur in the index, heaviest first. Never fails: there is
/// no operator but quotes, and an unbalanced quote is punctuation. Stop words count only when there
/// is nothing else. Words in quotes are required in queries of at most 16 words (longer ones are
/// pasted text).
std::vector<QueryTerm> read_query(std::string_view text, const Languages& languages,
                                  const Collection& collection);

}  // namespace freshet::index
