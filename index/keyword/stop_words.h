#pragma once

#include <string_view>

namespace freshet::index {

/// Lucene's 33 English stop words, for English and for text of unknown language; other languages
/// have none (a low inverse document frequency does the same work there).
bool is_stop_word(std::string_view folded_word, std::string_view language);

}  // namespace freshet::index
