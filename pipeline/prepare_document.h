#pragma once

#include <string>

#include "config/settings.h"
#include "index/encoding/encoder.h"
#include "index/passage.h"
#include "pipeline/ledger/records.h"

namespace freshet::pipeline {

/// One live document on its way into the index.
struct PreparedDocument {
  index::IndexedDocument indexed;  ///< Without vectors. No passages: the index is not to have it.
  DerivedDocument derived;         ///< For the ledger.
  std::string failure;             ///< "id: why" where the text could not be extracted, else empty.
};

/// Takes the redacted document and splits it. A title from the file name, where there is no other,
/// is only shown, never encoded, so that a rename encodes nothing. The source's settings name the
/// owner of what names nobody.
PreparedDocument prepare_document(const DocumentRecord& record,
                                  const config::SourceSettings& source,
                                  const index::TokenCounter& tokens,
                                  const config::PassageSettings& passages);

}  // namespace freshet::pipeline
