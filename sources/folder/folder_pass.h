#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "sources/connector.h"
#include "sources/document_form.h"
#include "sources/folder/directory_listing.h"
#include "sources/folder/folder_cursor.h"
#include "sources/pass.h"

namespace freshet::sources::folder {

/// Where a folder source's files are and what they become.
struct FolderSource {
  std::filesystem::path root;
  Symlinks symlinks;
  DocumentForm form;
};

/// Everything a pass does, settled before the first document is read for good.
struct FolderPlan {
  std::vector<PlannedRead> reads;
  std::vector<Change> deletes;
  std::vector<std::string> problems;
  SkippedCounts skipped;
  std::vector<std::int64_t> times;  ///< Of every file listed: the later of its two.
};

/// Lists the folder and compares it with the ledger, hashing files whose stamps do not prove them
/// unchanged. A file that moved is known by equal content, where exactly one file went and one came
/// with it.
Result<FolderPlan> plan_pass(const FolderSource& source, const FolderCursor& cursor,
                             const FetchRequest& request);

/// Reads one file into a document.
Reading read_document(const FolderSource& source, const PlannedRead& planned);

}  // namespace freshet::sources::folder
