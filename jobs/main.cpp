#include <cstdlib>
#include <iostream>

#include <unistd.h>

#include "jobs/job.h"
#include "jobs/signal_watch.h"

namespace {

std::optional<std::string> environment(std::string_view name) {
  const char* value = std::getenv(std::string(name).c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

/// The kernel knows better than the name that the shell was given.
std::filesystem::path own_file(const char* name) {
  std::error_code failed;
  const auto file = std::filesystem::read_symlink("/proc/self/exe", failed);
  return failed ? std::filesystem::absolute(name) : file;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace freshet;
  const jobs::SignalWatch signals;
  const SystemClock clock;
  Log log([](std::string_view line) { std::cerr << line << std::endl; }, clock, LogLevel::Info);
  jobs::Context context{.out = std::cout,
                        .err = std::cerr,
                        .out_is_terminal = ::isatty(STDOUT_FILENO) != 0,
                        .err_is_terminal = ::isatty(STDERR_FILENO) != 0,
                        .clock = clock,
                        .log = log,
                        .stop = signals.token(),
                        .environment = environment,
                        .config_file = {},
                        .program = own_file(argv[0]),
                        .output = jobs::Output::Text};
  const jobs::ExitCode code = jobs::run_command_line(argc, argv, context);
  const bool terminated = code == jobs::ExitCode::Interrupted && signals.received() == SIGTERM;
  return static_cast<int>(terminated ? jobs::ExitCode::Terminated : code);
}
