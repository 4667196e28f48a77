#include "index/keyword/collection.h"

#include <algorithm>
#include <utility>

namespace freshet::index {
namespace {

std::vector<PassageNumber> dead_in(const Xapian::Database& segment, const PassageSet& dead) {
  if (segment.get_doccount() == 0) return {};
  const auto first = static_cast<PassageNumber>(*segment.postlist_begin(""));
  return dead.members_in(first, static_cast<PassageNumber>(segment.get_lastdocid()) + 1);
}

/// How many of the dead have the term.
Xapian::doccount dead_with(const Xapian::Database& segment, const std::string& term,
                           const std::vector<PassageNumber>& dead) {
  Xapian::doccount found = 0;
  const auto end = segment.postlist_end(term);
  auto posting = segment.postlist_begin(term);
  if (segment.get_termfreq(term) < dead.size()) {
    for (; posting != end; ++posting) {
      if (std::binary_search(dead.begin(), dead.end(), *posting)) ++found;
    }
    return found;
  }
  for (const PassageNumber number : dead) {
    posting.skip_to(number);
    if (posting == end) break;
    if (*posting == number) ++found;
  }
  return found;
}

}  // namespace

Collection::Collection(std::vector<Xapian::Database> segments, PassageSet dead)
    : segments_(std::move(segments)) {
  std::uint64_t live = 0;
  std::uint64_t length = 0;
  for (const Xapian::Database& segment : segments_) {
    const auto& gone = dead_.emplace_back(dead_in(segment, dead));
    live += segment.get_doccount() - gone.size();
    length += segment.get_total_length();
    for (const PassageNumber number : gone) length -= segment.get_doclength(number);
  }
  documents_ = static_cast<double>(live);
  average_length_ = live == 0 ? 0.0 : static_cast<double>(length) / documents_;
}

double Collection::documents_with(const std::string& term) const {
  Xapian::doccount found = 0;
  for (std::size_t at = 0; at < segments_.size(); ++at) {
    found += segments_[at].get_termfreq(term);
    if (!dead_[at].empty()) found -= dead_with(segments_[at], term, dead_[at]);
  }
  return found;
}

}  // namespace freshet::index
