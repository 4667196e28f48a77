#pragma once

#include <vector>

#include "sources/audience.h"
#include "sources/http_api/manifest/map_spec.h"
#include "sources/http_api/mapping/field_values.h"

namespace freshet::sources::http_api {

/// Who may see a record: the first rule that holds. Internal when none does, and when one of them
/// cannot be judged (promise 7): a rule that fails may be the one that closes the record.
/// Groups that happen to be called "public" or "signed_in" are left out.
Audience audience_of(const std::vector<VisibilityRule>& rules, const Value& record,
                     const FieldValues& fields, const Audience& parent);

}  // namespace freshet::sources::http_api
