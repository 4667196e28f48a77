#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/http/client.h"
#include "sources/http_api/manifest/manifest.h"

namespace freshet::sources::http_api {

/// What a run waits for at most. A source that asks for more is left alone, by later runs too.
inline constexpr std::chrono::milliseconds kLongestWait{300'000};
/// For how long one answer can keep a source from being asked.
inline constexpr std::chrono::milliseconds kLongestPause{3'600'000};

/// How long an answer's headers ask to wait: the manifest's own headers first, then Retry-After
/// (RFC 9110), X-RateLimit-Retry-After and, unless X-RateLimit-Remaining or RateLimit-Remaining
/// says that some is left, X-RateLimit-Reset and RateLimit-Reset. Reset times are counted from the
/// answer's own Date, so a skewed clock does not matter. Nothing when none of them says.
std::optional<std::chrono::milliseconds> asked_delay(const http::Response& response,
                                                     const std::vector<RateHeader>& headers,
                                                     Instant now);

}  // namespace freshet::sources::http_api
