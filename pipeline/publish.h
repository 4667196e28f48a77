#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/interruption.h"
#include "base/log.h"
#include "base/result.h"
#include "config/settings.h"
#include "index/encoding/encoder.h"
#include "index/segments/writer.h"
#include "pipeline/ledger/ledger.h"

namespace freshet::pipeline {

struct PublishReport {
  std::uint64_t documents = 0;  ///< Upserted in the index.
  std::uint64_t removed = 0;
  std::uint64_t passages = 0;           ///< Of the upserted documents.
  std::uint64_t passages_encoded = 0;   ///< Of those, not found in the vector cache.
  std::vector<std::string> failed;      ///< "id: why" for documents that could not be extracted.
  index::GenerationSummary generation;  ///< The live one afterwards.
};

struct PublishOptions {
  config::PassageSettings passages;
  std::vector<config::SourceSettings> sources;  ///< URL templates, owners, languages.
  std::size_t documents_per_generation =
      2000;  ///< Bounds memory; a long first publish becomes visible in steps.
  std::function<void(const PublishReport&, std::uint64_t remaining)> progress =
      [](const PublishReport&, std::uint64_t) {};
  /// Told what begins: "prepare" (read, extract, split), "encode" (with the vector cache), "store"
  /// (what was derived, into the ledger), "segment" (write it), "switch" (make it live).
  std::function<void(std::string_view phase)> entering = [](std::string_view) {};
};

/// Replays the ledger from the sequence number that the live generation carries: extract, split,
/// encode (through the vector cache), write a segment, rename the manifest. Writes nothing when
/// there is nothing to replay. Killed anywhere, the old generation still serves and the next run
/// starts again. An encoder that cannot be reached is Unavailable and leaves the old generation
/// serving.
///
/// What extraction derived enters the ledger before the manifest is renamed: a kill in between
/// leaves the ledger ahead of the index, and the next replay repairs that.
///
/// A version that cannot be extracted takes its document out of the index: the text served until
/// then is known to be outdated, and a rebuild from the ledger could not bring it back (promise
/// 10). The ledger keeps the body; `failed` says why.
///
/// A generation that has a moved document under its new id does not have it under the old one.
///
/// Fails like begin_publish().
Result<PublishReport> publish(Ledger& ledger, index::IndexWriter& writer,
                              const index::Encoder& encoder, const PublishOptions& options,
                              const Interruption& interruption);

/// What comes before every publish, and suffices to know whether there is anything to publish: no
/// encoder is loaded. Gives the live generation, after turning a change of a source's owner or
/// language into changes of those documents that depend on it.
///
/// Invalid, asking for `freshet rebuild`, when the index was made with another encoder or other
/// passage settings, from another ledger, or covers changes that this ledger does not have.
Result<index::GenerationSummary> begin_publish(Ledger& ledger, const index::IndexWriter& writer,
                                               const std::string& encoder_id,
                                               const PublishOptions& options);

/// The identity of an index of this ledger, made with this encoder and these settings.
Result<index::IndexIdentity> identity_of(const Ledger& ledger, const index::Encoder& encoder,
                                         const PublishOptions& options);

/// The part of it that does not depend on a ledger.
index::IndexIdentity index_identity(std::string encoder_id, std::size_t dimension,
                                    const config::PassageSettings& passages,
                                    std::span<const config::SourceSettings> sources = {});

}  // namespace freshet::pipeline
