#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "index/encoding/model_directory.h"

namespace freshet::index {

/// SHA-256 of a file, kept in `cache_dir`/model-hashes.json beside the file's path, size and
/// modification time, so that a second call reads only those. The cache is written only when it
/// changes; failing to write it is no error.
Result<std::string> cached_sha256(const std::filesystem::path& file,
                                  const std::filesystem::path& cache_dir);

/// "bert:HASH:POOLING:MAX_TOKENS:PRECISION". HASH covers the weights (whose SHA-256 is given),
/// vocabulary, config.json, normalisation and prefixes: with the rest, everything that changes a
/// vector.
Result<std::string> bert_encoder_id(const ModelDirectory& model, const std::string& weights_sha256,
                                    const std::string& precision);

}  // namespace freshet::index
