#pragma once

#include <vector>

#include "config/settings.h"
#include "config/tree.h"
#include "config/value_reader.h"

namespace freshet::config {

/// Reads the list of sources; names must be unique.
std::vector<SourceSettings> read_sources(const Node& list, ValueReader& reader);

}  // namespace freshet::config
