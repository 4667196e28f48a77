#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sources/http_api/program_tokens.h"

namespace freshet::sources::http_api {

/// The functions that expressions may call, for the documentation.
std::span<const std::string_view> allowed_functions();

/// Invalid names the first word or variable that an expression may not use, and what to use.
Result<Done> check_program(const std::vector<Token>& tokens);

}  // namespace freshet::sources::http_api
