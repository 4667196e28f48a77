#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "sources/connector.h"
#include "sources/document_form.h"
#include "sources/git/git_cursor.h"
#include "sources/git/history.h"
#include "sources/git/origin.h"
#include "sources/pass.h"

namespace freshet::sources::git {

/// What a pass will say once every document is read.
struct PassClosing {
  std::vector<Change> deletes;
  std::vector<Departure> departures;
  std::vector<std::string> returned;
  std::vector<std::string> problems;
  SkippedCounts skipped;
};

/// What is needed to make a document of a file.
struct FileFacts {
  git_oid blob;
  std::string owner;
  std::string version;
};

/// Everything a pass over one commit's tree does, settled before the first document is read.
struct GitPlan {
  std::vector<PlannedRead> reads;
  std::unordered_map<std::string, FileFacts> files;  ///< Of what is read, by path.
  std::unordered_map<std::string, Provenance> provenance;
  PassClosing closing;
};

/// One pass over the tree of one commit.
class PassOverTree {
 public:
  /// Compares the tree with the ledger. `cursor.pass` says which tree and where to go on.
  static Result<PassOverTree> plan(Origin origin, const DocumentForm& form, GitCursor cursor,
                                   const FetchRequest& request);

  /// The next batch; the last one has the deletes, departures and returned paths.
  Result<Batch> next(const FetchRequest& request);

 private:
  PassOverTree(Origin origin, const DocumentForm& form, GitCursor cursor, GitPlan plan)
      : origin_(std::move(origin)),
        form_(&form),
        cursor_(std::move(cursor)),
        plan_(std::move(plan)) {}

  [[nodiscard]] Reading read(const PlannedRead& planned) const;
  [[nodiscard]] Document document_of(const PlannedRead& planned, std::string body) const;
  void close(Batch& batch);

  Origin origin_;
  const DocumentForm* form_;
  GitCursor cursor_;
  GitPlan plan_;
};

}  // namespace freshet::sources::git
