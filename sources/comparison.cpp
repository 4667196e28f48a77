#include "sources/comparison.h"

#include <utility>

namespace freshet::sources {
namespace {

constexpr std::size_t kPage = 1000;

/// The ledger's documents one by one, fetched by the page.
class KnownReader {
 public:
  explicit KnownReader(const KnownDocuments& known) : known_(known) {}

  /// The next document, or null after the last.
  Result<const KnownDocument*> peek() {
    if (at_ == page_.size() && !ended_) {
      FRESHET_TRY(auto next, known_.after(last_, kPage));
      page_ = std::move(next);
      at_ = 0;
      ended_ = page_.empty();
      if (!ended_) last_ = page_.back().external_id;
    }
    return ended_ ? nullptr : &page_[at_];
  }
  void advance() { ++at_; }

 private:
  const KnownDocuments& known_;
  std::vector<KnownDocument> page_;
  std::string last_;
  std::size_t at_ = 0;
  bool ended_ = false;
};

}  // namespace

Result<Comparison> compare(const std::vector<std::string>& ids, const FetchRequest& request,
                           const SameDocument& same) {
  Comparison result;
  KnownReader known(request.known);
  for (std::size_t index = 0;;) {
    if (request.interruption.due()) return interrupted();
    FRESHET_TRY(const KnownDocument* next, known.peek());
    if (index == ids.size() && next == nullptr) return result;
    if (index == ids.size() || (next != nullptr && next->external_id < ids[index])) {
      result.gone.push_back(*next);
      known.advance();
      continue;
    }
    if (next == nullptr || ids[index] < next->external_id) {
      result.added.push_back(index++);
      continue;
    }
    FRESHET_TRY(const bool unchanged, same(index, next->version));
    if (!unchanged) result.changed.push_back(index);
    ++index;
    known.advance();
  }
}

Error interrupted() {
  return Error{ErrorKind::Interrupted, "stopped on request before the next document was read"};
}

}  // namespace freshet::sources
