#include "jobs/pull_sources.h"

#include <atomic>

#include "jobs/guarded.h"
#include "jobs/sync_source.h"

namespace freshet::jobs {

PullReports pull_sources(const Sources& sources, const SideBySide& how, const Pull& pull,
                         const std::function<void()>& publish) {
  PullReports reports(sources.size(), Error{ErrorKind::Internal, "was not pulled"});
  std::atomic<bool> unpublished{false};
  run_side_by_side(
      sources.size(), how,
      [&](std::size_t i) {
        reports[i] = guarded<pipeline::PullReport>([&] { return pull(*sources[i]); });
        if (reports[i] && changed_something(reports[i]->stored)) unpublished = true;
      },
      [&] {
        if (unpublished.exchange(false)) publish();
      });
  return reports;
}

}  // namespace freshet::jobs
