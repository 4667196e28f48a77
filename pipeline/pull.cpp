#include "pipeline/pull.h"

#include <algorithm>
#include <utility>

namespace freshet::pipeline {

namespace {

/// More lines than a person reads; the counts go on.
constexpr std::size_t kMaxProblems = 1000;

void add(StoreReport& sum, const StoreReport& batch) {
  sum.added += batch.added;
  sum.updated += batch.updated;
  sum.unchanged += batch.unchanged;
  sum.moved += batch.moved;
  sum.deleted += batch.deleted;
  sum.unknown += batch.unknown;
  sum.withheld += batch.withheld;
  sum.last_sequence = batch.last_sequence;
}

void add(PullReport& report, const sources::Batch& batch, const StoreReport& stored) {
  add(report.stored, stored);
  for (const auto& [reason, count] : batch.skipped) report.skipped[reason] += count;
  const std::size_t room = kMaxProblems - std::min(kMaxProblems, report.problems.size());
  const std::size_t taken = std::min(room, batch.problems.size());
  report.problems.insert(report.problems.end(), batch.problems.begin(),
                         batch.problems.begin() + static_cast<std::ptrdiff_t>(taken));
  for (const sources::Change& change : batch.changes) {
    if (change.kind != sources::ChangeKind::Unknown || report.problems.size() == kMaxProblems)
      continue;
    report.problems.push_back(change.external_id + " is kept as it was: " + change.evidence);
  }
  ++report.batches;
  report.complete = batch.complete;
}

Error interrupted(std::string_view source) {
  return {ErrorKind::Interrupted,
          "pulling " + std::string(source) +
              " was interrupted; what it read is stored, the next sync goes on"};
}

Result<Done> guard_deletions(std::string_view source, const sources::Batch& batch,
                             const Ledger& ledger, const DeleteGuard& guard) {
  FRESHET_TRY(const std::uint64_t live, ledger.live_count(source));
  auto checked = check_deletions(batch, live, guard);
  if (checked) return checked;
  return while_doing("apply the deletions of " + std::string(source), std::move(checked).error());
}

}  // namespace

Result<PullReport> pull(std::string_view source, sources::Connector& connector, Ledger& ledger,
                        const PullOptions& options, const Interruption& interruption) {
  PullReport report;
  const auto known = ledger.known(source);
  for (bool more = true; more;) {
    if (interruption.due()) return interrupted(source);
    FRESHET_TRY(const std::string cursor, ledger.cursor(source));
    auto batch = connector.fetch({cursor, *known, interruption, options.mode});
    if (!batch) return while_doing("fetch from " + std::string(source), std::move(batch).error());

    FRESHET_CHECK(guard_deletions(source, *batch, ledger, options.guard));
    auto stored = options.store ? options.store(*batch) : ledger.store(source, *batch);
    if (!stored)
      return while_doing("store a batch of " + std::string(source), std::move(stored).error());

    add(report, *batch, *stored);
    options.progress(report);
    more = batch->more;
  }
  return report;
}

}  // namespace freshet::pipeline
