#pragma once

#include <cstddef>

#include <xapian.h>

#include "index/allowed.h"

namespace freshet::index {

/// Lets only allowed passages through, asked for each match: cheap while most is allowed.
class AllowedDecider final : public Xapian::MatchDecider {
 public:
  explicit AllowedDecider(const PassageSet& allowed) : allowed_(&allowed) {}
  bool operator()(const Xapian::Document& document) const override {
    return allowed_->contains(document.get_docid());
  }

 private:
  const PassageSet* allowed_;
};

/// The allowed passages as a posting list, for OP_FILTER: cheap while little is allowed. In a
/// combined database Xapian clones it once per segment; each clone sees the segment's own docids,
/// which are the passage numbers.
class AllowedSource final : public Xapian::PostingSource {
 public:
  explicit AllowedSource(const PassageSet& allowed) : allowed_(&allowed) {}

  [[nodiscard]] Xapian::doccount get_termfreq_min() const override { return 0; }
  [[nodiscard]] Xapian::doccount get_termfreq_est() const override { return estimate_; }
  [[nodiscard]] Xapian::doccount get_termfreq_max() const override { return documents_; }
  [[nodiscard]] Xapian::docid get_docid() const override { return current_; }
  void next(double least_weight) override;
  void skip_to(Xapian::docid number, double least_weight) override;
  [[nodiscard]] bool at_end() const override { return current_ > last_; }
  [[nodiscard]] AllowedSource* clone() const override;
  void init(const Xapian::Database& segment) override;

 private:
  const PassageSet* allowed_;
  Xapian::docid current_ = 0;
  Xapian::docid last_ = 0;
  Xapian::doccount documents_ = 0;
  Xapian::doccount estimate_ = 0;
};

/// Counts the scores of all matches as the matcher passes them by.
class ScoreSpy final : public Xapian::MatchSpy {
 public:
  void operator()(const Xapian::Document& document, double score) override;
  [[nodiscard]] std::size_t matches() const { return matches_; }
  [[nodiscard]] double mean() const { return mean_; }
  [[nodiscard]] double deviation() const;

 private:
  std::size_t matches_ = 0;
  double mean_ = 0;
  double squares_ = 0;  // Sum of squared differences from the mean (Welford 1962).
};

}  // namespace freshet::index
