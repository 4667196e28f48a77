#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace freshet::pipeline {

/// A document's raw bytes as they lie in the ledger: one zstd frame (RFC 8878) with a checksum.
Result<std::string> compress_body(std::string_view body);

/// Corrupt when the bytes are not one whole frame, fail its checksum, or would grow past 2 GiB.
Result<std::string> decompress_body(std::string_view frame);

}  // namespace freshet::pipeline
