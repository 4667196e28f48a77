#include "tests/simulation/confluence.h"

#include <algorithm>
#include <array>

namespace freshet::simulation {

namespace {

using http::Method;

constexpr std::size_t kMostPages = 250;
constexpr std::size_t kMostFound = 100;

http::Response refused(int status, std::string_view title) {
  return reply(
      status,
      object({{"errors",
               array({object({{"status", status}, {"title", title}, {"detail", nullptr}})})}}));
}

std::string_view status_of(const Document& page) {
  return page.state == State::Trashed ? "trashed" : "current";
}

Value storage(std::string_view text) {
  return object({{"value", html(text)}, {"representation", "storage"}});
}

Value page_row(const Document& page, bool with_body) {
  const Value version = object({{"number", page.version},
                                {"message", ""},
                                {"minorEdit", false},
                                {"authorId", std::to_string(page.author)},
                                {"createdAt", with_milliseconds(page.edited)}});
  const std::string id = std::to_string(page.id);
  return object(
      {{"id", id},
       {"status", status_of(page)},
       {"title", page.title()},
       {"spaceId", std::to_string(page.container)},
       {"parentId", page.parent == 0 ? Value(nullptr) : Value(std::to_string(page.parent))},
       {"parentType", page.parent == 0 ? Value(nullptr) : Value("page")},
       {"authorId", std::to_string(page.author)},
       {"createdAt", with_milliseconds(page.created)},
       {"version", version},
       {"body", with_body ? object({{"storage", storage(page.text())}}) : object({})},
       {"_links", object({{"webui", "/spaces/S/pages/" + id}})}});
}

/// API v1.
Value content_row(const Document& page, bool with_body) {
  const Value row = object(
      {{"id", std::to_string(page.id)},
       {"type", "page"},
       {"status", status_of(page)},
       {"title", page.title()},
       {"space", object({{"id", page.container}, {"key", "S" + std::to_string(page.container)}})},
       {"version", object({{"number", page.version}, {"when", with_milliseconds(page.edited)}})}});
  if (!with_body) return row;
  return extended(row, {{"body", object({{"storage", storage(page.text())}})}});
}

Value read_restriction(const Document& page) {
  std::vector<Value> allowed;
  for (const Group& group : groups()) {
    if (page.access != Access::Group || page.group != group.id) continue;
    allowed.push_back(
        object({{"type", "group"}, {"name", group.name}, {"id", std::to_string(group.id)}}));
  }
  const auto found = [](const std::vector<Value>& results) {
    return object(
        {{"results", array(results)}, {"start", 0}, {"limit", 200}, {"size", results.size()}});
  };
  return object({{"operation", "read"},
                 {"restrictions", object({{"user", found({})}, {"group", found(allowed)}})}});
}

/// Smaller comes first.
std::int64_t sort_key(const Document& page, std::string_view sort) {
  const bool descending = sort.starts_with('-');
  if (descending) sort.remove_prefix(1);
  std::int64_t key = 0;
  if (sort == "modified-date") key = epoch_milliseconds(page.edited);
  if (sort == "created-date") key = epoch_milliseconds(page.created);
  if (sort == "id") key = page.id;
  return descending ? -key : key;
}

/// Drops the rows up to the one where the last page ended. False for a token that is none.
bool skip_to(std::vector<DocumentVersion>& rows, const std::optional<std::string>& token,
             const std::function<PageToken(const DocumentVersion&)>& key) {
  std::ranges::sort(rows, {}, key);
  if (!token) return true;
  const auto after = PageToken::read(*token);
  if (!after) return false;
  std::erase_if(rows, [&](const DocumentVersion& page) { return key(page) <= *after; });
  return true;
}

/// The query of a call with another cursor.
std::string following(const Call& call, std::string_view path, const PageToken& token) {
  const std::string url = call.url_with("cursor", token.text());
  return std::string(path) + url.substr(url.find('?'));
}

}  // namespace

const Profile& ConfluenceServer::profile() const {
  static const Profile kProfile{
      .name = "Confluence",
      .capabilities = {.kinds = {Kind::Page},
                       .accesses = {Access::SignedIn, Access::Group, Access::Hidden}},
      .rows = {"/results"},
      .parts = {"/footer-comments", "/ancestors", "/restriction"},
      .page_tokens = {"cursor"},
      .ends = {{"/_links/next", ""}},
      .expired_token_status = 400,
      .expired_token_body =
          R"({"errors":[{"status":400,"title":"Invalid cursor","detail":null}]})"};
  return kProfile;
}

http::Response ConfluenceServer::answer(const Call& call) {
  const auto get = [&](std::string_view path) {
    return call.matches(Method::Get, "/wiki" + std::string(path));
  };
  if (get("/api/v2/pages")) return pages(call);
  if (get("/api/v2/pages/*")) return page(call);
  if (get("/api/v2/pages/*/footer-comments")) return comments(call);
  if (get("/api/v2/spaces")) return spaces();
  if (get("/rest/api/content/search") || get("/rest/api/search")) return search(call);
  const Document* found = readable(call.id(4));
  if (found == nullptr) return refused(404, "Not Found");
  if (get("/api/v2/pages/*/ancestors")) return ancestors(*found);
  if (get("/rest/api/content/*")) return reply(content_row(*found, true));
  if (get("/rest/api/content/*/restriction")) {
    return reply(object({{"results", array({read_restriction(*found)})}}));
  }
  if (get("/rest/api/content/*/restriction/byOperation/read"))
    return reply(read_restriction(*found));
  return refused(404, "Not Found");
}

bool ConfluenceServer::may_read(const Document& page) const {
  return world().truth_of(page).access != Access::Hidden;
}

const Document* ConfluenceServer::readable(Id id) const {
  const Document* page = current(id, Kind::Page);
  if (page == nullptr || page->state == State::Gone || !may_read(*page)) return nullptr;
  return page;
}

http::Response ConfluenceServer::pages(const Call& call) {
  const auto limit = call.number("limit", 25);
  if (!limit || *limit < 1 || *limit > static_cast<std::int64_t>(kMostPages)) {
    return refused(400, "limit must be between 1 and 250");
  }
  const bool trashed = call.parameter("status") == "trashed";
  const auto space = call.number("space-id", 0);
  auto rows = indexed(Kind::Page, [&](const Document& page) {
    return page.state == (trashed ? State::Trashed : State::Live) && may_read(page) &&
           (space == 0 || page.container == space);
  });
  const std::string sort = call.parameter("sort").value_or("id");
  const auto key = [&](const DocumentVersion& page) {
    return PageToken{sort_key(*page, sort), page->id};
  };
  if (!skip_to(rows, call.parameter("cursor"), key)) return refused(400, "Invalid cursor");
  const std::size_t size = page_rows(*limit, kMostPages);
  const bool with_body = call.has("body-format");
  Value links = object({{"base", call.origin + "/wiki"}});
  if (rows.size() > size) {
    links = extended(links, {{"next", following(call, "/wiki/api/v2/pages", key(rows[size - 1]))}});
  }
  return reply(object({{"results", listing(rows, 0, size,
                                           [&](const DocumentVersion& page) {
                                             return page_row(*page, with_body);
                                           })},
                       {"_links", links}}));
}

http::Response ConfluenceServer::page(const Call& call) const {
  const Document* found = readable(call.id(4));
  if (found == nullptr) return refused(404, "Not Found");
  return reply(page_row(*found, call.has("body-format")));
}

/// Of content alone, or of everything, where each content stands under a result.
http::Response ConfluenceServer::search(const Call& call) {
  const auto cql = QueryExpression::parse(call.parameter("cql").value_or(""));
  if (!cql) return refused(400, cql.error().message);
  if (cql->is_unbounded()) return refused(400, "Could not parse cql : ");
  if (const auto wrong = complaint(*cql)) return refused(400, *wrong);
  auto rows = indexed(Kind::Page, [&](const Document& page) {
    return page.state == State::Live && may_read(page) &&
           cql->accepts([&](const Condition& condition) { return holds(condition, page); });
  });
  const auto& order = cql->order();
  const std::string sort =
      order.empty() ? "id"
                    : std::string(order[0].descending ? "-" : "") +
                          (order[0].field == "created" ? "created-date" : "modified-date");
  const auto key = [&](const DocumentVersion& page) {
    return PageToken{sort_key(*page, sort), page->id};
  };
  if (!skip_to(rows, call.parameter("cursor"), key)) return refused(400, "Invalid cursor");
  const auto start =
      static_cast<std::size_t>(std::max<std::int64_t>(call.number("start", 0).value_or(0), 0));
  const std::size_t size = page_rows(call.number("limit", 25).value_or(25), kMostFound);
  const bool with_body =
      call.parameter("expand").value_or("").find("body.storage") != std::string::npos;
  const bool of_content = call.matches(Method::Get, "/wiki/rest/api/content/search");
  const std::string_view path = of_content ? "/rest/api/content/search" : "/rest/api/search";
  Value links = object({{"base", call.origin + "/wiki"}, {"context", "/wiki"}});
  if (rows.size() > start + size) {
    links = extended(links, {{"next", following(call, path, key(rows[start + size - 1]))}});
  }
  return reply(
      object({{"results", listing(rows, start, size,
                                  [&](const DocumentVersion& page) {
                                    const Value content = content_row(*page, with_body);
                                    return of_content ? content : object({{"content", content}});
                                  })},
              {"start", start},
              {"limit", size},
              {"_links", links}}));
}

std::optional<std::string> ConfluenceServer::complaint(const QueryExpression& cql) const {
  constexpr std::array<std::string_view, 5> kFields{"lastmodified", "created", "type", "space",
                                                    "id"};
  for (const Condition& condition : cql.conditions()) {
    if (std::ranges::find(kFields, condition.field) == kFields.end()) {
      return "Unsupported field: " + condition.field;
    }
    const bool is_time = condition.field == "lastmodified" || condition.field == "created";
    if (is_time && !query_time(condition.values.front(), world().server_now(), zone_)) {
      return "Could not parse date: " + condition.values.front();
    }
  }
  return std::nullopt;
}

bool ConfluenceServer::holds(const Condition& condition, const Document& page) const {
  const std::string& value = condition.values.front();
  if (condition.field == "lastmodified" || condition.field == "created") {
    const Instant time = condition.field == "created" ? page.created : page.edited;
    return compares(time, condition.operation, *query_time(value, world().server_now(), zone_));
  }
  const auto is_it = [&](const std::string& wanted) {
    if (condition.field == "type") return wanted == "page";
    if (condition.field == "space") return wanted == "S" + std::to_string(page.container);
    return wanted == std::to_string(page.id);
  };
  const bool negated = condition.operation == "!=" || condition.operation == "not in";
  return std::ranges::any_of(condition.values, is_it) != negated;
}

http::Response ConfluenceServer::comments(const Call& call) {
  const Document* found = readable(call.id(4));
  if (found == nullptr) return refused(404, "Not Found");
  const std::size_t size = page_rows(call.number("limit", 25).value_or(25), kMostPages);
  const auto token = PageToken::read(call.parameter("cursor").value_or(PageToken{}.text()));
  if (!token) return refused(400, "Invalid cursor");
  const auto first = static_cast<std::size_t>(token->key);
  Value links = object({{"base", call.origin + "/wiki"}});
  if (first + size < found->messages.size()) {
    const PageToken next{static_cast<std::int64_t>(first + size), 0};
    links = extended(links, {{"next", following(call, call.path, next)}});
  }
  const auto row = [&](const Message& message) {
    return object({{"id", std::to_string(message.id)},
                   {"status", "current"},
                   {"pageId", std::to_string(found->id)},
                   {"version", object({{"number", 1},
                                       {"authorId", std::to_string(message.author)},
                                       {"createdAt", with_milliseconds(message.edited)}})},
                   {"body", object({{"storage", storage(message.text)}})}});
  };
  return reply(
      object({{"results", listing(found->messages, first, size, row)}, {"_links", links}}));
}

/// Topmost first.
http::Response ConfluenceServer::ancestors(const Document& page) const {
  std::vector<Value> rows;
  for (const Document* at = world().find(page.parent); at != nullptr;
       at = world().find(at->parent)) {
    rows.insert(rows.begin(), object({{"id", std::to_string(at->id)}, {"type", "page"}}));
  }
  return reply(object({{"results", array(rows)}, {"_links", object({})}}));
}

http::Response ConfluenceServer::spaces() const {
  std::vector<Value> rows;
  for (const Id id : {801, 802}) {
    const std::string text = std::to_string(id);
    rows.push_back(object({{"id", text},
                           {"key", "S" + text},
                           {"name", "Space " + text},
                           {"type", "global"},
                           {"status", "current"}}));
  }
  return reply(object({{"results", array(rows)}, {"_links", object({})}}));
}

}  // namespace freshet::simulation
