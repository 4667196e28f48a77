#include "jobs/assembly.h"

#include <ostream>

#include "config/read_settings.h"
#include "index/encoding/catalog.h"

namespace freshet::jobs {

namespace {

Error in_configuration(const std::filesystem::path& file, std::size_t errors) {
  return {ErrorKind::Invalid, "the configuration " + file.string() + " has " +
                                  std::to_string(errors) +
                                  (errors == 1 ? " problem" : " problems") + ", named above"};
}

}  // namespace

config::Surroundings surroundings_of(const Context& context) {
  return {.environment = context.environment, .default_model_directory = FRESHET_DEFAULT_MODEL};
}

Result<Workspace> Workspace::open(Context& context) {
  const auto reading = config::check_settings(context.config_file, surroundings_of(context));
  std::size_t errors = 0;
  for (const auto& problem : reading.problems) {
    context.err << config::describe(problem, context.config_file.string()) << "\n";
    if (problem.severity == config::Severity::Error) ++errors;
  }
  if (reading.usable()) return Workspace(reading.settings, context.clock);
  context.configuration_failed = true;
  return in_configuration(context.config_file, errors);
}

Result<Workspace> Workspace::open_or_default(Context& context) {
  if (context.configuration_named || std::filesystem::exists(context.config_file)) {
    return open(context);
  }
  config::Settings settings;
  settings.encoder.model = FRESHET_DEFAULT_MODEL;
  return Workspace(std::move(settings), context.clock);
}

Result<std::unique_ptr<pipeline::Ledger>> Workspace::ledger(pipeline::LedgerAccess access) const {
  auto ledger = pipeline::open_sqlite_ledger(settings_.data_dir, *clock_, access);
  if (!ledger && ledger.error().kind == ErrorKind::NotFound) return no_data();
  return ledger;
}

Error Workspace::no_data() const {
  return {ErrorKind::NotFound,
          "no data yet: run freshet sync (data_dir is " + settings_.data_dir.string() + ")"};
}

index::IndexWriter Workspace::writer() const {
  return index::IndexWriter(index_directory(), settings_.index, *clock_);
}

Result<index::GenerationSummary> Workspace::published() const {
  FRESHET_TRY(auto live, writer().current());
  if (live.number == 0) return no_data();
  return live;
}

Result<FileLock> Workspace::lock() const {
  auto lock = FileLock::acquire(settings_.data_dir / "sync.lock");
  if (!lock && lock.error().kind == ErrorKind::Locked) {
    return Error{ErrorKind::Locked, "another job is writing to " + settings_.data_dir.string() +
                                        "; wait for it to finish and try again"};
  }
  return lock;
}

Result<std::unique_ptr<index::Encoder>> Workspace::encoder() const {
  return index::create_encoder(settings_.encoder);
}

Result<std::unique_ptr<index::Encoder>> Workspace::encoder_for(const index::IndexIdentity& identity,
                                                               index::SearchMode mode,
                                                               Context& context) const {
  if (mode == index::SearchMode::Keyword) return std::unique_ptr<index::Encoder>();
  auto made = encoder();
  if (!made) {
    context.err << "warning: searching by keyword alone: " << made.error().message << "\n";
    return std::unique_ptr<index::Encoder>();
  }
  if ((*made)->id() == identity.encoder_id) return made;
  context.err
      << "warning: searching by keyword alone: the index was built with another encoder; run "
         "freshet rebuild\n";
  return std::unique_ptr<index::Encoder>();
}

Result<std::string> Workspace::encoder_id() const {
  return index::encoder_id(settings_.encoder, settings_.data_dir);
}

pipeline::PublishOptions Workspace::publish_options() const {
  return {.passages = settings_.passages, .sources = settings_.sources};
}

const config::SourceSettings* Workspace::source(std::string_view name) const {
  for (const auto& source : settings_.sources) {
    if (source.name == name) return &source;
  }
  return nullptr;
}

}  // namespace freshet::jobs
