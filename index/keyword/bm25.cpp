#include "index/keyword/bm25.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace freshet::index {

double inverse_document_frequency(double documents, double documents_with_term) {
  return std::log1p((documents - documents_with_term + 0.5) / (documents_with_term + 0.5));
}

Bm25Weight::Bm25Weight(double average_length) : average_length_(std::max(average_length, 1e-9)) {
  need_stat(WDF);
  need_stat(WDF_MAX);
  need_stat(DOC_LENGTH);
  need_stat(DOC_LENGTH_MIN);
}

Bm25Weight* Bm25Weight::clone() const {
  return std::make_unique<Bm25Weight>(average_length_).release();
}

void Bm25Weight::init(double factor) {
  factor_ = factor;
}

double Bm25Weight::part(double frequency, double length) const {
  const double counted = std::max(frequency, 1.0);
  return factor_ * counted /
         (counted + kBm25K1 * (1.0 - kBm25B + kBm25B * length / average_length_));
}

double Bm25Weight::get_sumpart(Xapian::termcount frequency, Xapian::termcount length,
                               Xapian::termcount) const {
  return part(frequency, length);
}

double Bm25Weight::get_maxpart() const {
  // The lower bound ignores documents of length 0, which a passage of stop words has.
  return part(get_wdf_upper_bound(), 0.0);
}

}  // namespace freshet::index
