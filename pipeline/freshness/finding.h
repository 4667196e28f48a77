#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"

namespace freshet::pipeline {

/// How sure a finding is. Only proofs may fail a build.
enum class FindingClass {
  Proof,   ///< A checkable fact contradicts the page. "P"
  Strong,  ///< A strong hint; a person decides. "S"
};

/// One proven or suspected staleness, with evidence.
struct Finding {
  std::string rule;  ///< "source-gone", "index-behind", "broken-link", "moved-link".
  FindingClass confidence = FindingClass::Proof;
  std::string source;
  std::string document_id;
  std::string path;
  std::size_t line = 0;  ///< 1-based in the file as it stands; 0 where a line makes no sense.
  std::string quote;     ///< The line's text, cut at 200 bytes.
  std::string fact;      ///< "docs/setup.md was deleted in 1a2b3c4d on 2026-03-04".
  std::string target;    ///< The resolved path the rule is about.
  std::string commit;    ///< Of the contradicting fact; empty where there is none.
  std::optional<Instant> since;  ///< When it became true.
  std::string owner;
  std::string
      action;  ///< "link to docs/install.md instead", "remove the link or restore the page".
  std::string
      fingerprint;  ///< Stable over unrelated line shifts: hash of rule, document, target, quote.
};

}  // namespace freshet::pipeline
