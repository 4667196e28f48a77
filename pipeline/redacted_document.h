#pragma once

#include <string>

#include "config/settings.h"
#include "pipeline/extract/extracted.h"
#include "pipeline/ledger/records.h"
#include "pipeline/redaction/redactor.h"

namespace freshet::pipeline {

/// A document as readers may see it: what every passage is made of.
struct RedactedDocument {
  ExtractedDocument text;
  std::string failure;  ///< "id: why" where the text could not be extracted: it has no blocks then.
};

/// By the source's settings; threads are masked unless they say otherwise.
Redactor redactor_for(const DocumentRecord& record, const config::SourceSettings& source);

/// Extracts, then takes personal data out: nothing is split, encoded, stored or shown before this.
/// Title: the text's own, else the source's. Front matter wins over the source in metadata and
/// owner.
RedactedDocument redacted_document(const DocumentRecord& record, std::string_view language,
                                   Redactor& redactor);

/// Of a document that has no title of its own: the file's name.
std::string title_from_path(const std::string& path, Redactor& redactor);

}  // namespace freshet::pipeline
