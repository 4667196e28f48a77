#pragma once

#include <xapian.h>

namespace freshet::index {

inline constexpr double kBm25K1 = 0.9;
inline constexpr double kBm25B = 0.4;

/// Lucene's inverse document frequency: ln(1 + (N - n + 0.5) / (n + 0.5)).
double inverse_document_frequency(double documents, double documents_with_term);

/// factor * tf / (tf + k1 * (1 - b + b * length / average length)), Lucene's BM25 (Kamphuis et al.,
/// ECIR 2020). The factor (from OP_SCALE_WEIGHT) carries the inverse document frequency, so that
/// spellings of one query word can share it. A posting without a count (stop words, identifiers,
/// parts) counts as tf 1.
class Bm25Weight final : public Xapian::Weight {
 public:
  /// `average_length` is that of the live passages.
  explicit Bm25Weight(double average_length);
  [[nodiscard]] Bm25Weight* clone() const override;
  [[nodiscard]] std::string name() const override { return "freshet::Bm25Weight"; }
  [[nodiscard]] double get_sumpart(Xapian::termcount frequency, Xapian::termcount length,
                                   Xapian::termcount unique_terms) const override;
  [[nodiscard]] double get_maxpart() const override;
  [[nodiscard]] double get_sumextra(Xapian::termcount, Xapian::termcount) const override {
    return 0;
  }
  [[nodiscard]] double get_maxextra() const override { return 0; }

 private:
  void init(double factor) override;
  [[nodiscard]] double part(double frequency, double length) const;
  double factor_ = 0;
  double average_length_;
};

}  // namespace freshet::index
