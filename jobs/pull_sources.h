#pragma once

#include <functional>
#include <vector>

#include "base/result.h"
#include "config/settings.h"
#include "jobs/side_by_side.h"
#include "pipeline/pull.h"

namespace freshet::jobs {

using Sources = std::vector<const config::SourceSettings*>;
using Pull = std::function<Result<pipeline::PullReport>(const config::SourceSettings&)>;
using PullReports = std::vector<Result<pipeline::PullReport>>;

/// Pulls every source, several at a time; the reports come in the order of the sources. What one
/// of them does, be it to fail, to hang or to throw, never holds up another: while one runs on,
/// `publish` is told to publish what the others left in the ledger.
PullReports pull_sources(const Sources& sources, const SideBySide& how, const Pull& pull,
                         const std::function<void()>& publish);

}  // namespace freshet::jobs
