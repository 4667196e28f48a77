#include "pipeline/freshness/report.h"

#include <array>

#include "pipeline/freshness/report_text.h"

namespace freshet::pipeline {
namespace {

constexpr std::array<ReportFormat, 5> kFormats{{
    {"table", "For a terminal", write_table},
    {"json", "For programs: schema 1, fields are only ever added", write_json},
    {"csv", "For spreadsheets, one row per finding", write_csv},
    {"markdown", "For issues and pull requests", write_markdown},
    {"html", "One self-contained page, grouped by owner", write_html},
}};

}  // namespace

std::span<const ReportFormat> report_formats() {
  return kFormats;
}

Result<ReportFormat> report_format(std::string_view name) {
  std::string names;
  for (const auto& format : kFormats) {
    if (format.name == name) return format;
    names += (names.empty() ? "" : ", ") + std::string(format.name);
  }
  return Error{ErrorKind::Invalid, "\"" + one_line(name.substr(0, 60)) +
                                       "\" is no report format; the formats are " + names};
}

}  // namespace freshet::pipeline
