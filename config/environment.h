#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace freshet::config {

/// The value of an environment variable, or nothing. Passed in by the caller; nothing here reads
/// the process's environment.
using EnvironmentLookup = std::function<std::optional<std::string>(std::string_view name)>;

/// Replaces ${NAME} and ${NAME:-default} (the default also for an empty variable, as in the shell);
/// "$$" is a dollar sign and a "$" before anything else stays. What a variable holds is not
/// expanded again. Invalid, naming the variable, when it is not set and has no default. At most 64
/// KB come out.
Result<std::string> expand_variables(std::string_view text, const EnvironmentLookup& environment);

}  // namespace freshet::config
