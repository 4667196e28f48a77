#include "pipeline/freshness/dead_link.h"
#include "pipeline/freshness/detectors.h"

namespace freshet::pipeline {
namespace {

std::string action_for(std::string_view kind) {
  if (kind == "image") return "remove the image or restore the file";
  if (kind == "include") return "remove the include or restore the file";
  return "remove the link or restore the page";
}

}  // namespace

Result<std::vector<Finding>> find_broken_links(const Ledger& /*ledger*/,
                                               const Inspection& inspection) {
  std::vector<Finding> findings;
  for (const auto& dead_link : inspection.dead_links) {
    if (dead_link.fate.exists) continue;
    findings.push_back(
        dead_link_finding("broken-link", inspection, dead_link, action_for(dead_link.link.kind)));
  }
  return findings;
}

}  // namespace freshet::pipeline
