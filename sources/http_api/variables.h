#pragma once

#include "sources/http_api/value.h"

namespace freshet::sources::http_api {

/// What `$parent`, `$children`, `$lookup` and `$config` stand for while an expression runs. Where
/// null, the last three read as {}.
struct Variables {
  Value parent;
  Value children;
  Value lookup;
  Value config;
};

}  // namespace freshet::sources::http_api
