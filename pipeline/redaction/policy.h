#pragma once

#include <span>
#include <string>

#include "config/settings.h"
#include "pipeline/redaction/redactor.h"

namespace freshet::pipeline {

/// What the settings say; `otherwise` where they say nothing.
RedactPolicy redact_policy(const config::RedactSettings& settings, RedactAction otherwise);

/// Of the sources that say something: an index made under other words is not this one. Empty when
/// none does. Tells nothing about a salt but whether it is the same.
std::string redaction_fingerprint(std::span<const config::SourceSettings> sources);

}  // namespace freshet::pipeline
