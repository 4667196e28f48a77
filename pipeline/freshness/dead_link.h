#pragma once

#include <string>
#include <string_view>

#include "pipeline/freshness/inspection.h"

namespace freshet::pipeline {

/// What broken-link and moved-link findings share.
Finding dead_link_finding(std::string_view rule, const Inspection& inspection,
                          const DeadLink& dead_link, std::string action);

}  // namespace freshet::pipeline
