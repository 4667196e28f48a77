#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "base/result.h"
#include "pipeline/ledger/ledger.h"

namespace freshet::serving {

/// Lends read-only ledgers to whichever thread asks, one thread at a time each. Holds at most as
/// many as were ever used at once. Thread-safe.
class LedgerPool {
 public:
  using Open = std::function<Result<std::unique_ptr<pipeline::Ledger>>()>;
  explicit LedgerPool(Open open) : open_(std::move(open)) {}

  /// Calls `use` with a ledger. The error is the opening's or `use`'s own; after either the ledger
  /// is not kept, so that a repaired or replaced file is opened afresh.
  template <typename T>
  Result<T> with(const std::function<Result<T>(const pipeline::Ledger&)>& use) {
    FRESHET_TRY(auto ledger, take());
    auto result = use(*ledger);
    if (result.has_value()) give_back(std::move(ledger));
    return result;
  }

 private:
  Result<std::unique_ptr<pipeline::Ledger>> take();
  void give_back(std::unique_ptr<pipeline::Ledger> ledger);

  Open open_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<pipeline::Ledger>> free_;
};

}  // namespace freshet::serving
