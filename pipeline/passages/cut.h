#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "index/encoding/encoder.h"

namespace freshet::pipeline {

/// What a text costs of a passage's budget: its tokens, or a fortieth of its bytes where that is
/// more, so that a megabyte which the encoder's vocabulary sums up in one unknown token does not
/// become one passage.
std::size_t cost_of(std::string_view text, const index::TokenCounter& tokens);

enum class CutAt { Sentences, Lines };

/// Cuts a text that is too large into pieces of at most `budget`: between sentences (or lines),
/// where that does not do between words, else between characters. The pieces are in order and lose
/// nothing but white space between them. Each stretch of text is counted a bounded number of times.
std::vector<std::string_view> cut(std::string_view text, CutAt at, std::size_t budget,
                                  const index::TokenCounter& tokens);

}  // namespace freshet::pipeline
