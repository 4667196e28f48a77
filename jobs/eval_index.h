#pragma once

#include <filesystem>

#include "base/interruption.h"
#include "base/result.h"
#include "config/settings.h"
#include "index/encoding/encoder.h"
#include "index/evaluation/dataset.h"
#include "jobs/progress.h"

namespace freshet::jobs {

/// How a judged document becomes passages.
enum class EvalForm {
  Split,  ///< By the same splitter as in a sync.
  Whole,  ///< One passage: title + ". " + text, cut at the encoder's window.
};

struct EvalIndexRequest {
  const index::JudgedDataset& dataset;
  const index::Encoder& encoder;
  const config::Settings& settings;
  EvalForm form = EvalForm::Split;
};

/// Builds an index of a judged corpus in an empty directory. Document ids are the corpus's own.
Result<Done> build_eval_index(const EvalIndexRequest& request, const std::filesystem::path& directory,
                              const Clock& clock, Progress& progress, const Interruption& interruption);

}  // namespace freshet::jobs
