#include "tests/simulation/intercom.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace freshet::simulation {

namespace {

using http::Method;

constexpr std::size_t kMostRows = 150;
constexpr std::size_t kMostParts = 500;

http::Response refused(int status, std::string_view code, std::string_view message) {
  return reply(status,
               object({{"type", "error.list"},
                       {"request_id", "b1"},
                       {"errors", array({object({{"code", code}, {"message", message}})})}}));
}

http::Response not_found() {
  return refused(404, "not_found", "Resource Not Found");
}

Value author(Id id) {
  const Account& who = account(id);
  return object(
      {{"type", who.staff ? "admin" : "user"}, {"id", std::to_string(id)}, {"name", who.name}});
}

Value article_row(const Document& article) {
  const std::string id = std::to_string(article.id);
  const bool draft = article.access == Access::Draft;
  return object(
      {{"id", id},
       {"type", "article"},
       {"workspace_id", "acme"},
       {"parent_id", article.container},
       {"parent_type", "collection"},
       {"title", article.title()},
       {"description", ""},
       {"body", html(article.text())},
       {"author_id", article.author},
       {"state", draft ? "draft" : "published"},
       {"help_center_audience", article.access == Access::Group ? "restricted" : "everyone"},
       {"created_at", epoch_seconds(article.created)},
       {"updated_at", epoch_seconds(article.updated)},
       {"url", draft ? Value(nullptr) : Value("https://help.acme.example/articles/" + id)}});
}

Value conversation_row(const Document& conversation) {
  return object({{"type", "conversation"},
                 {"id", std::to_string(conversation.id)},
                 {"title", conversation.title()},
                 {"created_at", epoch_seconds(conversation.created)},
                 {"updated_at", epoch_seconds(conversation.updated)},
                 {"state", conversation.solved ? "closed" : "open"},
                 {"open", !conversation.solved},
                 {"read", true},
                 {"source", object({{"type", "conversation"},
                                    {"id", std::to_string(conversation.id)},
                                    {"body", html(conversation.text())},
                                    {"author", author(conversation.author)}})}});
}

Value part_row(const Message& part) {
  return object({{"type", "conversation_part"},
                 {"id", std::to_string(part.id)},
                 {"part_type", part.audience == Audience::Staff ? "note" : "comment"},
                 {"body", html(part.text)},
                 {"created_at", epoch_seconds(part.created)},
                 {"updated_at", epoch_seconds(part.edited)},
                 {"author", author(part.author)},
                 {"attachments", array({})},
                 {"redacted", false}});
}

bool is_live(const Document& document) {
  return document.state == State::Live;
}

std::optional<std::int64_t> field_of(const Document& conversation, std::string_view field) {
  if (field == "updated_at") return epoch_seconds(conversation.updated);
  if (field == "created_at") return epoch_seconds(conversation.created);
  if (field == "id") return conversation.id;
  return std::nullopt;
}

std::optional<std::int64_t> number_of(const Json& value) {
  if (value.is_number_integer()) return value.get<std::int64_t>();
  return value.is_string() ? whole_number(value.get<std::string>()) : std::nullopt;
}

/// Nothing where the query cannot be understood. ">" and "<" include their bound, as documented.
std::optional<bool> matches(const Json& query, const Document& conversation) {
  const std::string operation = json_string(query, "operator").value_or("");
  const Json* value = json_member(query, "value");
  if (value == nullptr) return std::nullopt;
  if (operation == "AND" || operation == "OR") {
    if (!value->is_array()) return std::nullopt;
    bool all = true;
    bool any = false;
    for (const Json& part : *value) {
      const auto one = matches(part, conversation);
      if (!one) return std::nullopt;
      all = all && *one;
      any = any || *one;
    }
    return operation == "AND" ? all : any;
  }
  const auto field = field_of(conversation, json_string(query, "field").value_or(""));
  const auto wanted = number_of(*value);
  if (!field || !wanted) return std::nullopt;
  if (operation == ">") return *field >= *wanted;
  if (operation == "<") return *field <= *wanted;
  if (operation == "=") return *field == *wanted;
  if (operation == "!=") return *field != *wanted;
  return std::nullopt;
}

/// What was asked for comes back as the text that it was.
Value numbered(const Call& call, std::int64_t page, std::size_t size, std::size_t total) {
  const auto pages = static_cast<std::int64_t>((total + size - 1) / size);
  const bool more = page < pages;
  return object(
      {{"type", "pages"},
       {"next", more ? Value(call.url_with("page", std::to_string(page + 1))) : Value(nullptr)},
       {"page", call.has("page") ? Value(std::to_string(page)) : Value(page)},
       {"per_page", size},
       {"total_pages", pages}});
}

}  // namespace

const Profile& IntercomServer::profile() const {
  static const Profile kProfile{
      .name = "Intercom",
      .capabilities = {.kinds = {Kind::Ticket, Kind::Article},
                       .accesses = {Access::Public, Access::Group, Access::Draft},
                       .staff_messages = true,
                       .restores = false,
                       .solves = true},
      .throttling = Throttling::ResetEpoch,
      .rows = {"/data", "/conversations"},
      .page_tokens = {"starting_after"},
      .ends = {{"/pages/next", "null"}},
      .expired_token_status = 400,
      .expired_token_body =
          R"({"type":"error.list","errors":[{"code":"parameter_invalid","message":"starting_after is invalid"}]})"};
  return kProfile;
}

http::Response IntercomServer::answer(const Call& call) {
  const auto get = [&](std::string_view path) { return call.matches(Method::Get, path); };
  if (get("/articles")) return articles(call);
  if (get("/articles/*")) {
    const Document* found = current(call.id(1), Kind::Article);
    return found == nullptr || !is_live(*found) ? not_found() : reply(article_row(*found));
  }
  if (call.matches(Method::Post, "/conversations/search")) return search(call);
  if (get("/conversations/deleted")) return deleted(call);
  if (get("/conversations/*")) return conversation(call);
  return not_found();
}

http::Response IntercomServer::articles(const Call& call) {
  auto rows = indexed(Kind::Article, is_live);
  std::ranges::stable_sort(rows, std::greater<>{}, [](const DocumentVersion& article) {
    return epoch_seconds(article->updated);
  });
  const std::int64_t page = std::max<std::int64_t>(call.number("page", 1).value_or(1), 1);
  const std::size_t size = page_rows(call.number("per_page", 50).value_or(50), kMostRows);
  const Value data = listing(rows, static_cast<std::size_t>(page - 1) * size, size,
                             [](const DocumentVersion& article) { return article_row(*article); });
  return reply(object({{"type", "list"},
                       {"pages", numbered(call, page, size, rows.size())},
                       {"total_count", rows.size()},
                       {"data", data}}));
}

http::Response IntercomServer::search(const Call& call) {
  const Json body = call.body();
  const Json* query = json_member(body, "query");
  const Document probe;
  if (query == nullptr || !matches(*query, probe)) {
    return refused(400, "parameter_invalid", "the query is not valid");
  }
  auto rows = indexed(Kind::Ticket, [&](const Document& conversation) {
    return is_live(conversation) && matches(*query, conversation) == true;
  });
  const Json pagination = body.value("pagination", Json::object());
  const Json sort = body.value("sort", Json::object());
  const std::string field = json_string(sort, "field").value_or("updated_at");
  const bool ascending = json_string(sort, "order").value_or("descending") == "ascending";
  const auto key = [&](const DocumentVersion& conversation) {
    const std::int64_t value = field_of(*conversation, field).value_or(0);
    return PageToken{ascending ? value : -value, conversation->id};
  };
  std::ranges::sort(rows, {}, key);
  const std::size_t total = rows.size();
  if (const auto token = json_string(pagination, "starting_after")) {
    const auto after = PageToken::read(*token);
    if (!after) return refused(400, "parameter_invalid", "starting_after is invalid");
    std::erase_if(rows, [&](const auto& row) { return key(row) <= *after; });
  }
  const auto asked = json_integer(pagination, "per_page").value_or(20);
  if (asked < 1 || asked > static_cast<std::int64_t>(kMostRows)) {
    return refused(400, "parameter_invalid", "per_page must be between 1 and 150");
  }
  const std::size_t size = page_rows(asked, kMostRows);
  const bool more = rows.size() > size;
  const Value next =
      more ? object({{"page", 2}, {"starting_after", key(rows[size - 1]).text()}}) : Value(nullptr);
  return reply(object({{"type", "conversation.list"},
                       {"pages", object({{"type", "pages"}, {"next", next}, {"per_page", size}})},
                       {"total_count", total},
                       {"conversations", listing(rows, 0, size, [](const DocumentVersion& row) {
                          return conversation_row(*row);
                        })}}));
}

/// The newest 500 parts only.
http::Response IntercomServer::conversation(const Call& call) const {
  const Document* found = current(call.id(1), Kind::Ticket);
  if (found == nullptr || !is_live(*found)) return not_found();
  const std::size_t total = found->messages.size();
  std::vector<Value> parts;
  for (std::size_t i = total > kMostParts ? total - kMostParts : 0; i < total; ++i) {
    parts.push_back(part_row(found->messages[i]));
  }
  return reply(extended(conversation_row(*found),
                        {{"conversation_parts", object({{"type", "conversation_part.list"},
                                                        {"conversation_parts", array(parts)},
                                                        {"total_count", total}})}}));
}

/// From version 2.16 on.
http::Response IntercomServer::deleted(const Call& call) {
  const std::string version = call.header("intercom-version").value_or("");
  if (version != "2.16" && version != "Unstable" && version != "Preview") return not_found();
  auto rows = indexed(Kind::Ticket, std::not_fn(is_live));
  std::ranges::stable_sort(rows, std::greater<>{}, &Document::removed);
  const std::int64_t page = std::max<std::int64_t>(call.number("page", 1).value_or(1), 1);
  const std::size_t size = page_rows(call.number("per_page", 20).value_or(20), 60);
  const Value data = listing(
      rows, static_cast<std::size_t>(page - 1) * size, size, [](const DocumentVersion& row) {
        return object(
            {{"id", std::to_string(row->id)}, {"deleted_at", epoch_seconds(row->removed)}});
      });
  return reply(object({{"type", "conversation.list"},
                       {"pages", numbered(call, page, size, rows.size())},
                       {"total_count", rows.size()},
                       {"conversations", data}}));
}

}  // namespace freshet::simulation
