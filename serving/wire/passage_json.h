#pragma once

#include "base/json.h"
#include "index/passage.h"

namespace freshet::serving {

/// The members a hit and a document response share: document_id, title, url, source, path, locale,
/// updated_at, owner, metadata. Permissions stay inside.
Json document_json(const index::DocumentFields& fields);

/// content, heading_path, anchor and range of one passage.
Json passage_json(const index::Passage& passage);

}  // namespace freshet::serving
