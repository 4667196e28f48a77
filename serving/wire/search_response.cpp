#include "serving/wire/search_response.h"

#include <algorithm>
#include <chrono>

#include <nlohmann/json.hpp>

#include "serving/wire/passage_json.h"
#include "serving/wire/search_request.h"

namespace freshet::serving {

namespace {

using index::Answer;
using index::Hit;
using index::HitExplanation;

Json or_null(const std::optional<std::size_t>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json explain_json(const Hit& hit, const index::FusionExplanation& fusion) {
  if (!hit.explanation) return nullptr;
  const HitExplanation& why = *hit.explanation;
  return {{"lexical",
           {{"rank", or_null(why.keyword_rank)}, {"bm25", why.bm25}, {"terms", why.matched_terms}}},
          {"vector", {{"rank", or_null(why.vector_rank)}, {"cosine", why.cosine}}},
          {"fusion",
           {{"lexical", why.keyword_part},
            {"vector", why.vector_part},
            {"lambda", fusion.lambda},
            {"lexical_gap", fusion.keyword_gap},
            {"vector_gap", fusion.vector_gap},
            {"lexical_z", fusion.keyword_z},
            {"corpus_shift", fusion.corpus_shift}}},
          {"final", hit.score}};
}

/// Everything but the group, so that a group's members have the same shape without groups of their
/// own.
Json plain_hit_json(const Hit& hit, const Answer& answer) {
  Json json = {{"id", hit.id}};
  json.update(document_json(hit.document));
  json.update(passage_json(hit.passage));
  json["score"] = hit.score;
  json["relevance"] = hit.relevance;
  json["explain"] = explain_json(hit, answer.fusion);
  return json;
}

Json hit_json(const Hit& hit, const Answer& answer) {
  Json json = plain_hit_json(hit, answer);
  json["group"] = Json::array();
  for (const auto& member : hit.group) json["group"].push_back(plain_hit_json(member, answer));
  return json;
}

Json applied_json(const index::Query& query) {
  return {{"mode", wire_name(query.mode)},
          {"alpha", query.alpha ? Json(*query.alpha) : Json(nullptr)},
          {"top_k", query.top_k},
          {"group_by", query.group_by == index::GroupBy::Document ? "document" : "passage"},
          {"group_size", query.group_size},
          {"min_relevance", query.min_relevance},
          {"filtered", query.filter.has_value()},
          {"principal_count", query.principals.size()}};
}

/// The legs have other names inside: the API speaks of modes, and a leg is named like its mode.
Json degraded_json(const std::vector<std::string>& legs) {
  Json list = Json::array();
  for (const auto& leg : legs) list.push_back(leg == "keyword" ? "lexical" : leg);
  return list;
}

}  // namespace

Json search_response(const Answer& answer, const SearchResponseContext& context) {
  Json json = {{"request_id", context.request_id},
               {"index", generation_json(answer.generation, answer.published_at, context.now)},
               {"applied", applied_json(context.query)},
               {"degraded", degraded_json(answer.degraded)},
               {"notes", answer.notes},
               {"took_ms", context.took_ms},
               {"hits", Json::array()},
               {"total", {{"value", answer.candidates}, {"relation", "lower_bound"}}}};
  for (const auto& hit : answer.hits) json["hits"].push_back(hit_json(hit, answer));
  return json;
}

Json generation_json(std::uint64_t generation, const std::string& published_at, Instant now) {
  const auto published = parse_rfc3339(published_at);
  Json age = nullptr;
  if (published) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - *published).count();
    age = std::max<std::int64_t>(0, seconds);
  }
  return {{"generation", generation},
          {"published_at", text_or_null(published_at)},
          {"age_seconds", age}};
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

}  // namespace freshet::serving
