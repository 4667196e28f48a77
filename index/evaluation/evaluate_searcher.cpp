#include "index/evaluation/evaluate.h"

namespace freshet::index {
namespace {

constexpr std::size_t kDocuments = 100;

Result<std::vector<std::string>> ask(const Searcher& searcher, const JudgedQuery& judged,
                                     SearchMode mode) {
  Query query;
  query.text = judged.text;
  query.mode = mode;
  query.group_by = GroupBy::Document;
  query.group_size = 1;
  query.top_k = kDocuments + (judged.exclude.empty() ? 0 : 1);
  FRESHET_TRY(const Answer answer, searcher.search(query));
  if (!answer.degraded.empty()) {
    return Error{ErrorKind::Unavailable, answer.failures.front()};
  }
  std::vector<std::string> ranking;
  for (const Hit& hit : answer.hits) ranking.push_back(hit.document.id);
  return ranking;
}

}  // namespace

Result<Evaluation> evaluate(const JudgedDataset& dataset, const Searcher& searcher,
                            const Interruption& interruption) {
  const auto in_mode = [&](SearchMode mode) {
    const Ranker ranker = [&](const JudgedQuery& query) { return ask(searcher, query, mode); };
    return evaluate_ranker(dataset, ranker, interruption);
  };
  Evaluation evaluation;
  FRESHET_TRY(evaluation.keyword, in_mode(SearchMode::Keyword));
  FRESHET_TRY(evaluation.vector, in_mode(SearchMode::Vector));
  FRESHET_TRY(evaluation.hybrid, in_mode(SearchMode::Hybrid));
  return evaluation;
}

}  // namespace freshet::index
