#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include <xapian.h>

#include "base/files.h"
#include "base/utf8.h"
#include "index/keyword/files.h"
#include "index/keyword/keyword_index.h"
#include "index/keyword/stop_words.h"
#include "index/keyword/terms.h"
#include "index/keyword/xapian_errors.h"

namespace freshet::index {
namespace {

constexpr std::size_t kPassagesPerCommit =
    2000;  // Larger is slower (docs/ranking.md has the figures).
constexpr std::size_t kMaxFieldBytes = std::size_t{1} << 20;
constexpr std::size_t kMaxLanguages = 64;
constexpr Xapian::termcount kTitleWeight = 2;
constexpr Xapian::termcount kHeadingWeight = 2;
constexpr Xapian::termcount kTextWeight = 1;

std::string base_language(std::string_view language) {
  return std::string(language.substr(0, language.find_first_of("-_")));
}

}  // namespace

struct KeywordSegmentBuilder::Backend {
  std::filesystem::path directory;
  Xapian::WritableDatabase database;
  std::map<std::string, TermNames> languages;
  std::size_t uncommitted = 0;

  const TermNames& names(const std::string& language) {
    const auto known = languages.find(language);
    if (known != languages.end()) return known->second;
    const bool room = languages.size() < kMaxLanguages;
    return languages.try_emplace(room ? language : "", room ? language : "").first->second;
  }

  static Xapian::termcount counted(const Token& token, std::string_view language,
                                   Xapian::termcount weight) {
    // Found, but neither weighed by frequency nor part of the passage's length.
    const bool presence_only =
        token.kind == TokenKind::Identifier || token.kind == TokenKind::Part ||
        token.kind == TokenKind::Character ||
        (token.kind == TokenKind::Word && is_stop_word(token.text, language));
    return presence_only ? 0 : weight;
  }

  void count(std::map<std::string, Xapian::termcount>& terms, std::string_view text,
             const std::string& language, Xapian::termcount weight) {
    const TermNames& names_of_language = names(language);
    for (const Token& token : tokenize(truncate_utf8(text, kMaxFieldBytes))) {
      terms[names_of_language.term(token)] += counted(token, language, weight);
    }
  }

  Done add(PassageNumber number, const DocumentFields& fields, const Passage& passage) {
    const std::string language = base_language(fields.language);
    std::map<std::string, Xapian::termcount> terms;
    count(terms, fields.title, language, kTitleWeight);
    for (const std::string& heading : passage.heading_path) {
      count(terms, heading, language, kHeadingWeight);
    }
    count(terms, passage.text, language, kTextWeight);

    Xapian::Document document;
    for (const auto& [term, frequency] : terms) document.add_term(term, frequency);
    database.replace_document(number, document);
    if (++uncommitted == kPassagesPerCommit) {
      database.commit();
      uncommitted = 0;
    }
    return {};
  }

  [[nodiscard]] std::string language_list() const {
    std::string list;
    for (const auto& [language, names_of_language] : languages) list += language + "\n";
    return list;
  }

  /// Numbers must survive: without NO_RENUMBER compaction moves the first docid to 1.
  Done write() {
    database.set_metadata(std::string(kLanguagesKey), language_list());
    database.commit();
    database.compact((directory / kKeywordFile).string(),
                     Xapian::DBCOMPACT_SINGLE_FILE | Xapian::DBCOMPACT_NO_RENUMBER);
    database.close();
    return {};
  }
};

KeywordSegmentBuilder::KeywordSegmentBuilder(std::unique_ptr<Backend> backend)
    : backend_(std::move(backend)) {}
KeywordSegmentBuilder::KeywordSegmentBuilder(KeywordSegmentBuilder&&) noexcept = default;
KeywordSegmentBuilder& KeywordSegmentBuilder::operator=(KeywordSegmentBuilder&&) noexcept = default;
KeywordSegmentBuilder::~KeywordSegmentBuilder() = default;

Result<KeywordSegmentBuilder> KeywordSegmentBuilder::create(
    const std::filesystem::path& segment_directory) {
  const std::string path = (segment_directory / kUnfinishedDirectory).string();
  return guarded("create the keyword index " + path, [&] {
    const int flags = Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_BACKEND_GLASS |
                      Xapian::DB_NO_SYNC | Xapian::DB_NO_TERMLIST;
    return KeywordSegmentBuilder(std::make_unique<Backend>(
        Backend{segment_directory, Xapian::WritableDatabase(path, flags), {}, 0}));
  });
}

Result<Done> KeywordSegmentBuilder::add(PassageNumber number, const DocumentFields& document,
                                        const Passage& passage) {
  return guarded("add " + document.id + " to the keyword index",
                 [&] { return backend_->add(number, document, passage); });
}

Result<Done> KeywordSegmentBuilder::finish() {
  const std::filesystem::path file = backend_->directory / kKeywordFile;
  FRESHET_CHECK(
      guarded("write the keyword index " + file.string(), [&] { return backend_->write(); }));
  FRESHET_CHECK(sync_file(file));
  std::error_code problem;
  std::filesystem::remove_all(backend_->directory / kUnfinishedDirectory, problem);
  if (problem) {
    return file_error("remove", backend_->directory / kUnfinishedDirectory, problem.value());
  }
  return sync_directory(backend_->directory);
}

}  // namespace freshet::index
