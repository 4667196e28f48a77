#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/json.h"
#include "index/hit.h"
#include "index/query.h"

namespace freshet::serving {

/// What a response says beside the answer itself.
struct SearchResponseContext {
  std::string request_id;
  const index::Query& query;  ///< As it was applied.
  Instant now;                ///< For the generation's age.
  double took_ms = 0;
};

/// The response of POST /v1/search and of `freshet search --json`; docs/api.md describes each
/// member. Permissions and content hashes stay inside.
Json search_response(const index::Answer& answer, const SearchResponseContext& context);

/// {"generation", "published_at", "age_seconds"}: which index answered.
Json generation_json(std::uint64_t generation, const std::string& published_at, Instant now);

/// The text, or null where it is empty: an absent value is never an empty string on the wire.
Json text_or_null(const std::string& text);

}  // namespace freshet::serving
