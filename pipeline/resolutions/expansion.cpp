#include "pipeline/resolutions/expansion.h"

#include <utility>

#include "pipeline/resolutions/renditions.h"

namespace freshet::pipeline {

using sources::Change;
using sources::ChangeKind;

namespace {

Change unreadable(const Change& change, const Error& error) {
  Change unknown;
  unknown.kind = ChangeKind::Unknown;
  unknown.external_id = change.external_id;
  unknown.evidence = error.message;
  return unknown;
}

std::string joined(std::string_view id, std::string_view suffix) {
  return std::string(id) + std::string(suffix);
}

}  // namespace

Result<Done> Expansion::add(Change change) {
  const bool is_thread =
      change.kind == ChangeKind::Upsert && change.document.media_type == sources::kThreadMediaType;
  if (is_thread) {
    const auto thread = sources::parse_thread(change.document.body);
    if (thread) return add_thread(std::move(change), *thread);
    changes_.push_back(unreadable(change, thread.error()));
    return Done{};
  }
  const bool gone = change.kind == ChangeKind::Delete;
  const std::string id = change.external_id;
  const std::string evidence = change.evidence;
  changes_.push_back(std::move(change));
  if (!gone) return Done{};
  Change own;
  own.external_id = id;
  return withdraw_all(own, evidence);
}

bool Expansion::is_taken_down(const Change& own) const {
  return policy_.taken_down.contains(own.external_id) ||
         (own.moved_from && policy_.taken_down.contains(*own.moved_from));
}

Result<Done> Expansion::withdraw_all(const Change& own, std::string_view evidence) {
  const std::string id = own.moved_from.value_or(own.external_id);
  cursor_.due.erase(id);
  FRESHET_CHECK(withdraw(id, kInternalSuffix, evidence));
  return withdraw(id, kResolutionSuffix, evidence);
}

Result<Done> Expansion::add_stored(const sources::Document& document) {
  if (document.media_type != sources::kThreadMediaType) return Done{};
  const auto thread = sources::parse_thread(document.body);
  if (!thread) return Done{};
  Change own;
  own.external_id = document.external_id;
  own.document = document;
  own.document.allow = principals_of(thread->audience, policy_.source_principals);
  if (own.document.allow != document.allow) changes_.push_back(own);
  return add_resolution(own, *thread);
}

Result<Done> Expansion::add_thread(Change change, const sources::Thread& thread) {
  const sources::Thread view = participants_view(thread);
  change.document.body = write_thread(view);
  change.document.allow = principals_of(thread.audience, policy_.source_principals);
  changes_.push_back(change);
  if (change.moved_from) cursor_.due.erase(*change.moved_from);
  if (is_taken_down(change)) return withdraw_all(change, "its thread was taken down");
  if (const auto staff = internal_view(thread)) {
    FRESHET_CHECK(put_sibling(change, internal_document(change.document, *staff), kInternalSuffix));
  } else {
    FRESHET_CHECK(withdraw(change.moved_from.value_or(change.external_id), kInternalSuffix,
                           "its thread has no internal text any more"));
  }
  return add_resolution(change, view);
}

/// From the participants' view alone, so that it is the same when it is made later from the ledger.
Result<Done> Expansion::add_resolution(const Change& own, const sources::Thread& view) {
  cursor_.due.erase(own.external_id);
  const auto found = policy_.publish_to.empty() ? std::nullopt : resolution_of(view);
  const Instant settled = quiet_since(view) + policy_.settle;
  if (found && settled <= now_) {
    return put_sibling(own, resolution_document(own.document, view, *found, policy_.publish_to),
                       kResolutionSuffix);
  }
  if (found) cursor_.due[own.external_id] = settled;
  return withdraw(own.moved_from.value_or(own.external_id), kResolutionSuffix,
                  "its thread has no settled resolution");
}

Result<Done> Expansion::put_sibling(const Change& own, sources::Document document,
                                    std::string_view suffix) {
  Change change;
  change.sibling = true;
  change.external_id = document.external_id;
  change.document = std::move(document);
  if (own.moved_from) {
    const std::string former = joined(*own.moved_from, suffix);
    FRESHET_TRY(const bool moved, exists(former));
    if (moved) change.moved_from = former;
  }
  put_.insert(change.external_id);
  changes_.push_back(std::move(change));
  return Done{};
}

Result<Done> Expansion::withdraw(std::string_view id, std::string_view suffix,
                                 std::string_view evidence) {
  Change change;
  change.kind = ChangeKind::Delete;
  change.sibling = true;
  change.external_id = joined(id, suffix);
  change.evidence = evidence;
  FRESHET_TRY(const bool there, exists(change.external_id));
  if (there) changes_.push_back(std::move(change));
  return Done{};
}

/// Asks for what follows the id's predecessor: no two ids of text lie closer together.
Result<bool> Expansion::exists(const std::string& id) const {
  if (put_.contains(id)) return true;
  std::string before = id;
  --before.back();
  before += '\xff';
  FRESHET_TRY(const auto next, known_.after(before, 1));
  return !next.empty() && next.front().external_id == id && is_sibling(next.front());
}

}  // namespace freshet::pipeline
