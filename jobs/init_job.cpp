#include <ostream>

#include <CLI/CLI.hpp>

#include "base/files.h"
#include "config/reference.h"
#include "jobs/catalog.h"

namespace freshet::jobs {

namespace {

Result<ExitCode> run_init(Context& context) {
  if (std::filesystem::exists(context.config_file)) {
    return Error{ErrorKind::Invalid, context.config_file.string() +
                                         " exists already; name another file with -c, or edit it"};
  }
  FRESHET_CHECK(write_file_atomically(context.config_file, config::commented_example()));
  context.out
      << "wrote " << context.config_file.string()
      << "; create ./kb or name your sources in it, then: freshet config check, freshet sync\n";
  return ExitCode::Ok;
}

}  // namespace

Action declare_init(CLI::App& /*command*/) {
  return run_init;
}

}  // namespace freshet::jobs
