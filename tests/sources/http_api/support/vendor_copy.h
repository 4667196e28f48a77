#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sources/http_api/http_api_connector.h"
#include "tests/simulation/dialects.h"
#include "tests/simulation/fault.h"
#include "tests/simulation/schedule.h"
#include "tests/simulation/world_waiter.h"
#include "tests/sources/support/memory_ledger.h"

namespace freshet::sources::http_api::testing {

/// How a copy differs from the truth. Every line names the document.
struct Differences {
  std::vector<std::string> lost;         ///< In the truth, not in the copy.
  std::vector<std::string> stale;        ///< An older text, or a message missing.
  std::vector<std::string> resurrected;  ///< In the copy, not in the truth.
  std::vector<std::string> leaked;       ///< Visible to more people than the truth allows.
  std::vector<std::string>
      held;  ///< Kept because all of their kind are gone, which may be an outage.
  [[nodiscard]] std::vector<std::string> all() const;
  void add(const Differences& more);
};

/// A simulated vendor and a copy of it that a connector keeps through a shipped manifest. One seed
/// gives one history.
class VendorCopy {
 public:
  VendorCopy(const simulation::Dialect& dialect, std::shared_ptr<const Manifest> manifest,
             std::uint64_t seed);

  /// Changes, faults, syncs of which some are killed between two pages.
  void live(int rounds);
  /// No more troubles and changes; syncs until every pass of every stream has been due.
  void settle();
  /// One sync. Killed at a random page when asked to: what that page gave is lost.
  enum class Ending { Whole, Killed };
  Result<Done> sync(Ending ending);

  [[nodiscard]] Differences compare() const;
  [[nodiscard]] simulation::World& world() { return world_; }
  [[nodiscard]] simulation::FaultyServer& faults() { return faulty_; }
  [[nodiscard]] simulation::Schedule& schedule() { return schedule_; }
  [[nodiscard]] const sources::testing::MemoryLedger& ledger() const { return ledger_; }
  /// What the last failing sync said; empty after one that did not fail.
  [[nodiscard]] const std::string& trouble() const { return trouble_; }
  [[nodiscard]] std::size_t upserts() const { return upserts_; }
  [[nodiscard]] std::size_t deletes() const { return deletes_; }

 private:
  Result<std::unique_ptr<Connector>> connect();

  simulation::World world_;
  std::unique_ptr<simulation::Server> server_;
  simulation::FaultyServer faulty_;
  simulation::Schedule schedule_;
  simulation::WorldWaiter waiter_{world_};
  simulation::Random random_;
  std::shared_ptr<const Manifest> manifest_;  ///< Shared by all copies of this vendor.
  config::SourceSettings settings_;
  sources::testing::MemoryLedger ledger_;
  std::string trouble_;
  std::size_t upserts_ = 0;
  std::size_t deletes_ = 0;
};

}  // namespace freshet::sources::http_api::testing
