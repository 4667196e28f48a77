#include <ostream>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "jobs/assembly.h"
#include "jobs/catalog.h"
#include "jobs/schedule_text.h"

namespace freshet::jobs {

namespace {

struct ScheduleOptions {
  bool crontab = false;
  bool systemd = false;
};

struct ScheduleTexts {
  std::string crontab;
  SystemdUnits units;
};

Result<ScheduleTexts> texts_for(const Context& context) {
  std::error_code failed;
  const Installation installation{
      .program = context.program,
      .config_file = std::filesystem::absolute(context.config_file, failed).lexically_normal()};
  if (failed) {
    return Error{ErrorKind::Invalid, "cannot resolve the path " + context.config_file.string()};
  }
  ScheduleTexts texts;
  FRESHET_TRY(texts.crontab, crontab_line(installation));
  FRESHET_TRY(texts.units, systemd_units(installation));
  return texts;
}

void print(const ScheduleTexts& texts, const ScheduleOptions& options, std::ostream& out) {
  const bool both = options.crontab == options.systemd;
  if (options.crontab || both) {
    out << "# One line for: crontab -e\n" << texts.crontab;
  }
  if (both) out << "\n";
  if (options.systemd || both) {
    out << "# /etc/systemd/system/freshet-sync.service\n"
        << texts.units.service << "\n# /etc/systemd/system/freshet-sync.timer, then: systemctl "
        << "enable --now freshet-sync.timer\n"
        << texts.units.timer;
  }
}

Result<ExitCode> run_schedule(const ScheduleOptions& options, Context& context) {
  FRESHET_CHECK(Workspace::open(context));
  FRESHET_TRY(const ScheduleTexts texts, texts_for(context));
  if (context.output == Output::Json) {
    context.out << dump_json_pretty(Json{{"schema", 1},
                                         {"crontab", texts.crontab},
                                         {"service", texts.units.service},
                                         {"timer", texts.units.timer}})
                << "\n";
  } else {
    print(texts, options, context.out);
  }
  return ExitCode::Ok;
}

}  // namespace

Action declare_schedule(CLI::App& command) {
  const auto options = std::make_shared<ScheduleOptions>();  // shared with CLI11's callbacks
  command.add_flag("--crontab", options->crontab, "Only the line for cron");
  command.add_flag("--systemd", options->systemd, "Only the service and the timer for systemd");
  return [options](Context& context) { return run_schedule(*options, context); };
}

}  // namespace freshet::jobs
