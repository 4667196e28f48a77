#include "index/searcher.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/utf8.h"
#include "index/fusion/fusion.h"
#include "index/keyword_pool.h"
#include "index/legs.h"
#include "index/presentation.h"
#include "index/tie_break.h"

namespace freshet::index {
namespace {

constexpr std::size_t kLegDepth = 100;
constexpr std::size_t kMostLegDepth = 1000;
constexpr std::size_t kPassagesPerDocument =
    4;  // Looked at, on average, to fill a page of documents.
constexpr std::size_t kMostHits = 200;

Error invalid(std::string_view problem) {
  return {ErrorKind::Invalid, "cannot search: " + std::string(problem)};
}

bool is_share(double value) {
  return value >= 0.0 && value <= 1.0;
}

Result<Done> check(const Query& query) {
  if (query.text.find_first_not_of(" \t\r\n\f\v") == query.text.npos)
    return invalid("the query is empty");
  if (query.top_k < 1 || query.top_k > kMostHits) return invalid("top_k must be 1 to 200");
  if (query.group_size < 1 || query.group_size > kMostHits)
    return invalid("group_size must be 1 to 200");
  if (query.alpha && !is_share(*query.alpha)) return invalid("alpha must be 0 to 1");
  if (!is_share(query.min_relevance)) return invalid("min_relevance must be 0 to 1");
  return Done{};
}

std::size_t leg_depth(const Query& query) {
  const std::size_t wanted =
      query.group_by == GroupBy::Document ? query.top_k * kPassagesPerDocument : query.top_k;
  return std::clamp(wanted, kLegDepth, kMostLegDepth);
}

/// One query on its way through the legs.
struct Search {
  const Query& query;
  const Snapshot& snapshot;
  LegRequest request;
  Answer answer;
  std::optional<KeywordPool::Lease> lease;
  std::optional<KeywordMatches> keyword;
  std::optional<VectorLeg> vector;
  std::optional<Error> problem;

  void fail(std::string_view leg, Error error) {
    answer.degraded.emplace_back(leg);
    answer.failures.push_back("the " + std::string(leg) + " leg failed: " + error.message);
    answer.notes.push_back("the " + std::string(leg) +
                           " leg could not answer; the ranking is the other leg's alone");
    if (!problem) problem = std::move(error);
  }
};

void run_keyword_leg(Search& search, KeywordPool& pool) {
  auto lease = pool.borrow(search.snapshot);
  if (!lease) return search.fail("keyword", std::move(lease).error());
  auto matches =
      lease->index().search(search.request.text, search.request.allowed, search.request.depth);
  if (!matches) return search.fail("keyword", std::move(matches).error());
  search.keyword = *std::move(matches);
  search.lease.emplace(*std::move(lease));
}

void run_vector_leg(Search& search, const Encoder* encoder) {
  auto leg = search_vectors(search.snapshot, encoder, search.request);
  if (!leg) return search.fail("vector", std::move(leg).error());
  search.vector = *std::move(leg);
}

/// A leg that was asked for alone and fails is stood in for by the other one.
Result<Done> run_legs(Search& search, KeywordPool& pool, const Encoder* encoder) {
  const SearchMode mode = search.query.mode;
  if (mode != SearchMode::Vector) run_keyword_leg(search, pool);
  if (mode != SearchMode::Keyword) run_vector_leg(search, encoder);
  if (mode == SearchMode::Vector && !search.vector) run_keyword_leg(search, pool);
  if (mode == SearchMode::Keyword && !search.keyword) run_vector_leg(search, encoder);
  if (!search.keyword && !search.vector) return *search.problem;
  return Done{};
}

/// With one leg the fused score is that leg's own.
std::optional<double> alpha_of(const Search& search) {
  if (!search.vector) return 0.0;
  if (!search.keyword) return 1.0;
  return search.query.alpha;
}

Result<std::vector<Hit>> rank(Search& search) {
  const AnsweredLegs legs{search.keyword ? &*search.keyword : nullptr,
                          search.lease ? &search.lease->index() : nullptr,
                          search.vector ? &*search.vector : nullptr};
  FRESHET_TRY(const auto joined, join_legs(search.snapshot, search.request.text, legs));
  const auto alpha = alpha_of(search);
  search.answer.fusion = weigh(joined.statistics);
  search.answer.candidates = joined.candidates.size();
  auto fused = fuse(joined.candidates, joined.statistics, search.answer.fusion, alpha);
  FRESHET_CHECK(break_ties(fused, search.snapshot, leg_depth(search.query)));

  PresentationRequest presentation{
      search.query, greatest_fused_score(search.answer.fusion, alpha), {}};
  if (legs.index != nullptr) {
    presentation.matched_terms = [&](PassageNumber number) {
      return legs.index->matched_terms(search.request.text, number);
    };
  }
  return present(fused, search.snapshot, presentation);
}

}  // namespace

struct Searcher::State {
  State(SnapshotSource& source, const Encoder* query_encoder)
      : snapshots(source), encoder(query_encoder) {}

  SnapshotSource& snapshots;
  const Encoder* encoder;
  KeywordPool pool;
};

Searcher::Searcher(SnapshotSource& snapshots, const Encoder* encoder)
    : state_(std::make_unique<State>(snapshots, encoder)) {}
Searcher::~Searcher() = default;

Result<Answer> Searcher::search(const Query& query) const {
  FRESHET_CHECK(check(query));
  FRESHET_TRY(const auto snapshot, state_->snapshots.newest());
  return search(query, snapshot);
}

Result<Answer> Searcher::search(const Query& query,
                                const std::shared_ptr<const Snapshot>& snapshot) const {
  FRESHET_CHECK(check(query));
  FRESHET_TRY(const PassageSet allowed, snapshot->allowed(query.principals, query.filter));
  Search search{
      query, *snapshot, {truncate_utf8(query.text, kMaxQueryBytes), allowed, leg_depth(query)},
      {},    {},        {},
      {},    {}};
  search.answer.generation = snapshot->summary().number;
  search.answer.published_at = snapshot->summary().published_at;
  if (search.request.text.size() < query.text.size()) {
    search.answer.notes.push_back("the query was cut at " + std::to_string(kMaxQueryBytes) +
                                  " bytes");
  }
  FRESHET_CHECK(run_legs(search, state_->pool, state_->encoder));
  FRESHET_TRY(search.answer.hits, rank(search));
  return std::move(search.answer);
}

}  // namespace freshet::index
