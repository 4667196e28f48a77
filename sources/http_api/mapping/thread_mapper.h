#pragma once

#include "base/result.h"
#include "sources/connector.h"
#include "sources/http_api/manifest/map_spec.h"
#include "sources/http_api/mapping/field_values.h"
#include "sources/thread.h"

namespace freshet::sources::http_api {

/// The conversation of a record whose map has `messages`. `document` carries what was mapped
/// already.
Result<Thread> thread_of(const MapSpec& map, const FieldValues& fields, const Value& record,
                         const Document& document, const Audience& audience);

/// The text of a body: text as it is, structures (ADF, blocks) as JSON.
std::string body_of(const Value& value);

}  // namespace freshet::sources::http_api
