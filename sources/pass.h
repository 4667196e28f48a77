#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sources/connector.h"
#include "sources/document_form.h"

namespace freshet::sources {

/// One document that a pass will read.
struct PlannedRead {
  std::string external_id;
  bool known = false;                     ///< The ledger holds a document of this id.
  std::optional<std::string> moved_from;  ///< The ledger holds it under this id.
};

/// What came of reading one document: exactly one member is set.
struct Reading {
  std::optional<Document> document;
  std::string skipped;     ///< Passed over on purpose: the reason to count.
  std::string unreadable;  ///< It exists, but this went wrong.
};
using ReadDocument = std::function<Reading(const PlannedRead&)>;

/// How far a pass over a source has come: the part of a cursor that every file source shares.
struct PassPosition {
  std::string after;        ///< Last external id dealt with; empty at the start.
  bool unreadable = false;  ///< Some document could not be read: look again next time.
  bool withhold =
      false;  ///< A *new* document could not be read. It may be a moved one, so no deletes.
};

/// One batch of a pass and where that leaves us.
struct PassStep {
  Batch batch;
  PassPosition position;
  bool finished = false;  ///< Every planned read is done; deletes may follow in this batch.
};

/// Reads planned documents (sorted by id) after `position` until a limit of the request is reached,
/// the plan ends or interruption is due. Always deals with at least one document unless
/// interrupted. An unreadable document becomes ChangeKind::Unknown; so does one that is skipped but
/// known. Who may see it then, `form` says.
PassStep read_documents(const std::vector<PlannedRead>& reads, PassPosition position,
                        const FetchRequest& request, const DocumentForm& form,
                        const ReadDocument& read);

}  // namespace freshet::sources
