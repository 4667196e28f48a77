#pragma once

#include <string>
#include <vector>

#include "sources/http_api/authoring/samples.h"

namespace freshet::sources::http_api {

/// One line per thing that is wrong: a sample that maps to something else than it says, a document
/// that becomes *more* visible when one field of its record is missing or null, a kind of sample
/// that is not there (an internal message, a deleted and a restricted record; three samples in
/// all). A message is known by its id and by its text; one that only shows up in the disturbed
/// record may be no wider than the widest of the undisturbed one.
std::vector<std::string> check_samples(const Manifest& manifest, const SampleFile& file);

/// How many may see it, roughly: 0 nobody, 1 staff, 2 some, 3 whoever is signed in, 4 everybody.
int visibility_of(const Document& document);

}  // namespace freshet::sources::http_api
