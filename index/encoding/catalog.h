#pragma once

#include <memory>

#include "base/result.h"
#include "config/settings.h"
#include "index/encoding/encoder.h"

namespace freshet::index {

/// The encoder that the settings ask for. NotFound or Invalid (naming the file and the next step)
/// for a missing or damaged model directory.
Result<std::unique_ptr<Encoder>> create_encoder(const config::EncoderSettings& settings);

/// The id that encoder would have, without loading its weights: what a no-op sync and status
/// compare. Cheap: the hash of a model's weights is kept in `cache_dir` beside its size and
/// modification time.
Result<std::string> encoder_id(const config::EncoderSettings& settings,
                               const std::filesystem::path& cache_dir);

}  // namespace freshet::index
