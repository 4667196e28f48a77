#include "pipeline/freshness/source_view.h"

#include <algorithm>
#include <set>
#include <utility>

#include "pipeline/freshness/paths.h"

namespace freshet::pipeline {
namespace {

/// Tombstones of documents that we dropped although the source may well still have them.
bool may_still_exist(const Tombstone& tombstone) {
  return tombstone.evidence == sources::kNoLongerSelected ||
         tombstone.evidence.find("taken down") != std::string::npos;
}

/// The ledger's own words for a document that it saw move.
std::optional<std::string> new_path(const Tombstone& tombstone) {
  constexpr std::string_view moved = "moved to ";
  if (!tombstone.evidence.starts_with(moved)) return std::nullopt;
  return tombstone.evidence.substr(moved.size());
}

/// What stands before the path in an address, or nothing where the path is not its end.
std::string address_prefix(std::string_view url, std::string_view path) {
  for (const auto tail : {path, without_page_ending(path)}) {
    for (const std::string_view slash : {"", "/"}) {
      const auto end = std::string(tail) + std::string(slash);
      if (url.ends_with("/" + end)) return std::string(url.substr(0, url.size() - end.size()));
    }
  }
  return "";
}

std::string when_and_why(const Gone& gone) {
  std::string text;
  if (!gone.commit.empty()) text += " in " + gone.commit.substr(0, 8);
  if (gone.at) text += " on " + date_of(*gone.at);
  if (gone.commit.empty() && !gone.evidence.empty()) text += " (" + gone.evidence + ")";
  return text;
}

}  // namespace

std::string date_of(Instant instant) {
  return to_rfc3339(instant).substr(0, 10);
}

Result<SourceView> SourceView::load(const Ledger& ledger, const std::string& source) {
  SourceView view;
  view.name_ = source;
  FRESHET_CHECK(view.read_documents(ledger));
  FRESHET_CHECK(view.read_departures(ledger));
  FRESHET_CHECK(view.read_tombstones(ledger));
  view.index_addresses();
  return view;
}

Result<Done> SourceView::read_documents(const Ledger& ledger) {
  FRESHET_CHECK(ledger.for_each_document(name_, Ledger::Bodies::No,
                                         [&](const DocumentRecord& record) -> Result<Done> {
                                           add_live(record);
                                           return Done{};
                                         }));
  const auto most =
      std::max_element(address_votes_.begin(), address_votes_.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most != address_votes_.end() && most->second * 10 >= documents_.size() * 9) {
    site_address_ = most->first;
  }
  return Done{};
}

void SourceView::add_live(const DocumentRecord& record) {
  const auto& document = record.document;
  documents_.push_back({record.id, document.path, record.shown.owner, record.content_hash,
                        record.sequence, record.changed_at});
  live_.insert(document.path);
  auto directory = directory_of(document.path);
  while (directories_.insert(std::string(directory)).second && !directory.empty()) {
    directory = directory_of(directory);
  }
  const auto prefix = address_prefix(document.url, document.path);
  if (!prefix.empty()) ++address_votes_[prefix];
}

Result<Done> SourceView::read_departures(const Ledger& ledger) {
  FRESHET_TRY(const auto departures, ledger.departures(name_));
  for (const auto& departure : departures) {
    add_gone(departure.path, {departure.moved_to, departure.revision, departure.happened_at, ""});
  }
  return Done{};
}

Result<Done> SourceView::read_tombstones(const Ledger& ledger) {
  FRESHET_TRY(const auto tombstones, ledger.tombstones(name_));
  for (const auto& tombstone : tombstones) {
    if (may_still_exist(tombstone)) continue;
    const auto at = tombstone.happened_at ? tombstone.happened_at : tombstone.noticed_at;
    auto moved_to = new_path(tombstone);
    const auto why = moved_to ? "" : tombstone.evidence;
    add_gone(tombstone.path, {std::move(moved_to), "", at, why});
  }
  return Done{};
}

void SourceView::add_gone(const std::string& path, Gone gone) {
  if (!is_live(path)) gone_.emplace(path, std::move(gone));
}

void SourceView::index_addresses() {
  const auto add = [&](const std::string& path) {
    if (has_page_ending(path)) by_address_[std::string(without_page_ending(path))].push_back(path);
  };
  const auto add_index = [&](const std::string& path) {
    if (is_index_page(path)) by_address_[std::string(directory_of(path))].push_back(path);
  };
  const std::set<std::string> live(live_.begin(), live_.end());
  for (const auto& path : live) add(path);
  for (const auto& [path, gone] : gone_) add(path);
  for (const auto& path : live) add_index(path);
  for (const auto& [path, gone] : gone_) add_index(path);
}

const LiveDocument* SourceView::document(std::string_view id) const {
  const auto found = std::lower_bound(
      documents_.begin(), documents_.end(), id,
      [](const LiveDocument& document, std::string_view wanted) { return document.id < wanted; });
  return found == documents_.end() || found->id != id ? nullptr : &*found;
}

const std::vector<std::string>& SourceView::at_address(const std::string& address) const {
  static const std::vector<std::string> none;
  const auto found = by_address_.find(address);
  return found == by_address_.end() ? none : found->second;
}

Fate SourceView::fate_of(const std::string& path) const {
  Fate fate{path, false, "", "", std::nullopt};
  std::set<std::string> seen;
  auto found = gone_.find(path);
  if (found != gone_.end()) fate.since = found->second.at;
  while (found != gone_.end() && seen.insert(fate.path).second) {
    const Gone& gone = found->second;
    fate.commit = gone.commit;
    fate.fact += (fate.fact.empty() ? fate.path + " was " : ", then ") +
                 (gone.moved_to ? "moved to " + *gone.moved_to : "deleted") + when_and_why(gone);
    if (!gone.moved_to) return fate;
    fate.path = *gone.moved_to;
    found = gone_.find(fate.path);
  }
  fate.exists = found == gone_.end();
  return fate;
}

}  // namespace freshet::pipeline
