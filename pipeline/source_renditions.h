#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "config/settings.h"
#include "pipeline/ledger/ledger.h"
#include "pipeline/resolutions/rendition_connector.h"
#include "sources/connector.h"

namespace freshet::pipeline {

/// The live documents of a source, one at a time. The ledger must outlive it.
StoredDocuments stored_documents(std::string source, const Ledger& ledger);

/// The source's connector with its threads made into renditions, by the source's settings. Sources
/// of files have no threads and are given back as they are. Ledger and clock must outlive it.
Result<std::unique_ptr<sources::Connector>> with_renditions(
    std::unique_ptr<sources::Connector> connector, const config::SourceSettings& source,
    const Ledger& ledger, const Clock& clock);

/// The ids of the live siblings of a document: what a takedown of a thread takes down with it.
Result<std::vector<std::string>> siblings_of(const Ledger& ledger, std::string_view id);

}  // namespace freshet::pipeline
