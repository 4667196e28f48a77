#include "sources/pass.h"

#include <algorithm>
#include <utility>

namespace freshet::sources {
namespace {

Change unknown(const PlannedRead& planned, const DocumentForm& form, std::string evidence) {
  Change change;
  change.document = form.blank(planned.external_id, "");
  change.kind = ChangeKind::Unknown;
  change.external_id = planned.external_id;
  change.evidence = std::move(evidence);
  return change;
}

void add_unreadable(PassStep& step, const PlannedRead& planned, const DocumentForm& form,
                    std::string why) {
  step.position.unreadable = true;
  if (!planned.known) {
    step.position.withhold = true;
    step.batch.problems.push_back("cannot read new document " + planned.external_id + ": " + why);
  }
  step.batch.changes.push_back(unknown(planned, form, std::move(why)));
}

void add_document(PassStep& step, const PlannedRead& planned, Document document) {
  Change change;
  change.external_id = planned.external_id;
  change.moved_from = planned.moved_from;
  change.document = std::move(document);
  step.batch.changes.push_back(std::move(change));
}

void add(PassStep& step, const PlannedRead& planned, const DocumentForm& form, Reading reading) {
  if (!reading.unreadable.empty()) {
    add_unreadable(step, planned, form, std::move(reading.unreadable));
  } else if (!reading.skipped.empty()) {
    ++step.batch.skipped[reading.skipped];
    if (planned.known) {
      step.batch.changes.push_back(unknown(planned, form, "skipped: " + reading.skipped));
    }
  } else {
    add_document(step, planned, *std::move(reading.document));
  }
}

}  // namespace

PassStep read_documents(const std::vector<PlannedRead>& reads, PassPosition position,
                        const FetchRequest& request, const DocumentForm& form,
                        const ReadDocument& read) {
  PassStep step;
  auto next = std::upper_bound(reads.begin(), reads.end(), position.after,
                               [](const std::string& after, const PlannedRead& planned) {
                                 return after < planned.external_id;
                               });
  step.position = std::move(position);
  std::size_t bytes = 0;
  while (next != reads.end() && !request.interruption.due()) {
    const bool full =
        step.batch.changes.size() >= request.max_documents || bytes >= request.max_bytes;
    if (full && !step.batch.changes.empty()) break;
    Reading reading = read(*next);
    if (reading.document) bytes += reading.document->body.size();
    add(step, *next, form, std::move(reading));
    step.position.after = next->external_id;
    ++next;
  }
  step.finished = next == reads.end();
  return step;
}

}  // namespace freshet::sources
