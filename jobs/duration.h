#pragma once

#include <chrono>
#include <string_view>

#include "base/result.h"
#include "pipeline/deletion/delete_guard.h"

namespace freshet::jobs {

/// "90s", "10m", "2h", "1d"; a bare number is seconds.
Result<std::chrono::seconds> parse_duration(std::string_view text);

/// `--max-delete`: "25%" bounds the share alone, "200" the count alone, whatever the share.
Result<pipeline::DeleteGuard> parse_max_delete(std::string_view text);

}  // namespace freshet::jobs
