#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "pipeline/freshness/detect.h"

namespace freshet::pipeline {

/// One way to write a stale report: "table", "json", "csv", "markdown", "html".
struct ReportFormat {
  std::string_view name;
  std::string_view summary;
  std::string (*write)(const StaleReport& report, Instant now);
};

std::span<const ReportFormat> report_formats();

/// Invalid, naming the formats there are, for an unknown name.
Result<ReportFormat> report_format(std::string_view name);

}  // namespace freshet::pipeline
