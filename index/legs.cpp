#include "index/legs.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace freshet::index {
namespace {

constexpr std::size_t kTenth = 10;

using ByNumber = std::map<PassageNumber, Candidate>;

Result<Embedding> encode_query(const Snapshot& snapshot, const Encoder* encoder,
                               std::string_view text) {
  if (encoder == nullptr)
    return Error{ErrorKind::Unavailable, "cannot encode the query: there is no encoder"};
  const IndexIdentity& identity = snapshot.summary().identity;
  if (encoder->id() != identity.encoder_id || encoder->dimension() != identity.dimension) {
    return Error{ErrorKind::Unavailable,
                 "cannot encode the query: the index was built with another encoder (" +
                     identity.encoder_id + "); run `freshet rebuild`"};
  }
  const std::array texts{text};
  FRESHET_TRY(auto vectors, encoder->encode(texts, TextRole::Query, Interruption()));
  if (vectors.size() != 1 || vectors.front().size() != identity.dimension) {
    return Error{ErrorKind::Internal,
                 "cannot encode the query: the encoder gave no vector of the index's length"};
  }
  return std::move(vectors.front());
}

bool is_better(const VectorHit& left, const VectorHit& right) {
  return left.cosine != right.cosine ? left.cosine > right.cosine : left.number < right.number;
}

double cosine_of(const Snapshot& snapshot, const Embedding& query, PassageNumber number) {
  for (const VectorSegment& segment : snapshot.vector_segments()) {
    if (number >= segment.first_number() && number - segment.first_number() < segment.size()) {
      return segment.cosine(query, number);
    }
  }
  return 0.0;
}

Candidate& at_number(ByNumber& candidates, PassageNumber number) {
  Candidate& candidate = candidates[number];
  candidate.number = number;
  return candidate;
}

void take_keyword(const KeywordMatches& matches, ByNumber& candidates, LegStatistics& statistics) {
  for (std::size_t rank = 0; rank < matches.hits.size(); ++rank) {
    Candidate& candidate = at_number(candidates, matches.hits[rank].number);
    candidate.bm25 = matches.hits[rank].bm25;
    candidate.keyword_rank = rank + 1;
  }
  statistics.bm25_mean = matches.mean;
  statistics.bm25_deviation = matches.deviation;
  if (!matches.hits.empty()) statistics.bm25_top = matches.hits.front().bm25;
  if (matches.hits.size() >= kTenth) statistics.bm25_tenth = matches.hits[kTenth - 1].bm25;
}

void take_vectors(const VectorLeg& leg, ByNumber& candidates, LegStatistics& statistics) {
  for (std::size_t rank = 0; rank < leg.hits.size(); ++rank) {
    Candidate& candidate = at_number(candidates, leg.hits[rank].number);
    candidate.cosine = leg.hits[rank].cosine;
    candidate.vector_rank = rank + 1;
  }
  if (leg.hits.empty()) return;
  statistics.cosine_top = leg.hits.front().cosine;
  statistics.cosine_tenth = leg.hits[std::min(leg.hits.size(), kTenth) - 1].cosine;
}

Result<Done> complete_keyword(const KeywordIndex& index, std::string_view text,
                              ByNumber& candidates) {
  std::vector<PassageNumber> missing;
  for (const auto& [number, candidate] : candidates) {
    if (!candidate.bm25) missing.push_back(number);
  }
  if (missing.empty()) return Done{};
  FRESHET_TRY(const auto scores, index.score(text, missing));
  for (std::size_t at = 0; at < missing.size(); ++at) candidates[missing[at]].bm25 = scores[at];
  return Done{};
}

}  // namespace

Result<VectorLeg> search_vectors(const Snapshot& snapshot, const Encoder* encoder,
                                 const LegRequest& request) {
  VectorLeg leg;
  FRESHET_TRY(leg.query, encode_query(snapshot, encoder, request.text));
  for (const VectorSegment& segment : snapshot.vector_segments()) {
    FRESHET_TRY(const auto hits, segment.search(leg.query, request.allowed, request.depth));
    leg.hits.insert(leg.hits.end(), hits.begin(), hits.end());
  }
  std::sort(leg.hits.begin(), leg.hits.end(), is_better);
  if (leg.hits.size() > request.depth) leg.hits.resize(request.depth);
  return leg;
}

Result<Candidates> join_legs(const Snapshot& snapshot, std::string_view text,
                             const AnsweredLegs& legs) {
  Candidates joined;
  ByNumber by_number;
  if (legs.keyword != nullptr) take_keyword(*legs.keyword, by_number, joined.statistics);
  if (legs.vector != nullptr) take_vectors(*legs.vector, by_number, joined.statistics);
  if (legs.index != nullptr) FRESHET_CHECK(complete_keyword(*legs.index, text, by_number));
  for (auto& [number, candidate] : by_number) {
    if (legs.vector != nullptr && !candidate.cosine) {
      candidate.cosine = cosine_of(snapshot, legs.vector->query, number);
    }
    joined.candidates.push_back(candidate);
  }
  return joined;
}

}  // namespace freshet::index
