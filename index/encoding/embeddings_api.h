#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "index/encoding/encoder.h"

namespace freshet::index {

/// The body of a request to an OpenAI-compatible /v1/embeddings endpoint. Malformed UTF-8 becomes
/// U+FFFD.
std::string embeddings_request(const std::string& model, const std::vector<std::string>& inputs);

/// What an answer must contain.
struct ExpectedVectors {
  std::size_t count = 0;
  std::size_t dimension = 0;
};

/// The vectors of an answer's body, in the order of the inputs (member "index"), scaled to unit
/// length. Invalid, saying what to change where that is known, for anything that is not exactly
/// that.
Result<std::vector<Embedding>> parse_embeddings(std::string_view body,
                                                const ExpectedVectors& expected);

/// The message of an error answer's body, one line of at most 200 bytes; empty when it has none.
std::string error_message_of(std::string_view body);

}  // namespace freshet::index
