#include "tests/pipeline/freshness/workbench.h"

#include <stdexcept>
#include <utility>

namespace freshet::testing {
namespace {

template <typename T>
T value_of(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return *std::move(result);
}

sources::Change change_of(const std::string& path, const std::string& body,
                          const std::string& url) {
  sources::Change change;
  change.external_id = path;
  auto& document = change.document;
  document.external_id = path;
  document.path = path;
  document.version = body;
  document.body = body;
  document.url = url;
  document.allow = {"public"};
  document.provenance.owner = "Raw Person";  // What is shown is what a publish made of it.
  return change;
}

}  // namespace

Workbench::Workbench()
    : ledger_(value_of(pipeline::open_sqlite_ledger(directory_ / "data", clock_,
                                                    pipeline::LedgerAccess::ReadWrite))) {}

void Workbench::store(sources::Batch batch) {
  batch.next_cursor = "cursor " + std::to_string(++cursor_);
  value_of(ledger_->store("docs", batch));
}

void Workbench::page(const std::string& path, const std::string& body, const std::string& url) {
  sources::Batch batch;
  batch.changes.push_back(change_of(path, body, url));
  store(std::move(batch));
}

void Workbench::move(const std::string& from, const std::string& to) {
  sources::Batch batch;
  batch.changes.push_back(change_of(to, "text", ""));
  batch.changes.back().moved_from = from;
  store(std::move(batch));
}

void Workbench::remove(const std::string& path, const std::string& evidence) {
  sources::Batch batch;
  batch.changes.emplace_back();
  batch.changes.back().kind = sources::ChangeKind::Delete;
  batch.changes.back().external_id = path;
  batch.changes.back().evidence = evidence;
  store(std::move(batch));
}

void Workbench::departed(const std::string& path, const std::string& commit,
                         const std::string& moved_to) {
  sources::Batch batch;
  sources::Departure departure;
  departure.path = path;
  if (!moved_to.empty()) departure.moved_to = moved_to;
  departure.revision = commit;
  departure.happened_at = std::chrono::sys_days{std::chrono::year{2026} / 3 / 4};
  batch.departures.push_back(std::move(departure));
  store(std::move(batch));
}

void Workbench::link(const std::string& page, const std::string& target, std::size_t line,
                     const std::string& kind) {
  const std::string id = "docs:" + page;
  auto& derived = derived_[id];
  derived.document_id = id;
  derived.owner = "Docs team";
  derived.links.push_back({id, page, target, "text", "see [text](" + target + ")", line, kind});
}

void Workbench::write_links() {
  std::vector<pipeline::DerivedDocument> documents;
  for (const auto& [id, document] : derived_) documents.push_back(document);
  value_of(ledger_->store_derived(documents));
}

pipeline::SourceView Workbench::view() {
  return value_of(pipeline::SourceView::load(*ledger_, "docs"));
}

pipeline::StaleReport Workbench::report(const index::Snapshot* snapshot) {
  write_links();
  return value_of(pipeline::detect_stale(*ledger_, snapshot, {}));
}

std::vector<std::string> Workbench::found(const index::Snapshot* snapshot) {
  std::vector<std::string> lines;
  for (const auto& finding : report(snapshot).findings) {
    lines.push_back(finding.path + ":" + std::to_string(finding.line) + " " + finding.rule + " " +
                    finding.target);
  }
  return lines;
}

void serve(FakeSnapshot& snapshot, const std::string& path, const std::string& content_hash,
           const std::string& owner) {
  index::DocumentFields fields;
  fields.id = "docs:" + path;
  fields.source = "docs";
  fields.path = path;
  fields.content_hash = content_hash;
  fields.owner = owner;
  snapshot.add(std::move(fields));
}

}  // namespace freshet::testing
