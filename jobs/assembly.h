#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/files.h"
#include "base/result.h"
#include "config/read_settings.h"
#include "config/settings.h"
#include "index/encoding/encoder.h"
#include "index/query.h"
#include "index/segments/writer.h"
#include "jobs/job.h"
#include "pipeline/ledger/ledger.h"
#include "pipeline/publish.h"

namespace freshet::jobs {

/// Where settings come from besides the file: the environment, and the model that scripts/setup
/// fetched.
config::Surroundings surroundings_of(const Context& context);

/// One data directory with its settings: the only place where concrete parts are wired together.
/// Parts are made when asked for, so that a no-op sync never loads a model.
class Workspace {
 public:
  /// Reads the configuration. A problem in it was printed to `context.err`, all at once.
  static Result<Workspace> open(Context& context);

  /// The same, with every option at its default where there is no configuration file.
  static Result<Workspace> open_or_default(Context& context);

  [[nodiscard]] const config::Settings& settings() const { return settings_; }
  void set_precision(std::string precision) { settings_.encoder.precision = std::move(precision); }
  [[nodiscard]] std::filesystem::path index_directory() const {
    return settings_.data_dir / "index";
  }

  /// NotFound, naming `freshet sync`, when the ledger does not exist and only reading is asked for.
  [[nodiscard]] Result<std::unique_ptr<pipeline::Ledger>> ledger(
      pipeline::LedgerAccess access) const;
  [[nodiscard]] index::IndexWriter writer() const;
  /// The live generation; NotFound, naming `freshet sync`, before the first publish.
  [[nodiscard]] Result<index::GenerationSummary> published() const;
  /// At most one job that writes runs on a data directory at a time; Locked otherwise.
  [[nodiscard]] Result<FileLock> lock() const;
  [[nodiscard]] Result<std::unique_ptr<index::Encoder>> encoder() const;
  /// The encoder for asking an index with this identity, or null with a warning where the keyword
  /// leg must do alone: the encoder cannot be made, or the index was built with another one.
  [[nodiscard]] Result<std::unique_ptr<index::Encoder>> encoder_for(
      const index::IndexIdentity& identity, index::SearchMode mode, Context& context) const;
  /// The id of that encoder, without loading it.
  [[nodiscard]] Result<std::string> encoder_id() const;
  [[nodiscard]] pipeline::PublishOptions publish_options() const;
  [[nodiscard]] const config::SourceSettings* source(std::string_view name) const;

 private:
  Workspace(config::Settings settings, const Clock& clock)
      : settings_(std::move(settings)), clock_(&clock) {}

  [[nodiscard]] Error no_data() const;

  config::Settings settings_;
  const Clock* clock_;
};

}  // namespace freshet::jobs
