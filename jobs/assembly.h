#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/files.h"
#include "base/result.h"
#include "config/settings.h"
#include "index/encoding/encoder.h"
#include "index/segments/writer.h"
#include "jobs/job.h"
#include "pipeline/ledger/ledger.h"
#include "pipeline/publish.h"

namespace freshet::jobs {

/// One data directory with its settings: the only place where concrete parts are wired together. Parts
/// are made when asked for, so that a no-op sync never loads a model.
class Workspace {
 public:
  /// Reads the configuration. A problem in it was printed to `context.err`, all at once.
  static Result<Workspace> open(Context& context);

  [[nodiscard]] const config::Settings& settings() const { return settings_; }
  [[nodiscard]] std::filesystem::path index_directory() const { return settings_.data_dir / "index"; }

  /// NotFound (nothing was synced yet) when the ledger does not exist and only reading is asked for.
  [[nodiscard]] Result<std::unique_ptr<pipeline::Ledger>> ledger(pipeline::LedgerAccess access) const;
  [[nodiscard]] index::IndexWriter writer() const;
  /// At most one job that writes runs on a data directory at a time; Locked otherwise.
  [[nodiscard]] Result<FileLock> lock() const;
  [[nodiscard]] Result<std::unique_ptr<index::Encoder>> encoder() const;
  /// The id of that encoder, without loading it.
  [[nodiscard]] Result<std::string> encoder_id() const;
  [[nodiscard]] pipeline::PublishOptions publish_options() const;
  [[nodiscard]] const config::SourceSettings* source(std::string_view name) const;

 private:
  Workspace(config::Settings settings, const Clock& clock)
      : settings_(std::move(settings)), clock_(&clock) {}

  config::Settings settings_;
  const Clock* clock_;
};

}  // namespace freshet::jobs
