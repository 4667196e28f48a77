#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "base/interruption.h"
#include "index/encoding/encoder.h"
#include "index/passage.h"
#include "pipeline/ledger/ledger.h"

namespace freshet::pipeline {

/// Gives every passage of the documents its vector: from the ledger's cache, else from the encoder.
/// Equal texts are encoded once. What was encoded is cached after every batch, so that a kill loses
/// at most one. Returns how many texts were encoded; `told` hears the number after every batch.
Result<std::uint64_t> fill_vectors(std::span<index::IndexedDocument> documents, Ledger& ledger,
                                   const index::Encoder& encoder, const Interruption& interruption,
                                   const std::function<void(std::uint64_t)>& told);

}  // namespace freshet::pipeline
