#include "sources/git/git_pass.h"

#include <iterator>
#include <utility>

#include "sources/comparison.h"
#include "sources/git/blobs.h"
#include "sources/git/git_plan.h"

namespace freshet::sources::git {

Result<PassOverTree> PassOverTree::plan(Origin origin, const DocumentForm& form, GitCursor cursor,
                                        const FetchRequest& request) {
  FRESHET_TRY(auto plan, plan_pass(origin, form, cursor, request));
  return PassOverTree(std::move(origin), form, std::move(cursor), std::move(plan));
}

Result<Batch> PassOverTree::next(const FetchRequest& request) {
  auto step = read_documents(plan_.reads, cursor_.pass->position, request, *form_,
                             [this](const PlannedRead& planned) { return read(planned); });
  if (!step.finished && step.batch.changes.empty()) return interrupted();
  cursor_.pass->position = std::move(step.position);
  if (step.finished) {
    close(step.batch);
  } else {
    step.batch.more = true;
  }
  step.batch.next_cursor = format_git_cursor(cursor_);
  return std::move(step.batch);
}

Reading PassOverTree::read(const PlannedRead& planned) const {
  const auto& facts = plan_.files.at(planned.external_id);
  auto size = blob_size(*origin_.repository, facts.blob);
  if (!size) return {{}, {}, std::move(size).error().message};
  if (*size > form_->max_document_bytes()) return {{}, "too_large", {}};
  auto body = read_blob(*origin_.repository, facts.blob);
  if (!body) return {{}, {}, std::move(body).error().message};
  if (is_lfs_pointer(*body)) return {{}, "lfs_pointer", {}};
  return {document_of(planned, *std::move(body)), {}, {}};
}

Document PassOverTree::document_of(const PlannedRead& planned, std::string body) const {
  const auto& facts = plan_.files.at(planned.external_id);
  Document document = form_->blank(planned.external_id, facts.owner);
  document.version = facts.version;
  document.body = std::move(body);
  const auto found = plan_.provenance.find(planned.external_id);
  if (found != plan_.provenance.end()) {
    document.provenance = found->second;
    document.provenance.owner = facts.owner;
  }
  return document;
}

void PassOverTree::close(Batch& batch) {
  const auto& position = cursor_.pass->position;
  auto& closing = plan_.closing;
  batch.complete = closing.problems.empty() && !position.withhold;
  std::move(closing.problems.begin(), closing.problems.end(), std::back_inserter(batch.problems));
  for (const auto& [reason, count] : closing.skipped) batch.skipped[reason] += count;
  if (batch.complete) {
    std::move(closing.deletes.begin(), closing.deletes.end(), std::back_inserter(batch.changes));
  }
  batch.departures = std::move(closing.departures);
  batch.returned = std::move(closing.returned);
  cursor_.synced = cursor_.pass->target;
  cursor_.unsettled = !batch.complete || position.unreadable;
  cursor_.pass.reset();
}

}  // namespace freshet::sources::git
