#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "index/allowed.h"
#include "index/passage.h"

namespace freshet::index {

/// Builds the keyword half of one segment: a Xapian database, compacted into the single file
/// `keyword.glass` in the segment's directory. Docids are the passage numbers given (which start at
/// 1). Title and headings are weighted; identifiers (error codes, flags, file names, versions) are
/// found whole and in parts; words are stemmed by the document's language. One thread owns it.
class KeywordSegmentBuilder {
 public:
  static Result<KeywordSegmentBuilder> create(const std::filesystem::path& segment_directory);
  KeywordSegmentBuilder(KeywordSegmentBuilder&&) noexcept;
  KeywordSegmentBuilder& operator=(KeywordSegmentBuilder&&) noexcept;
  ~KeywordSegmentBuilder();

  Result<Done> add(PassageNumber number, const DocumentFields& document, const Passage& passage);
  /// Writes, compacts and fsyncs. Nothing can be added afterwards.
  Result<Done> finish();

 private:
  struct Backend;
  explicit KeywordSegmentBuilder(std::unique_ptr<Backend> backend);
  std::unique_ptr<Backend> backend_;
};

struct KeywordHit {
  PassageNumber number = 0;
  double bm25 = 0;
};

/// The top of the keyword leg and what fusion needs to know of the rest.
struct KeywordMatches {
  std::vector<KeywordHit> hits;  ///< Best first; equal scores by ascending passage number.
  std::size_t matches = 0;       ///< Passages with a score above 0 among the allowed ones.
  double mean = 0;               ///< Of BM25 over all those.
  double deviation = 0;
};

/// The keyword leg over all segments of one generation (one combined Xapian::Database, so
/// statistics are global). BM25 with Lucene's idf, k1 0.9, b 0.4 (Robertson & Zaragoza 2009;
/// Kamphuis et al. 2020). One thread at a time uses it (Xapian's rule); open one per thread.
class KeywordIndex {
 public:
  /// `segment_directories` each hold a keyword.glass. The passages in `dead` weigh nothing in the
  /// statistics, so that an index that grew by small steps ranks as one built at once.
  static Result<KeywordIndex> open(std::span<const std::filesystem::path> segment_directories,
                                   const PassageSet& dead);
  KeywordIndex(KeywordIndex&&) noexcept;
  KeywordIndex& operator=(KeywordIndex&&) noexcept;
  ~KeywordIndex();

  /// Any text is answered: quotes and operators are honoured where they parse and are plain words
  /// where they do not; stop words alone are searched as words. `language` may be empty.
  Result<KeywordMatches> search(std::string_view text, const PassageSet& allowed,
                                std::size_t limit) const;
  /// The true BM25 of the given passages for this query; 0 for one that does not match. Same order.
  Result<std::vector<double>> score(std::string_view text,
                                    std::span<const PassageNumber> numbers) const;
  /// Query terms (as a reader would write them) that the passage has.
  Result<std::vector<std::string>> matched_terms(std::string_view text, PassageNumber number) const;

 private:
  struct Backend;
  explicit KeywordIndex(std::unique_ptr<Backend> backend);
  std::unique_ptr<Backend> backend_;
};

}  // namespace freshet::index
