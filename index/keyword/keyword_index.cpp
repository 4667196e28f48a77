#include "index/keyword/keyword_index.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <sstream>
#include <unordered_map>
#include <utility>

#include <xapian.h>

#include "base/files.h"
#include "index/keyword/allowed_passages.h"
#include "index/keyword/bm25.h"
#include "index/keyword/collection.h"
#include "index/keyword/files.h"
#include "index/keyword/query_terms.h"
#include "index/keyword/xapian_errors.h"

namespace freshet::index {
namespace {

constexpr double kSmallShare =
    0.1;  // Below it a posting list of the allowed is faster than asking.

/// Sums of the same terms differ in the last bits with the order the matcher adds them in, which
/// depends on how passages are spread over segments; without this, ties would too.
double rounded(double score) {
  constexpr double kSteps = 4294967296.0;  // 2^32
  return std::round(score * kSteps) / kSteps;
}

bool is_better(const KeywordHit& left, const KeywordHit& right) {
  return left.bm25 != right.bm25 ? left.bm25 > right.bm25 : left.number < right.number;
}

Xapian::Query to_query(const std::vector<QueryTerm>& terms) {
  std::vector<Xapian::Query> words;
  for (const QueryTerm& term : terms) {
    // A passage has one language and so one of the spellings; OP_MAX, which would say so, reads
    // freed memory in Xapian 1.4.22 once one of its lists ends.
    const Xapian::Query spellings(Xapian::Query::OP_OR, term.spellings.begin(),
                                  term.spellings.end());
    words.emplace_back(Xapian::Query::OP_SCALE_WEIGHT, spellings, term.factor);
  }
  return {Xapian::Query::OP_OR, words.begin(), words.end()};
}

/// Passages with every required word; empty when no word is.
Xapian::Query to_requirement(const std::vector<QueryTerm>& terms) {
  std::vector<Xapian::Query> words;
  for (const QueryTerm& term : terms) {
    if (term.required) {
      words.emplace_back(Xapian::Query::OP_OR, term.spellings.begin(), term.spellings.end());
    }
  }
  return words.empty() ? Xapian::Query()
                       : Xapian::Query(Xapian::Query::OP_AND, words.begin(), words.end());
}

Languages languages_of(const std::set<std::string>& names) {
  Languages languages;
  for (const std::string& name : names) languages.emplace_back(name, TermNames(name));
  if (languages.empty()) languages.emplace_back("", TermNames(""));
  return languages;
}

std::set<std::string> lines_of(const std::string& text) {
  std::set<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.insert(line);
  return lines;
}

/// Xapian would read any other file as a list of databases to open instead, remote ones too.
Result<Done> check_is_glass(const std::filesystem::path& file) {
  constexpr std::string_view kMagic{"\x0f\x0dXapian Glass"};
  const auto mapped = MappedFile::open(file);
  if (mapped && mapped->bytes().starts_with(kMagic)) return Done{};
  const std::string reason = mapped ? "it is no Xapian glass file" : mapped.error().message;
  return Error{ErrorKind::Corrupt, "cannot open the keyword index " + file.string() + ": " +
                                       reason + "; run `freshet rebuild`"};
}

}  // namespace

struct KeywordIndex::Backend {
  Backend(Xapian::Database combined, Collection live, Languages spoken)
      : database(std::move(combined)), collection(std::move(live)), languages(std::move(spoken)) {}

  Xapian::Database database;
  Collection collection;
  Languages languages;

  [[nodiscard]] PassageNumber number_of(Xapian::docid combined) const {
    return static_cast<PassageNumber>((combined - 1) / collection.segments().size() + 1);
  }

  [[nodiscard]] KeywordMatches match(const Xapian::Query& query, const PassageSet& allowed,
                                     std::size_t limit) const {
    const auto documents = database.get_doccount();
    const bool few = static_cast<double>(allowed.size()) < kSmallShare * documents;
    AllowedSource source(allowed);
    const AllowedDecider decider(allowed);
    ScoreSpy spy;

    Xapian::Enquire enquire(database);
    enquire.set_weighting_scheme(Bm25Weight(collection.average_length()));
    enquire.set_query(few ? Xapian::Query(Xapian::Query::OP_FILTER, query, Xapian::Query(&source))
                          : query);
    enquire.add_matchspy(&spy);
    const auto wanted = static_cast<Xapian::doccount>(std::min<std::size_t>(limit, documents));
    // Checking all of them keeps the matcher from skipping what the mean and deviation need.
    const Xapian::MSet best =
        enquire.get_mset(0, wanted, documents, nullptr, few ? nullptr : &decider);

    KeywordMatches matches{{}, spy.matches(), spy.mean(), spy.deviation()};
    for (auto hit = best.begin(); hit != best.end(); ++hit) {
      matches.hits.push_back({number_of(*hit), rounded(hit.get_weight())});
    }
    std::stable_sort(matches.hits.begin(), matches.hits.end(), is_better);
    return matches;
  }

  [[nodiscard]] KeywordMatches search(std::string_view text, const PassageSet& allowed,
                                      std::size_t limit) const {
    const auto terms = read_query(text, languages, collection);
    if (terms.empty() || allowed.empty()) return {};
    const Xapian::Query query = to_query(terms);
    const Xapian::Query requirement = to_requirement(terms);
    if (!requirement.empty()) {
      auto matches = match({Xapian::Query::OP_FILTER, query, requirement}, allowed, limit);
      if (!matches.hits.empty()) return matches;
    }
    return match(query, allowed, limit);
  }

  [[nodiscard]] std::vector<double> score(std::string_view text,
                                          std::span<const PassageNumber> numbers) const {
    std::vector<double> scores(numbers.size(), 0.0);
    const auto terms = read_query(text, languages, collection);
    if (terms.empty() || numbers.empty()) return scores;
    PassageSet wanted;
    for (const PassageNumber number : numbers) wanted.add(number);
    std::unordered_map<PassageNumber, double> found;
    for (const KeywordHit& hit : match(to_query(terms), wanted, numbers.size()).hits) {
      found.emplace(hit.number, hit.bm25);
    }
    for (std::size_t at = 0; at < numbers.size(); ++at) {
      const auto score = found.find(numbers[at]);
      if (score != found.end()) scores[at] = score->second;
    }
    return scores;
  }

  [[nodiscard]] bool has_term(PassageNumber number, const std::string& term) const {
    const auto& segments = collection.segments();
    return std::any_of(segments.begin(), segments.end(), [&](const Xapian::Database& segment) {
      auto posting = segment.postlist_begin(term);
      posting.skip_to(number);
      return posting != segment.postlist_end(term) && *posting == number;
    });
  }

  [[nodiscard]] std::vector<std::string> matched_terms(std::string_view text,
                                                       PassageNumber number) const {
    std::vector<std::string> matched;
    for (const QueryTerm& term : read_query(text, languages, collection)) {
      const bool found =
          std::any_of(term.spellings.begin(), term.spellings.end(),
                      [&](const std::string& name) { return has_term(number, name); });
      if (found) matched.push_back(term.surface);
    }
    return matched;
  }
};

KeywordIndex::KeywordIndex(std::unique_ptr<Backend> backend) : backend_(std::move(backend)) {}
KeywordIndex::KeywordIndex(KeywordIndex&&) noexcept = default;
KeywordIndex& KeywordIndex::operator=(KeywordIndex&&) noexcept = default;
KeywordIndex::~KeywordIndex() = default;

Result<KeywordIndex> KeywordIndex::open(std::span<const std::filesystem::path> segment_directories,
                                        const PassageSet& dead) {
  Xapian::Database combined;
  std::vector<Xapian::Database> segments;
  std::set<std::string> languages;
  for (const std::filesystem::path& directory : segment_directories) {
    const std::filesystem::path file = directory / kKeywordFile;
    FRESHET_CHECK(check_is_glass(file));
    FRESHET_CHECK(guarded("open the keyword index " + file.string(), [&] {
      const Xapian::Database segment(file.string());
      languages.merge(lines_of(segment.get_metadata(std::string(kLanguagesKey))));
      combined.add_database(segment);
      segments.push_back(segment);
      return Done{};
    }));
  }
  std::unique_ptr<Backend> backend;
  FRESHET_CHECK(guarded("read the keyword index", [&] {
    backend = std::make_unique<Backend>(std::move(combined), Collection(std::move(segments), dead),
                                        languages_of(languages));
    return Done{};
  }));
  return KeywordIndex(std::move(backend));
}

Result<KeywordMatches> KeywordIndex::search(std::string_view text, const PassageSet& allowed,
                                            std::size_t limit) const {
  return guarded("search the keyword index",
                 [&] { return backend_->search(text, allowed, limit); });
}

Result<std::vector<double>> KeywordIndex::score(std::string_view text,
                                                std::span<const PassageNumber> numbers) const {
  return guarded("score passages in the keyword index",
                 [&] { return backend_->score(text, numbers); });
}

Result<std::vector<std::string>> KeywordIndex::matched_terms(std::string_view text,
                                                             PassageNumber number) const {
  return guarded("explain a hit of the keyword index",
                 [&] { return backend_->matched_terms(text, number); });
}

}  // namespace freshet::index
