#pragma once

#include <filesystem>
#include <map>

#include <CLI/CLI.hpp>

#include "jobs/job.h"

namespace freshet::jobs {

/// The command line with every command and option declared, ready to parse once.
struct Program {
  Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  CLI::App app;
  std::filesystem::path config_file;
  bool json = false;
  std::map<const CLI::App*, Action> actions;
};

/// What is wrong with the command line, with the nearest command or option where a word is unknown.
std::string usage_message(const CLI::App& app, const CLI::ParseError& error);

}  // namespace freshet::jobs
