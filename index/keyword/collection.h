#pragma once

#include <string>
#include <vector>

#include <xapian.h>

#include "index/allowed.h"

namespace freshet::index {

/// What the statistics of BM25 are taken over: the live passages of all segments. Dead ones stay in
/// the files until a merge but weigh nothing, so that an index that grew by small steps ranks as
/// one built at once. One thread owns it.
class Collection {
 public:
  /// `dead` are the passages of the segments that are not live.
  Collection(std::vector<Xapian::Database> segments, PassageSet dead);

  [[nodiscard]] const std::vector<Xapian::Database>& segments() const { return segments_; }
  [[nodiscard]] double documents() const { return documents_; }
  [[nodiscard]] double average_length() const { return average_length_; }
  /// How many live passages have the term. Walks its postings or the dead, whichever are fewer.
  [[nodiscard]] double documents_with(const std::string& term) const;

 private:
  std::vector<Xapian::Database> segments_;
  std::vector<std::vector<PassageNumber>> dead_;  ///< By segment.
  double documents_ = 0;
  double average_length_ = 0;
};

}  // namespace freshet::index
