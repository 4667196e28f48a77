#pragma once

#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "config/problem.h"

namespace freshet::testing {

/// A manifest as JSON; words without quotes have the type that readers give them.
nlohmann::json manifest_json(std::string_view yaml);

/// A valid manifest in which every map of the language stands once.
const nlohmann::json& complete_manifest();

/// A JSON pointer into the complete manifest; "$" stands for "/streams/articles".
nlohmann::json::json_pointer pointer_to(std::string_view at);

/// With the member at `at` set or, where `value` is discarded, removed.
nlohmann::json with(nlohmann::json manifest, std::string_view at, const nlohmann::json& value);

/// What the reader has against it.
std::vector<config::Problem> reader_problems(const nlohmann::json& manifest);

/// The schema that is part of the program.
const nlohmann::json& manifest_schema_json();

/// Whether the schema lets it pass.
bool schema_accepts(const nlohmann::json& manifest);

}  // namespace freshet::testing
