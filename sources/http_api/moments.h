#pragma once

// Times as manifests and services write them: for the time filters.
#include <chrono>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace freshet::sources::http_api {

/// ISO 8601 with "T" or a space, with "Z", +02:00, +0200, +02 or nothing (UTC), with or without a
/// fraction; or a bare date. Invalid outside the years 0001 to 9999.
Result<Instant> parse_iso(std::string_view text);

/// ISO 8601 at an offset from UTC ("Z" where it is zero), with the fraction it needs: none,
/// milliseconds or microseconds.
std::string iso_text(Instant instant, std::chrono::minutes offset = {});

/// "-120s", "3h", "+2d": a whole number and one of ms, s, m, h, d, w; at most a hundred thousand
/// days.
Result<std::chrono::microseconds> parse_duration(std::string_view text);

/// How far a zone is ahead of UTC at an instant: "+02:00", "Z", or a name such as Europe/Berlin.
Result<std::chrono::minutes> zone_offset(std::string_view zone, Instant instant);

/// Invalid outside the years 0001 to 9999, which no text form could hold.
Result<Instant> in_range(Instant instant);

/// The formats of the fmt and parse filters (template_filters.cpp lists them).
Result<std::string> format_time(Instant instant, std::chrono::minutes offset,
                                std::string_view format);
Result<Instant> parse_time(std::string_view text, std::string_view format);

/// Invalid, naming it, for a field that format_time() or parse_time() does not know.
Result<Done> check_time_format(std::string_view format);
Result<Done> check_parse_format(std::string_view format);

}  // namespace freshet::sources::http_api
