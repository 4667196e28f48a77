#pragma once

#include <string>

namespace freshet::sources::http_api {

/// The shipped manifests as tables: what each pulls, how it finds changes and deletions, what it
/// needs, how fresh it keeps things, its options. The generated part of docs/connectors.md.
std::string connectors_markdown();

/// The filters of templates as a table.
std::string filters_markdown();

}  // namespace freshet::sources::http_api
