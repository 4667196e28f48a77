#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "sources/connector.h"

namespace freshet::sources::git {

/// A document that the ledger does not hold under its present id.
struct NewDocument {
  std::string external_id;
  std::string blob;  ///< 40 hexadecimal digits.
};

/// The part of a version that names the content.
std::string blob_of_version(std::string_view version);

/// A path that left the tree and the one that continues it.
struct Rename {
  std::string from;
  std::string to;
};

/// How far back a chain of renames is followed.
enum class Reach {
  WholeChain,  ///< The departures begin where the last pass ended: its name was the first one.
  OneRename,   ///< They may be older than the last pass: the latest name is the likeliest.
};

/// The renames that departures (newest first) tell of `added`: small steps through several commits
/// that add up to more than similarity between the ends can see.
std::vector<Rename> renames_of(const std::vector<NewDocument>& added,
                               const std::vector<Departure>& departures, Reach reach);

/// Which new documents are old ones under another name: new id -> old id. A document that left the
/// tree (`gone`) and a new one belong together when their contents are equal (a file of the same
/// name wins where several are), else when `renames`, best evidence first, says so. No id is used
/// twice.
///
/// An old id from `renames` need not be in the ledger. That is on purpose: a document that was
/// taken down is not, and stays away under its new name only if its old one is told.
std::unordered_map<std::string, std::string> pair_moves(const std::vector<KnownDocument>& gone,
                                                        const std::vector<NewDocument>& added,
                                                        const std::vector<Rename>& renames);

}  // namespace freshet::sources::git
