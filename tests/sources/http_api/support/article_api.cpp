#include "tests/sources/http_api/support/article_api.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/json.h"

namespace freshet::sources::http_api::testing {
namespace {

std::string parameter(const std::string& query, const std::string& name) {
  const auto at = query.find(name + "=");
  if (at == std::string::npos) return "";
  const auto begin = at + name.size() + 1;
  return query.substr(begin, query.find('&', begin) - begin);
}

std::int64_t seconds(Instant instant) {
  return std::chrono::floor<std::chrono::seconds>(instant.time_since_epoch()).count();
}

}  // namespace

Json ArticleApi::json_of(const std::string& id, const Article& article) {
  return {{"id", id},
          {"title", "Title of " + id},
          {"body", article.text},
          {"open", article.open},
          {"updated_at", seconds(article.updated)}};
}

void ArticleApi::write(const std::string& id, const std::string& text, bool open) {
  articles_[id] = {text, open, clock_->now(), false};
}

http::Response ArticleApi::stamped(http::Response response) const {
  response.headers["date"] = to_http_date(clock_->now());
  return response;
}

http::Response ArticleApi::listing(const std::string& query) const {
  const std::string since = parameter(query, "since");
  std::vector<std::pair<std::int64_t, std::string>> found;
  for (const auto& [id, article] : articles_) {
    const std::int64_t updated = seconds(article.updated);
    if (article.archived) continue;
    if (since.empty() || updated >= std::stoll(since)) found.emplace_back(updated, id);
  }
  std::sort(found.begin(), found.end());
  const std::string page = parameter(query, "page");
  const std::size_t first = (page.empty() ? 0 : std::stoul(page) - 1) * rows;
  Json list = Json::array();
  for (std::size_t i = first; i < std::min(first + rows, found.size()); ++i) {
    const std::string& id = found[i].second;
    if (!hidden.contains(id)) list.push_back(json_of(id, articles_.at(id)));
  }
  return {200,
          {{"x-total", std::to_string(found.size())}},
          dump_json({{"articles", list}, {"total", found.size()}})};
}

Result<http::Response> ArticleApi::send(const http::Request& request) {
  requests.push_back(request);
  const std::string target = request.url.substr(request.url.find('/', 8));
  asked.push_back(target);
  if (!next.empty()) {
    http::Response response = next.front();
    next.erase(next.begin());
    return stamped(std::move(response));
  }
  const auto question = target.find('?');
  const std::string query = question == std::string::npos ? "" : target.substr(question + 1);
  if (meanwhile && parameter(query, "page") == "2") std::exchange(meanwhile, nullptr)();
  if (target.starts_with("/api/articles?")) return stamped(listing(query));
  const bool archived = target.starts_with("/api/archive/");
  return stamped(article(target.substr(target.rfind('/') + 1), archived));
}

http::Response ArticleApi::article(const std::string& id, bool archived) const {
  const auto refusal = refused.find(id);
  if (refusal != refused.end()) return {refusal->second, {}, "{}"};
  const auto found = articles_.find(id);
  if (found == articles_.end() || found->second.archived != archived) return {404, {}, "{}"};
  return {200, {}, dump_json(json_of(id, found->second))};
}

std::string ArticleApi::hydrating_manifest() {
  std::string manifest = ArticleApi::manifest();
  return manifest.insert(manifest.find("    deletes:"),
                         "    hydrate: {get: '/articles/${rec.id}'}\n");
}

std::string ArticleApi::manifest() {
  return R"(manifest: 1
id: helpdesk
config:
  token: {type: secret}
  since: {type: time, default: -730d}
base: https://help.example/api
auth: {type: bearer, token: '${config.token}'}
streams:
  articles:
    get: /articles
    query: {since: '${cursor.from | epoch}'}
    pages: {type: page, into: {query: page}, total: .total}
    records: .articles[]
    key: .id
    cursor: {type: time, field: .updated_at, order: asc, lag: 60s, overlap: 120s, seed: '${config.since}'}
    deletes:
      sweep: {every: 24h, max_drop: 30%}
      probe: {get: '/articles/${rec.id}'}
    map:
      kind: {const: article}
      title: .title
      url: https://help.example/${rec.id}
      body: {html: .body}
      updated: .updated_at
      visibility:
        - {when: .open == true, level: public}
)";
}

}  // namespace freshet::sources::http_api::testing
