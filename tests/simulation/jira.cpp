#include "tests/simulation/jira.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include <nlohmann/json.hpp>

namespace freshet::simulation {

namespace {

using http::Method;
namespace chrono = std::chrono;

constexpr std::size_t kMostIds = 5000;
constexpr std::size_t kMostIssues = 100;
constexpr std::size_t kMostReconciled = 50;
constexpr chrono::hours kTokenLife{24 * 7};

http::Response refused(int status, std::string_view message) {
  return reply(status, object({{"errorMessages", array({message})}, {"errors", object({})}}));
}

bool is_visible(const Document* issue) {
  return issue != nullptr && issue->state == State::Live && issue->access != Access::Hidden;
}

std::int64_t sort_key(const Document& issue, const Ordering& by) {
  if (by.field == "updated") return epoch_milliseconds(issue.updated);
  if (by.field == "created") return epoch_milliseconds(issue.created);
  return issue.id;
}

/// What rows are ordered by: the fields asked for, smaller first, then the id.
std::vector<std::int64_t> sort_keys(const Document& issue, const std::vector<Ordering>& order) {
  std::vector<std::int64_t> keys;
  for (const Ordering& by : order) {
    keys.push_back(by.descending ? -sort_key(issue, by) : sort_key(issue, by));
  }
  keys.push_back(order.empty() ? -issue.id : issue.id);
  return keys;
}

bool is_time(std::string_view field) {
  return field == "updated" || field == "created";
}

}  // namespace

const Profile& JiraServer::profile() const {
  static const Profile kProfile{
      .name = "Jira",
      .capabilities = {.kinds = {Kind::Issue},
                       .accesses = {Access::SignedIn, Access::Group, Access::Hidden},
                       .staff_messages = true,
                       .restores = false,
                       .solves = true,
                       .revision = Revision::Bumps},
      .rows = {"/issues"},
      .parts = {"/bulkfetch"},
      .page_tokens = {"nextPageToken"},
      .ends = {{"/nextPageToken", ""}, {"/isLast", "true"}},
      .expired_token_status = 400,
      .expired_token_body =
          R"({"errorMessages":["The provided nextPageToken is invalid or expired."],"errors":{}})"};
  return kProfile;
}

http::Response JiraServer::answer(const Call& call) {
  const auto at = [&](Method method, std::string_view path) {
    return call.matches(method, "/rest/api/3" + std::string(path));
  };
  if (at(Method::Get, "/search/jql") || at(Method::Post, "/search/jql")) return search(call);
  if (at(Method::Post, "/issue/bulkfetch")) return bulk_fetch(call);
  if (at(Method::Get, "/issue/*")) return issue(call);
  if (at(Method::Get, "/issue/*/comment")) return comments(call);
  if (call.matches(Method::Get, "/rest/servicedeskapi/request/*/comment")) {
    return request_comments(call);
  }
  return refused(404, "No such resource.");
}

Result<JiraServer::Search> JiraServer::read_search(const Call& call) const {
  Json body = call.method == Method::Post ? call.body() : Json::object();
  if (!body.is_object()) return Error{ErrorKind::Invalid, "The request body is no JSON object."};
  for (const auto& [name, value] : call.query) {
    if (name == "fields") {
      for (std::size_t at = 0; at < value.size();) {
        const std::size_t end = std::min(value.find(',', at), value.size());
        body["fields"].push_back(value.substr(at, end - at));
        at = end + 1;
      }
    } else if (name == "reconcileIssues") {
      body[name].push_back(whole_number(value).value_or(0));
    } else if (name == "maxResults") {
      body[name] = whole_number(value).value_or(-1);
    } else {
      body[name] = value;
    }
  }
  Search search;
  search.jql = body.value("jql", "");
  search.token = body.value("nextPageToken", "");
  for (const Json& field : body.value("fields", Json::array())) search.fields.push_back(field);
  for (const Json& id : body.value("reconcileIssues", Json::array()))
    search.reconcile.insert(Id{id});
  const auto asked = body.value("maxResults", std::int64_t{50});
  if (asked < 0) return Error{ErrorKind::Invalid, "maxResults must not be negative."};
  if (search.reconcile.size() > kMostReconciled) {
    return Error{ErrorKind::Invalid, "reconcileIssues takes at most 50 ids."};
  }
  search.rows = page_rows(asked, asks_for_ids_only(search.fields) ? kMostIds : kMostIssues);
  return search;
}

http::Response JiraServer::search(const Call& call) {
  auto search = read_search(call);
  if (!search) return refused(400, search.error().message);
  auto jql = QueryExpression::parse(search->jql);
  if (!jql) return refused(400, jql.error().message);
  if (jql->is_unbounded()) {
    return refused(400,
                   "Unbounded JQL queries are not allowed here. Please add a search restriction "
                   "to your query.");
  }
  if (const auto wrong = complaint(*jql)) return refused(400, *wrong);
  return found(*search, *jql);
}

http::Response JiraServer::found(const Search& search, const QueryExpression& jql) {
  auto rows = matching(search, jql);
  const auto keys = [&](const DocumentVersion& issue) { return sort_keys(*issue, jql.order()); };
  std::ranges::sort(rows, {}, keys);
  if (!search.token.empty()) {
    const auto position = positions_.find(search.token);
    if (position == positions_.end() || position->second.jql != search.jql ||
        world().now() - position->second.issued > kTokenLife) {
      return refused(400, "The provided nextPageToken is invalid or expired.");
    }
    std::erase_if(rows, [&](const auto& issue) { return keys(issue) <= position->second.keys; });
  }
  const bool last = rows.size() <= search.rows;
  Value body = object({{"issues", listing(rows, 0, search.rows, [&](const DocumentVersion& issue) {
                          return rendering().issue(*issue, search.fields);
                        })}});
  if (last) return reply(extended(body, {{"isLast", true}}));
  const std::string token = "Ch" + std::to_string(positions_.size() + 1) + "Q";
  positions_[token] = {search.jql, keys(rows[search.rows - 1]), world().now()};
  return reply(extended(body, {{"nextPageToken", token}, {"isLast", false}}));
}

std::vector<DocumentVersion> JiraServer::matching(const Search& search,
                                                  const QueryExpression& jql) const {
  const auto holds_for = [&](const Document& issue) {
    return issue.kind == Kind::Issue && is_visible(&issue) &&
           jql.accepts([&](const Condition& condition) { return holds(condition, issue); });
  };
  auto rows = indexed(Kind::Issue, [&](const Document& issue) {
    return !search.reconcile.contains(issue.id) && holds_for(issue);
  });
  for (const Id id : search.reconcile) {
    const auto found = world().documents().find(id);
    if (found != world().documents().end() && holds_for(*found->second)) {
      rows.push_back(found->second);
    }
  }
  return rows;
}

std::optional<std::string> JiraServer::complaint(const QueryExpression& jql) const {
  constexpr std::array<std::string_view, 8> kFields{
      "updated", "created", "project", "key", "issuekey", "id", "statuscategory", "resolution"};
  const auto unknown = [&](const std::string& field) {
    return std::ranges::find(kFields, field) == kFields.end();
  };
  for (const Condition& condition : jql.conditions()) {
    if (unknown(condition.field)) {
      return "Field '" + condition.field +
             "' does not exist or you do not have permission to view it.";
    }
    if (!is_time(condition.field) || condition.operation.starts_with("is")) continue;
    const auto time = time_of(condition.values.front());
    const bool too_new =
        time && condition.operation.starts_with('>') && *time > world().server_now();
    if (!time || too_new) {
      return "Date value '" + condition.values.front() + "' for field '" + condition.field +
             "' is invalid.";
    }
  }
  for (const Ordering& by : jql.order()) {
    if (unknown(by.field)) return "Not able to sort using field '" + by.field + "'.";
  }
  return std::nullopt;
}

bool JiraServer::holds(const Condition& condition, const Document& issue) const {
  const std::string_view operation = condition.operation;
  if (operation == "is") return condition.field == "resolution" && !issue.solved;
  if (operation == "is not") return condition.field != "resolution" || issue.solved;
  if (is_time(condition.field)) {
    const Instant time = condition.field == "updated" ? issue.updated : issue.created;
    return compares(chrono::floor<chrono::milliseconds>(time), operation,
                    chrono::floor<chrono::milliseconds>(*time_of(condition.values.front())));
  }
  const bool numbered = condition.field != "project" && condition.field != "statuscategory";
  if (numbered && operation.find_first_of("<>") != std::string_view::npos) {
    const Document* bound = by_id_or_key(condition.values.front());
    const Id id = bound != nullptr ? bound->id : whole_number(condition.values.front()).value_or(0);
    return compares(issue.id, operation, id);
  }
  const auto names_it = [&](const std::string& value) {
    if (condition.field == "project") return value == jira_project(issue);
    if (condition.field == "statuscategory") return (value == "Done") == issue.solved;
    return value == jira_key(issue) || value == std::to_string(issue.id);
  };
  const bool negated = operation == "!=" || operation == "not in";
  return std::ranges::any_of(condition.values, names_it) != negated;
}

/// Milliseconds since 1970, "YYYY-MM-DD [HH:MM]" in the account's zone, or "-30m" from now.
std::optional<Instant> JiraServer::time_of(std::string_view value) const {
  if (const auto milliseconds = whole_number(value)) {
    return Instant{chrono::milliseconds{*milliseconds}};
  }
  return query_time(value, world().server_now(), zone_);
}

const Document* JiraServer::by_id_or_key(std::string_view text) const {
  const auto dash = text.find('-');
  const auto id = whole_number(dash == std::string_view::npos ? text : text.substr(dash + 1));
  const Document* issue = id ? current(*id, Kind::Issue) : nullptr;
  return is_visible(issue) ? issue : nullptr;
}

http::Response JiraServer::bulk_fetch(const Call& call) {
  const Json body = call.body();
  const Json* asked = json_member(body, "issueIdsOrKeys");
  if (asked == nullptr || !asked->is_array()) return refused(400, "issueIdsOrKeys is missing.");
  if (asked->size() > kMostIssues)
    return refused(400, "At most 100 issues can be fetched at once.");
  std::vector<const Document*> issues;
  for (const Json& name : *asked) {
    const Document* issue = by_id_or_key(name.is_string() ? std::string(name) : dump_json(name));
    if (issue != nullptr) issues.push_back(issue);
  }
  return reply(object({{"issues", listing(issues, 0, issues.size(),
                                          [&](const Document* issue) {
                                            return rendering().issue(*issue, {"*all"});
                                          })},
                       {"issueErrors", array({})}}));
}

http::Response JiraServer::issue(const Call& call) {
  const Document* issue = by_id_or_key(call.segments[4]);
  if (issue == nullptr) {
    return refused(404, "Issue does not exist or you do not have permission to see it.");
  }
  return reply(rendering().issue(*issue, {"*all"}));
}

http::Response JiraServer::comments(const Call& call) {
  const Document* issue = by_id_or_key(call.segments[4]);
  const auto first = call.number("startAt", 0);
  if (issue == nullptr) {
    return refused(404, "Issue does not exist or you do not have permission to see it.");
  }
  if (!first || *first < 0) return refused(400, "startAt must not be negative.");
  const std::size_t size = page_rows(call.number("maxResults", 5000).value_or(50), 100);
  return reply(object({{"startAt", *first},
                       {"maxResults", size},
                       {"total", issue->messages.size()},
                       {"comments", listing(issue->messages, static_cast<std::size_t>(*first), size,
                                            [&](const Message& message) {
                                              return rendering().comment(message);
                                            })}}));
}

/// Service management's own view: one flag tells what customers see.
http::Response JiraServer::request_comments(const Call& call) {
  const Document* issue = by_id_or_key(call.segments[3]);
  if (issue == nullptr) return refused(404, "The request does not exist.");
  const bool with_public = call.parameter("public").value_or("true") == "true";
  const bool with_internal = call.parameter("internal").value_or("true") == "true";
  std::vector<Message> rows;
  std::ranges::copy_if(issue->messages, std::back_inserter(rows), [&](const Message& message) {
    return message.audience == Audience::Everyone ? with_public : with_internal;
  });
  const auto first =
      static_cast<std::size_t>(std::max<std::int64_t>(call.number("start", 0).value_or(0), 0));
  const std::size_t size = page_rows(call.number("limit", 50).value_or(50), 100);
  return reply(object({{"start", first},
                       {"limit", size},
                       {"isLastPage", first + size >= rows.size()},
                       {"values", listing(rows, first, size, [&](const Message& message) {
                          return rendering().request_comment(message);
                        })}}));
}

}  // namespace freshet::simulation
