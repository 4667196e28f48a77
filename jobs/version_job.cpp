#include <ostream>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "jobs/catalog.h"

namespace freshet::jobs {

Action declare_version(CLI::App& /*command*/) {
  return [](Context& context) -> Result<ExitCode> {
    if (context.output == Output::Json) {
      context.out << dump_json(Json{{"version", FRESHET_VERSION}}) << "\n";
    } else {
      context.out << "freshet " << FRESHET_VERSION << "\n";
    }
    return ExitCode::Ok;
  };
}

}  // namespace freshet::jobs
