#pragma once

#include <vector>

#include "config/settings.h"
#include "index/encoding/encoder.h"
#include "index/passage.h"
#include "pipeline/extract/extracted.h"

namespace freshet::pipeline {

/// Cuts a document into passages that follow its headings and fit the encoder's window with title
/// and headings included. Code blocks and table rows stay whole where they fit; a table cut in two
/// repeats its header row. Stable: an edit in one section changes only that section's passages
/// (never their neighbours'), because cutting restarts at every heading and depends on nothing
/// outside the section but title and headings. A document without text gives no passages; one with
/// only a title gives one.
std::vector<index::Passage> split(const ExtractedDocument& document,
                                  const index::TokenCounter& tokens,
                                  const config::PassageSettings& settings);

}  // namespace freshet::pipeline
