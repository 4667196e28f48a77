#include "tests/simulation/github.h"

#include <algorithm>

namespace freshet::simulation {

namespace {

using http::Method;

constexpr Id kPullRequest = 1;
constexpr std::int64_t kMostNumberedRows = 10'000;

http::Response refused(int status, std::string_view message) {
  return reply(status, object({{"message", message},
                               {"documentation_url", "https://docs.github.com/rest"},
                               {"status", std::to_string(status)}}));
}

Value user(Id id) {
  return object({{"login", "user" + std::to_string(id)},
                 {"id", id},
                 {"type", account(id).staff ? "Bot" : "User"}});
}

Value issue_row(const Document& issue, const std::string& origin) {
  const std::string at = origin + "/repos/acme/help/issues/" + std::to_string(issue.id);
  const Value row =
      object({{"id", issue.id},
              {"node_id", "I_" + std::to_string(issue.id)},
              {"number", issue.id},
              {"url", at},
              {"html_url", "https://github.com/acme/help/issues/" + std::to_string(issue.id)},
              {"title", issue.title()},
              {"user", user(issue.author)},
              {"labels", array({})},
              {"state", issue.solved ? "closed" : "open"},
              {"state_reason", issue.solved ? Value("completed") : Value(nullptr)},
              {"locked", false},
              {"comments", issue.messages.size()},
              {"created_at", to_rfc3339(issue.created)},
              {"updated_at", to_rfc3339(issue.updated)},
              {"closed_at", issue.solved ? Value(to_rfc3339(issue.updated)) : Value(nullptr)},
              {"author_association", "NONE"},
              {"body", issue.text()}});
  if (issue.id != kPullRequest) return row;
  return extended(row, {{"draft", false}, {"pull_request", object({{"url", at}})}});
}

Value comment_row(const Message& comment, Id issue, const std::string& origin) {
  return object({{"id", comment.id},
                 {"issue_url", origin + "/repos/acme/help/issues/" + std::to_string(issue)},
                 {"user", user(comment.author)},
                 {"created_at", to_rfc3339(comment.created)},
                 {"updated_at", to_rfc3339(comment.edited)},
                 {"author_association", account(comment.author).staff ? "MEMBER" : "NONE"},
                 {"body", comment.text}});
}

/// Issues and pull requests share their numbers and their listings.
DocumentVersion pull_request(Instant updated) {
  auto made = std::make_shared<Document>();
  made->id = kPullRequest;
  made->kind = Kind::Issue;
  made->author = 9001;
  made->created = made->edited = made->updated = updated;
  return made;
}

struct Comment {
  Message message;
  Id issue = 0;
};

std::optional<Instant> since_of(const Call& call) {
  const auto since = parse_rfc3339(call.parameter("since").value_or("1970-01-01"));
  return since ? std::optional(*since) : std::nullopt;
}

bool is_since(Instant updated, Instant since) {
  return std::chrono::floor<std::chrono::seconds>(updated) >= since;
}

}  // namespace

const Profile& GitHubServer::profile() const {
  static const Profile kProfile{.name = "GitHub",
                                .capabilities = {.kinds = {Kind::Issue},
                                                 .restores = false,
                                                 .solves = true,
                                                 .merging = Merging::Alias,
                                                 .revision = Revision::Bumps},
                                .throttling = Throttling::ForbiddenStatus,
                                .rows = {""},
                                .parts = {"/comments"},
                                .page_tokens = {"after"},
                                .ends = {},
                                .expired_token_status = 422,
                                .expired_token_body = R"({"message":"Invalid cursor"})"};
  return kProfile;
}

http::Response GitHubServer::answer(const Call& call) {
  http::Response response = route(call);
  auto& headers = response.headers;
  headers["x-ratelimit-limit"] = "5000";
  headers["x-ratelimit-remaining"] = "4999";
  headers["x-ratelimit-reset"] = std::to_string(epoch_seconds(world().server_now()) + 3600);
  if (response.status != 200) return response;
  headers["etag"] = "W/\"" + std::to_string(std::hash<std::string>{}(response.body)) + "\"";
  if (call.header("if-none-match") != headers["etag"]) return response;
  return {304, std::move(headers), ""};
}

http::Response GitHubServer::route(const Call& call) {
  const auto get = [&](std::string_view path) { return call.matches(Method::Get, path); };
  if (get("/repos/*/*")) {
    return reply(object({{"id", 99},
                         {"full_name", call.segments[1] + "/" + call.segments[2]},
                         {"private", false},
                         {"visibility", "public"}}));
  }
  if (get("/repos/*/*/issues")) return issues(call);
  if (get("/repos/*/*/issues/comments")) return all_comments(call);
  if (get("/repos/*/*/issues/*")) return issue(call, call.id(4));
  if (get("/repositories/*/issues/*")) return issue(call, call.id(3));
  if (get("/repos/*/*/issues/*/comments")) return comments_of(call);
  return refused(404, "Not Found");
}

http::Response GitHubServer::issues(const Call& call) {
  const auto since = since_of(call);
  if (!since) return refused(422, "Validation Failed: since");
  const std::string state = call.parameter("state").value_or("open");
  auto rows = indexed(Kind::Issue, [&](const Document& issue) {
    return issue.state == State::Live && is_since(issue.updated, *since) &&
           (state == "all" || (state == "closed") == issue.solved);
  });
  const Instant founded = std::chrono::sys_days{std::chrono::year{2026} / 11 / 20};
  if (is_since(founded, *since) && state != "closed") rows.push_back(pull_request(founded));
  const bool by_update = call.parameter("sort") == "updated";
  const bool ascending = call.parameter("direction") == "asc";
  const auto key = [=](const DocumentVersion& issue) {
    const std::int64_t time = epoch_seconds(by_update ? issue->updated : issue->created);
    return PageToken{ascending ? time : -time, issue->id};
  };
  return page(call, std::move(rows), key,
              [&](const DocumentVersion& row) { return issue_row(*row, call.origin); });
}

http::Response GitHubServer::issue(const Call& call, Id id) const {
  const Document* found = current(id, Kind::Issue);
  if (found == nullptr) return refused(404, "Not Found");
  if (found->state == State::Merged) {
    http::Response response = refused(301, "Moved Permanently");
    response.headers["location"] =
        call.origin + "/repositories/99/issues/" + std::to_string(found->merged_into);
    return response;
  }
  if (found->state != State::Live) return refused(410, "This issue was deleted");
  return reply(issue_row(*found, call.origin));
}

http::Response GitHubServer::comments_of(const Call& call) {
  http::Response refusal = issue(call, call.id(4));
  if (refusal.status != 200) return refusal;
  const auto since = since_of(call);
  if (!since) return refused(422, "Validation Failed: since");
  const Document& found = *current(call.id(4), Kind::Issue);
  std::vector<Message> rows;
  std::ranges::copy_if(found.messages, std::back_inserter(rows),
                       [&](const Message& comment) { return is_since(comment.edited, *since); });
  const auto key = [](const Message& comment) { return PageToken{0, comment.id}; };
  return page(call, std::move(rows), key,
              [&](const Message& comment) { return comment_row(comment, found.id, call.origin); });
}

http::Response GitHubServer::all_comments(const Call& call) {
  const auto since = since_of(call);
  if (!since) return refused(422, "Validation Failed: since");
  std::vector<Comment> rows;
  for (const auto& issue : indexed(
           Kind::Issue, [](const Document& document) { return document.state == State::Live; })) {
    for (const Message& message : issue->messages) {
      if (is_since(message.edited, *since)) rows.push_back({message, issue->id});
    }
  }
  const bool by_update = call.parameter("sort") == "updated";
  const bool ascending = call.parameter("direction").value_or(by_update ? "desc" : "asc") == "asc";
  const auto key = [=](const Comment& comment) {
    const std::int64_t time =
        by_update ? epoch_seconds(comment.message.edited) : comment.message.id;
    return PageToken{ascending ? time : -time, comment.message.id};
  };
  return page(call, std::move(rows), key, [&](const Comment& comment) {
    return comment_row(comment.message, comment.issue, call.origin);
  });
}

/// The next page is in the Link header, as a cursor; page numbers work for the first rows only.
template <typename Rows, typename Key, typename Render>
http::Response GitHubServer::page(const Call& call, Rows rows, const Key& key,
                                  const Render& render) {
  const std::size_t size = page_rows(call.number("per_page", 30).value_or(30), 100);
  const auto number = std::max<std::int64_t>(call.number("page", 1).value_or(1), 1);
  if (number * static_cast<std::int64_t>(size) > kMostNumberedRows) {
    return refused(422, "Pagination with the page parameter is not supported for large datasets");
  }
  std::ranges::sort(rows, {}, key);
  if (const auto token = call.parameter("after")) {
    const auto after = PageToken::read(*token);
    if (!after) return refused(422, "Invalid cursor");
    std::erase_if(rows, [&](const auto& row) { return key(row) <= *after; });
  }
  const std::size_t first = static_cast<std::size_t>(number - 1) * size;
  http::Response response = reply(listing(rows, first, size, render));
  if (rows.size() > first + size) {
    Call base = call;
    std::erase_if(base.query, [](const auto& pair) { return pair.first == "page"; });
    response.headers["link"] =
        "<" + base.url_with("after", key(rows[first + size - 1]).text()) + ">; rel=\"next\"";
  }
  return response;
}

}  // namespace freshet::simulation
