#pragma once

#include <string_view>

namespace freshet::index {

/// Lucene's 33 English stop words, for English and for text of unknown language; other languages
/// have none (a low inverse document frequency does the same work there).
bool is_stop_word(std::string_view folded_word, std::string_view language);

/// Words that make a question and not its subject (how, what, can, my, don't): counted in passages
/// like any word, dropped from queries. Pronouns, auxiliaries and question words of Snowball's
/// English list; its particles stay (log in and log out are not the same).
bool is_question_word(std::string_view folded_word, std::string_view language);

}  // namespace freshet::index
