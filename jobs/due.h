#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/clock.h"
#include "config/settings.h"

namespace freshet::jobs {

/// What is remembered of a source from one sync to the next.
struct SourceRecord {
  /// When the last sync began whose pull and publish both went through.
  std::optional<Instant> synced_at;
  std::optional<Instant> failed_at;  ///< Of the last failure since then.
  std::int64_t failures = 0;         ///< Since then, one after the other.
};

/// How much later than its schedule a source is due: always the same for a source of an
/// installation, at most its `jitter`, spread evenly over sources and installations.
std::chrono::seconds shift_of(const config::SourceSettings& source, std::string_view installation);

/// Whether `freshet sync --due` pulls the source now: it was never synced, or its schedule has come
/// since (without a schedule: an hour has passed). One that fails waits before it is tried again,
/// a minute at first, twice as long each time, never longer than its schedule or an hour. Times
/// that have not come yet are not believed: a clock was set back.
bool is_due(const config::SourceSettings& source, const SourceRecord& record,
            std::chrono::seconds shift, Instant now);

/// What is remembered after a sync that began at `begun` and went through, or that failed.
SourceRecord synced(Instant begun);
SourceRecord failed_again(SourceRecord record, Instant now);

}  // namespace freshet::jobs
