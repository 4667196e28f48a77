#pragma once

#include <span>

#include "base/result.h"
#include "index/allowed.h"
#include "index/filter.h"
#include "index/segments/field_index.h"

namespace freshet::index {

/// The passages among `live` that the filter lets through. A document without the key passes only
/// NotEqual and NotIn (and Not of what it fails). Invalid for a filter that is not well formed.
Result<PassageSet> evaluate_filter(const Filter& filter,
                                   std::span<const FieldIndex* const> segments,
                                   const PassageSet& live);

}  // namespace freshet::index
