#pragma once

#include <functional>
#include <memory>

#include "tests/simulation/server.h"

namespace freshet::simulation {

/// One entry per simulated vendor, for tests over all of them.
struct Dialect {
  std::string_view name;
  std::function<std::unique_ptr<Server>(World&, ServerOptions)> create;
};
const std::vector<Dialect>& dialects();

}  // namespace freshet::simulation
