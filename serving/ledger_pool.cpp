#include "serving/ledger_pool.h"

namespace freshet::serving {

Result<std::unique_ptr<pipeline::Ledger>> LedgerPool::take() {
  {
    const std::lock_guard guard(mutex_);
    if (!free_.empty()) {
      auto ledger = std::move(free_.back());
      free_.pop_back();
      return ledger;
    }
  }
  return open_();
}

void LedgerPool::give_back(std::unique_ptr<pipeline::Ledger> ledger) {
  const std::lock_guard guard(mutex_);
  free_.push_back(std::move(ledger));
}

}  // namespace freshet::serving
