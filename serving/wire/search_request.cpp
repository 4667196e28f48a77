#include "serving/wire/search_request.h"

#include <array>

#include <nlohmann/json.hpp>

#include "serving/wire/members.h"

namespace freshet::serving {

namespace {

using index::Query;

/// Writes one member into the query; gives what is wrong with it, or nothing.
using Reader = std::string (*)(const Json& value, Query& query);

struct Member {
  std::string_view name;
  Reader read;
};

std::string read_query(const Json& value, Query& query) {
  if (!value.is_string()) return "must be a string";
  query.text = value.get<std::string>();
  return query.text.find_first_not_of(" \t\r\n") == std::string::npos ? "must not be empty" : "";
}

std::string read_count(const Json& value, std::size_t most, std::size_t& count) {
  const std::string expected = "must be an integer from 1 to " + std::to_string(most);
  if (!value.is_number_integer()) return expected;
  if (value < 1 || value > most) return expected;
  count = value.get<std::size_t>();
  return {};
}

std::string read_top_k(const Json& value, Query& query) {
  return read_count(value, kMaxTopK, query.top_k);
}

std::string read_group_size(const Json& value, Query& query) {
  return read_count(value, kMaxGroupSize, query.group_size);
}

std::string read_mode(const Json& value, Query& query) {
  if (value == "hybrid") {
    query.mode = index::SearchMode::Hybrid;
  } else if (value == "lexical" || value == "keyword") {
    query.mode = index::SearchMode::Keyword;
  } else if (value == "vector") {
    query.mode = index::SearchMode::Vector;
  } else {
    return R"(must be "hybrid", "lexical" or "vector")";
  }
  return {};
}

bool is_share(const Json& value) {
  return value.is_number() && value.get<double>() >= 0 && value.get<double>() <= 1;
}

std::string read_alpha(const Json& value, Query& query) {
  if (value.is_null()) return {};
  if (!is_share(value)) return "must be a number from 0 (keywords) to 1 (vectors), or null";
  query.alpha = value.get<double>();
  return {};
}

std::string read_min_relevance(const Json& value, Query& query) {
  if (!is_share(value)) return "must be a number from 0 to 1";
  query.min_relevance = value.get<double>();
  return {};
}

std::string read_filters(const Json& value, Query& query) {
  if (value.is_null()) return {};
  auto filter = index::parse_filter(value);
  if (!filter) return filter.error().message;
  query.filter = *std::move(filter);
  return {};
}

std::string read_group_by(const Json& value, Query& query) {
  if (value != "passage" && value != "document") return R"(must be "passage" or "document")";
  query.group_by = value == "document" ? index::GroupBy::Document : index::GroupBy::Passage;
  return {};
}

std::string read_explain(const Json& value, Query& query) {
  if (!value.is_boolean()) return "must be true or false";
  query.explain = value.get<bool>() ? index::Explain::Yes : index::Explain::No;
  return {};
}

std::string read_principals(const Json& value, Query& /*query*/) {
  if (value == Json::array({"public"})) return {};
  return R"(must be ["public"]: only keys that are allowed to assert principals may name others, and )"
         "there are no keys yet";
}

constexpr std::array kMembers{
    Member{"query", read_query},
    Member{"top_k", read_top_k},
    Member{"mode", read_mode},
    Member{"alpha", read_alpha},
    Member{"filters", read_filters},
    Member{"principals", read_principals},
    Member{"group_by", read_group_by},
    Member{"group_size", read_group_size},
    Member{"min_relevance", read_min_relevance},
    Member{"explain", read_explain},
};

const Member* find_member(std::string_view name) {
  for (const auto& member : kMembers) {
    if (member.name == name) return &member;
  }
  return nullptr;
}

FieldError unknown_member(const std::string& name) {
  std::array<std::string_view, kMembers.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kMembers[i].name;
  return {pointer_to(name), no_such("member", name, names)};
}

}  // namespace

std::variant<Query, Problem> read_search_request(const Json& body) {
  if (!body.is_object()) {
    return Problem{ProblemCode::InvalidRequest, "the body must be a JSON object", {}};
  }
  Query query;
  std::vector<FieldError> unknown;
  std::vector<FieldError> wrong;
  for (const auto& [name, value] : body.items()) {
    const auto* member = find_member(name);
    if (member == nullptr) {
      unknown.push_back(unknown_member(name));
      continue;
    }
    auto fault = member->read(value, query);
    if (!fault.empty()) wrong.push_back({pointer_to(name), std::move(fault)});
  }
  if (!body.contains("query")) wrong.push_back({"/query", "is required"});
  if (!unknown.empty()) {
    std::string detail = unknown.front().pointer + ": " + unknown.front().message;
    return Problem{ProblemCode::UnknownField, std::move(detail), std::move(unknown)};
  }
  if (wrong.empty()) return query;
  std::string detail = wrong.front().pointer + ": " + wrong.front().message;
  return Problem{ProblemCode::InvalidRequest, std::move(detail), std::move(wrong)};
}

Result<Query> parse_search_request(const Json& body) {
  auto read = read_search_request(body);
  if (auto* query = std::get_if<Query>(&read)) return std::move(*query);
  const auto& problem = std::get<Problem>(read);
  if (problem.errors.empty()) return Error{ErrorKind::Invalid, problem.detail};
  std::string message;
  for (const auto& error : problem.errors) {
    message += (message.empty() ? "" : "; ") + error.pointer + ": " + error.message;
  }
  return Error{ErrorKind::Invalid, std::move(message)};
}

std::string_view wire_name(index::SearchMode mode) {
  switch (mode) {
    case index::SearchMode::Hybrid:
      return "hybrid";
    case index::SearchMode::Keyword:
      return "lexical";
    case index::SearchMode::Vector:
      return "vector";
  }
  return "hybrid";
}

}  // namespace freshet::serving
