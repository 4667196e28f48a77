#include "jobs/program.h"

namespace freshet::jobs {

Program::Program()
    : app("Keeps a support team's knowledge current and answers queries from it.", "freshet") {
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("-c,--config", config_file, "Configuration file")->default_str("./freshet.yaml");
  app.add_flag("--json", json, "Write results and errors as JSON");
  for (const Job& job : jobs()) {
    CLI::App* command = app.add_subcommand(std::string(job.name), std::string(job.summary));
    actions[command] = job.declare(*command);
  }
}

}  // namespace freshet::jobs
