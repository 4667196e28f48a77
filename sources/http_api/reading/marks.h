#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "sources/http_api/manifest/stream_spec.h"
#include "sources/http_api/value.h"

namespace freshet::sources::http_api {

/// A mark is how far a listing has been read: microseconds since 1970, or a number (seq).
std::int64_t microseconds_of(std::chrono::milliseconds duration);

/// Whether marks are times.
bool is_dated(CursorType type);

/// What a record's field says; nothing where it says none.
std::optional<std::int64_t> mark_from(const Value& value, CursorType type);

/// What `${cursor.from}` and `${cursor.to}` stand for.
Value bound(std::optional<std::int64_t> mark, CursorType type);

}  // namespace freshet::sources::http_api
