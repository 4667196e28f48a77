#include "pipeline/freshness/dead_link.h"
#include "pipeline/freshness/detectors.h"
#include "pipeline/freshness/paths.h"

namespace freshet::pipeline {
namespace {

/// The new place as this page may write it.
std::string replacement(const DeadLink& dead_link) {
  const auto& link = dead_link.link;
  const auto& path = dead_link.fate.path;
  const auto written =
      link.target.starts_with('/') ? "/" + path : relative_path(directory_of(link.path), path);
  return link.target.find('#') == std::string::npos
             ? written
             : written + link.target.substr(link.target.find('#'));
}

}  // namespace

Result<std::vector<Finding>> find_moved_links(const Ledger& /*ledger*/,
                                              const Inspection& inspection) {
  std::vector<Finding> findings;
  for (const auto& dead_link : inspection.dead_links) {
    if (!dead_link.fate.exists) continue;
    findings.push_back(dead_link_finding("moved-link", inspection, dead_link,
                                         "link to " + replacement(dead_link) + " instead"));
  }
  return findings;
}

}  // namespace freshet::pipeline
