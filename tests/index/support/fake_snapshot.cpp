#include "tests/index/support/fake_snapshot.h"

#include <utility>

namespace freshet::testing {

FakeSnapshot::FakeSnapshot(std::uint64_t ledger_sequence) {
  summary_.number = 7;
  summary_.published_at = "2026-11-19T23:58:00Z";
  summary_.ledger_sequence = ledger_sequence;
}

void FakeSnapshot::add(index::DocumentFields fields, const std::vector<std::string>& texts) {
  const auto first = next_passage();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    index::Passage passage;
    passage.ordinal = i;
    passage.text = texts[i];
    passage.range = {i * 100, i * 100 + texts[i].size(), i + 1, i + 1};
    live_.add(next_passage());
    passages_.emplace(next_passage(), index::StoredPassage{fields, std::move(passage)});
  }
  auto id = fields.id;
  documents_[std::move(id)] = {std::move(fields), first, texts.size()};
  summary_.documents = documents_.size();
  summary_.live_passages = passages_.size();
}

void FakeSnapshot::forbid(const std::string& document_id) {
  for (const auto& [number, stored] : passages_) {
    if (stored.document.id == document_id) live_.remove(number);
  }
}

Result<index::PassageSet> FakeSnapshot::allowed(
    std::span<const std::string> /*principals*/,
    const std::optional<index::Filter>& /*filter*/) const {
  return live_;
}

Result<index::StoredPassage> FakeSnapshot::passage(index::PassageNumber number) const {
  const auto found = passages_.find(number);
  if (found == passages_.end()) return Error{ErrorKind::NotFound, "no such passage"};
  return found->second;
}

Result<std::optional<index::StoredDocument>> FakeSnapshot::document(std::string_view id) const {
  const auto found = documents_.find(id);
  if (found == documents_.end()) return std::optional<index::StoredDocument>();
  return std::optional(found->second);
}

Result<Done> FakeSnapshot::for_each_document(
    const std::function<Result<Done>(const index::StoredDocument&)>& visit) const {
  for (const auto& [id, document] : documents_) FRESHET_CHECK(visit(document));
  return Done{};
}

}  // namespace freshet::testing
