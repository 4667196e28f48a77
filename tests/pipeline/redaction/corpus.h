#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/redaction/personal.h"

namespace freshet::testing {

/// A sentence as support people and customers write it, with what is personal in it.
struct Sentence {
  std::string text;
  std::vector<pipeline::PersonalSpan> personal;  ///< Ascending.
};

/// `count` sentences by the seed: about half hold one to three items in the spellings that people
/// use, the others hold numbers and words that only look like some (versions, order numbers, error
/// codes, dates, hashes, paths). The same seed gives the same sentences on every machine.
std::vector<Sentence> personal_corpus(std::uint64_t seed, std::size_t count);

}  // namespace freshet::testing
