#pragma once

#include <string>

#include "pipeline/extract/extracted.h"

namespace freshet::pipeline {

/// The ISO 639-1 code of the language most of the prose is in (code blocks are not asked); empty
/// when there is too little of it or the detector itself calls its answer unreliable.
std::string detect_language(const ExtractedDocument& document);

}  // namespace freshet::pipeline
