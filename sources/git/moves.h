#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "sources/connector.h"
#include "sources/git/changes.h"

namespace freshet::sources::git {

/// A document that the ledger does not hold under its present id.
struct NewDocument {
  std::string external_id;
  std::string blob;  ///< 40 hexadecimal digits.
};

/// The part of a version that names the content.
std::string blob_of_version(std::string_view version);

/// Which new documents are old ones under another name: new id -> old id. A document that left the
/// tree
/// (`gone`) and a new one belong together when their contents are equal (a file of the same name
/// wins where several are), else when git's similarity says so (`renames`). No id is used twice.
std::unordered_map<std::string, std::string> pair_moves(const std::vector<KnownDocument>& gone,
                                                        const std::vector<NewDocument>& added,
                                                        const std::vector<PathChange>& renames);

}  // namespace freshet::sources::git
