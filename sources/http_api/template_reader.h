#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "sources/http_api/template.h"

namespace freshet::sources::http_api {

/// Takes a template apart; Template::compile says what is Invalid.
Result<std::vector<Template::Piece>> read_template(std::string_view text);

/// "config.site" or "rec.tags[0]" as its steps. Invalid for an unknown root.
Result<std::vector<std::string>> read_path(std::string_view text);

}  // namespace freshet::sources::http_api
