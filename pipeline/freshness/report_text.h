#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/freshness/detect.h"

namespace freshet::pipeline {

/// What the report formats share. Paths, quotes and owners come from outside: no format may print
/// them without passing them through one of these or through its own escaping.

/// One line of valid UTF-8: control characters (line breaks, terminal escapes) become spaces, and
/// characters that turn the reading direction become U+FFFD.
std::string one_line(std::string_view text);

/// "guide/setup.md:12", or the path alone where a line makes no sense.
std::string place_of(const Finding& finding);

/// "proof" or "strong hint", for people.
std::string_view name_of(FindingClass confidence);
/// "proof" or "strong", for programs.
std::string_view word_for(FindingClass confidence);

/// "since 2026-03-04", or nothing.
std::string since_text(const Finding& finding);

/// "12 findings (10 proofs, 2 strong hints) in 120 documents and 900 links."
std::string summary_of(const StaleReport& report);

/// Lines of at most `width` characters, broken at spaces, and within longer words.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

// The formats, one file each.
std::string write_table(const StaleReport& report, Instant now);
std::string write_json(const StaleReport& report, Instant now);
std::string write_csv(const StaleReport& report, Instant now);
std::string write_markdown(const StaleReport& report, Instant now);
std::string write_html(const StaleReport& report, Instant now);

}  // namespace freshet::pipeline
