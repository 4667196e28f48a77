#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "jobs/job.h"
#include "tests/support/manual_clock.h"
#include "tests/support/result_matchers.h"
#include "tests/support/temporary_directory.h"

namespace freshet::jobs {

/// One run of the program inside the test.
class CommandLine : public ::testing::Test {
 protected:
  ExitCode run(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "freshet");
    Context context{.out = out_,
                    .err = err_,
                    .clock = clock_,
                    .log = log_,
                    .stop = {},
                    .environment = [](std::string_view) { return std::nullopt; },
                    .config_file = {},
                    .program = "/opt/freshet/bin/freshet"};
    out_.str("");
    err_.str("");
    return run_command_line(static_cast<int>(arguments.size()), arguments.data(), context);
  }

  testing::ManualClock clock_;
  std::ostringstream out_;
  std::ostringstream err_;
  Log log_{[](std::string_view) {}, clock_, LogLevel::Error};
  testing::TemporaryDirectory directory_;
};

/// The program with one source, a folder, and the hashing encoder.
class FolderProgram : public CommandLine {
 protected:
  void SetUp() override { configure(""); }

  /// `options` are more lines of the source.
  void configure(const std::string& options) {
    config_ = directory_.write("freshet.yaml",
                               "version: 1\ndata_dir: ./data\nencoder: {type: hashing}\nsources:\n"
                               "  - name: kb\n    type: folder\n    path: ./kb\n" +
                                   options);
  }

  ExitCode freshet(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), {"-c", config_.c_str()});
    return run(std::move(arguments));
  }

  void page(const std::string& name, const std::string& text) const {
    directory_.write("kb/" + name, "# " + name + "\n\n" + text + "\n");
  }

  /// The output of a command that must succeed.
  std::string output(std::vector<const char*> arguments) {
    EXPECT_EQ(freshet(std::move(arguments)), ExitCode::Ok) << err_.str();
    return out_.str();
  }

  [[nodiscard]] std::filesystem::path data() const { return directory_ / "data"; }

  std::string config_;
};

}  // namespace freshet::jobs
