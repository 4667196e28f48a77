#include "jobs/due.h"

#include <algorithm>
#include <string>

#include "base/cron.h"
#include "base/hash.h"

namespace freshet::jobs {

namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr minutes kWithoutSchedule{60};
constexpr minutes kLongestPatience{60};

bool has_come(const config::SourceSettings& source, seconds shift, Instant since, Instant now) {
  const auto cron = Cron::parse(source.schedule);
  if (!cron)
    return now - since >= kWithoutSchedule;  // none: the reader refused what is no schedule
  return cron->previous_at_or_before(now - shift) > since - shift;
}

minutes patience_after(std::int64_t failures) {
  constexpr std::int64_t kDoublings = 6;
  return std::min(minutes{1} * (1 << std::clamp<std::int64_t>(failures - 1, 0, kDoublings)),
                  kLongestPatience);
}

}  // namespace

seconds shift_of(const config::SourceSettings& source, std::string_view installation) {
  const auto most = std::chrono::floor<seconds>(source.jitter).count();
  const std::uint64_t drawn = hash128(std::string(installation) + "\n" + source.name).low;
  return seconds{static_cast<std::int64_t>(drawn % (static_cast<std::uint64_t>(most) + 1))};
}

bool is_due(const config::SourceSettings& source, const SourceRecord& record, seconds shift,
            Instant now) {
  const auto& synced = record.synced_at;
  if (synced && *synced <= now && !has_come(source, shift, *synced, now)) return false;
  const auto& failed = record.failed_at;
  if (!failed || *failed > now) return true;
  return now - *failed >= patience_after(record.failures) || has_come(source, shift, *failed, now);
}

SourceRecord synced(Instant begun) {
  return {.synced_at = begun, .failed_at = std::nullopt, .failures = 0};
}

SourceRecord failed_again(SourceRecord record, Instant now) {
  record.failed_at = now;
  ++record.failures;
  return record;
}

}  // namespace freshet::jobs
