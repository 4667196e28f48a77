#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pipeline/resolutions/resolution.h"
#include "sources/connector.h"
#include "sources/thread.h"

namespace freshet::pipeline {

/// What a thread becomes is up to three documents, each holding only what its readers may see: a
/// text that is not for them is not in it (docs/decisions/0010).

inline constexpr std::string_view kInternalSuffix = "~internal";
inline constexpr std::string_view kResolutionSuffix = "~resolution";

/// What everybody in the thread's audience may see.
sources::Thread participants_view(const sources::Thread& thread);

/// What staff may see; none where that is no more than the participants see. Private texts, and
/// those for other groups than the thread's, are in neither view.
std::optional<sources::Thread> internal_view(const sources::Thread& thread);

/// Problem and solution, of kind "resolution"; the solution is marked. Without attachments.
sources::Thread resolution_view(const sources::Thread& thread, const Resolution& resolution);

/// The sibling documents of a thread's own document.
sources::Document internal_document(const sources::Document& thread_document,
                                    const sources::Thread& view);
sources::Document resolution_document(const sources::Document& thread_document,
                                      const sources::Thread& thread, const Resolution& resolution,
                                      std::vector<std::string> publish_to);

/// Whether a document of the ledger is one of those. Told by id and version together: a file may be
/// called "notes~internal".
bool is_sibling(const sources::KnownDocument& document);

/// The id of the thread's own document, for any of its renditions.
std::string_view thread_id_of(std::string_view external_id);

}  // namespace freshet::pipeline
