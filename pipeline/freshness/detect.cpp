#include "pipeline/freshness/detect.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <tuple>
#include <utility>

#include "pipeline/freshness/detectors.h"

namespace freshet::pipeline {
namespace {

using Detector = Result<std::vector<Finding>> (*)(const Ledger&, const Inspection&);

constexpr std::array<Detector, 4> kDetectors{find_source_gone, find_index_behind, find_broken_links,
                                             find_moved_links};

/// More unknown links than this share (1 in ...) say that we do not understand the site's
/// addresses.
constexpr std::size_t kUnknownOneIn = 33;

void note_unknown_links(const Inspection& inspection, StaleReport& report) {
  const auto unknown = inspection.links_unknown;
  if (unknown * kUnknownOneIn <= inspection.links_checked) return;
  report.notes.push_back(
      inspection.view.name() + ": " + std::to_string(unknown) + " of " +
      std::to_string(inspection.links_checked) +
      " links within the source mean no page that we know of, now or before. They are not "
      "reported; the way links are resolved may not fit this site");
}

void note_missing_texts(const Inspection& inspection, StaleReport& report) {
  if (!inspection.published) return;
  const auto& documents = inspection.view.documents();
  const auto missing =
      std::count_if(documents.begin(), documents.end(), [&](const LiveDocument& document) {
        return document.sequence <= inspection.covered_sequence &&
               inspection.served.count(document.id) == 0;
      });
  if (missing == 0) return;
  report.notes.push_back(inspection.view.name() + ": " + std::to_string(missing) +
                         " documents were published without text (empty or unreadable); links from "
                         "them are not checked");
}

Result<Done> detect_in(const Ledger& ledger, const index::Snapshot* snapshot,
                       const std::string& source, StaleReport& report) {
  FRESHET_TRY(const auto inspection, inspect(ledger, snapshot, source));
  for (const auto detector : kDetectors) {
    FRESHET_TRY(auto found, detector(ledger, inspection));
    std::move(found.begin(), found.end(), std::back_inserter(report.findings));
  }
  report.documents_checked += inspection.view.documents().size();
  report.links_checked += inspection.links_checked;
  note_unknown_links(inspection, report);
  note_missing_texts(inspection, report);
  return Done{};
}

Result<std::vector<std::string>> chosen_sources(const Ledger& ledger,
                                                std::vector<std::string> wanted) {
  FRESHET_TRY(auto known, ledger.sources());
  std::sort(known.begin(), known.end());
  if (wanted.empty()) return known;
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  for (const auto& source : wanted) {
    if (std::binary_search(known.begin(), known.end(), source)) continue;
    return Error{ErrorKind::NotFound, "cannot look for stale knowledge in source " + source +
                                          ": nothing was synced from it yet; run `freshet sync " +
                                          source + "`"};
  }
  return wanted;
}

auto place(const Finding& finding) {
  return std::tie(finding.source, finding.path, finding.line, finding.rule, finding.fingerprint);
}

}  // namespace

Result<StaleReport> detect_stale(const Ledger& ledger, const index::Snapshot* snapshot,
                                 const std::vector<std::string>& sources) {
  StaleReport report;
  FRESHET_TRY(const auto chosen, chosen_sources(ledger, sources));
  if (snapshot == nullptr) {
    report.notes.emplace_back(
        "nothing is published yet: source-gone and index-behind were not checked");
  }
  for (const auto& source : chosen) {
    if (auto done = detect_in(ledger, snapshot, source, report); !done) {
      return while_doing("look for stale knowledge in source " + source, std::move(done).error());
    }
  }
  std::sort(report.findings.begin(), report.findings.end(),
            [](const Finding& a, const Finding& b) { return place(a) < place(b); });
  return report;
}

}  // namespace freshet::pipeline
