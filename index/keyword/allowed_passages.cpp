#include "index/keyword/allowed_passages.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace freshet::index {

void AllowedSource::next(double least_weight) {
  skip_to(current_ + 1, least_weight);
}

void AllowedSource::skip_to(Xapian::docid number, double) {
  if (number <= current_ && current_ != 0) return;
  current_ = number > last_ ? last_ + 1 : allowed_->next(number, last_ + 1);
}

AllowedSource* AllowedSource::clone() const {
  return std::make_unique<AllowedSource>(*allowed_).release();
}

void AllowedSource::init(const Xapian::Database& segment) {
  current_ = 0;
  last_ = segment.get_lastdocid();
  documents_ = segment.get_doccount();
  const auto all = segment.postlist_begin("");
  const Xapian::docid first = all == segment.postlist_end("") ? last_ : *all;
  const auto inside = allowed_->count_in(first, last_ + 1);
  estimate_ = static_cast<Xapian::doccount>(std::min<std::uint64_t>(inside, documents_));
}

void ScoreSpy::operator()(const Xapian::Document&, double score) {
  ++matches_;
  const double difference = score - mean_;
  mean_ += difference / static_cast<double>(matches_);
  squares_ += difference * (score - mean_);
}

double ScoreSpy::deviation() const {
  return matches_ == 0 ? 0.0 : std::sqrt(squares_ / static_cast<double>(matches_));
}

}  // namespace freshet::index
