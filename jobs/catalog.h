#pragma once

#include "jobs/job.h"

namespace freshet::jobs {

// One line per file in this folder that declares a command.
Action declare_init(CLI::App& command);
Action declare_config(CLI::App& command);
Action declare_connector(CLI::App& command);
Action declare_sync(CLI::App& command);
Action declare_schedule(CLI::App& command);
Action declare_search(CLI::App& command);
Action declare_get(CLI::App& command);
Action declare_export(CLI::App& command);
Action declare_status(CLI::App& command);
Action declare_stale(CLI::App& command);
Action declare_verify(CLI::App& command);
Action declare_merge(CLI::App& command);
Action declare_rebuild(CLI::App& command);
Action declare_rollback(CLI::App& command);
Action declare_forget(CLI::App& command);
Action declare_eval(CLI::App& command);
Action declare_serve(CLI::App& command);
Action declare_completion(CLI::App& command);
Action declare_version(CLI::App& command);

}  // namespace freshet::jobs
