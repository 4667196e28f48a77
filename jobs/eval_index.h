#pragma once

#include <filesystem>
#include <vector>

#include "base/clock.h"
#include "base/interruption.h"
#include "base/result.h"
#include "config/settings.h"
#include "index/encoding/encoder.h"
#include "index/evaluation/dataset.h"
#include "index/evaluation/exact_ranking.h"
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

/// The same data set with its documents named by their place in the corpus. Exact ties stand in the
/// order of document ids; published figures take them in corpus order.
index::JudgedDataset named_by_place(index::JudgedDataset dataset);

/// Builds an index of a judged corpus in an empty directory. Document ids are the corpus's own.
/// Returns the vectors as the encoder gave them.
Result<std::vector<index::ExactVector>> build_eval_index(const EvalIndexRequest& request,
                                                         const std::filesystem::path& directory,
                                                         const Clock& clock, Progress& progress,
                                                         const Interruption& interruption);

}  // namespace freshet::jobs
