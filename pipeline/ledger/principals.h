#pragma once

#include "pipeline/ledger/records.h"

namespace freshet::pipeline {

/// Those who may see both.
Principals narrowest(const Principals& one, const Principals& other);

}  // namespace freshet::pipeline
