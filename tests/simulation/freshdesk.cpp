#include "tests/simulation/freshdesk.h"

#include <algorithm>
#include <array>

namespace freshet::simulation {

namespace {

using http::Method;

constexpr std::int64_t kMostPages = 300;
constexpr std::chrono::hours kUsualAge{24 * 30};
constexpr std::chrono::hours kUntilArchived{24 * 120};

// Who may read an article is a property of its folder.
constexpr Id kCategory = 8000;
constexpr Id kPublicFolder = 8001;
constexpr Id kSignedInFolder = 8002;
constexpr Id kGroupFolders = 9000;  ///< Plus the group; below the signed-in folder.

Id folder_of(const Document& article) {
  if (article.access == Access::Group) return kGroupFolders + article.group;
  return article.access == Access::SignedIn ? kSignedInFolder : kPublicFolder;
}

/// Closed tickets that nobody touched for 120 days go to an archive: no list has them, and they
/// have an address of their own.
bool is_archived(const Document& ticket, Instant now) {
  return ticket.solved && ticket.state == State::Live && now - ticket.updated > kUntilArchived;
}

http::Response not_found() {
  return {404, {}, ""};
}

http::Response refused(std::string_view field, std::string_view message) {
  return reply(
      400, object({{"description", "Validation failed"},
                   {"errors",
                    array({object(
                        {{"field", field}, {"message", message}, {"code", "invalid_value"}})})}}));
}

Value folder(Id id, std::string_view name, int visibility) {
  return object({{"id", id}, {"name", name}, {"description", nullptr}, {"visibility", visibility}});
}

Value ticket_row(const Document& ticket, bool with_description) {
  const Value row = object({{"id", ticket.id},
                            {"subject", ticket.title()},
                            {"status", ticket.solved ? 4 : 2},
                            {"priority", 1},
                            {"source", 1},
                            {"type", nullptr},
                            {"requester_id", ticket.author},
                            {"responder_id", 9001},
                            {"company_id", ticket.container},
                            {"group_id", nullptr},
                            {"spam", false},
                            {"tags", array({})},
                            {"due_by", nullptr},
                            {"created_at", to_rfc3339(ticket.created)},
                            {"updated_at", to_rfc3339(ticket.updated)}});
  if (!with_description) return row;
  return extended(row, {{"description", html(ticket.text())}, {"description_text", ticket.text()}});
}

Value conversation_row(const Message& message, Id ticket) {
  return object({{"id", message.id},
                 {"ticket_id", ticket},
                 {"user_id", message.author},
                 {"body", html(message.text)},
                 {"body_text", message.text},
                 {"private", message.audience == Audience::Staff},
                 {"incoming", !account(message.author).staff},
                 {"source", message.audience == Audience::Staff ? 2 : 0},
                 {"attachments", array({})},
                 {"created_at", to_rfc3339(message.created)},
                 {"updated_at", to_rfc3339(message.edited)}});
}

Value article_row(const Document& article) {
  return object({{"id", article.id},
                 {"type", 1},
                 {"category_id", kCategory},
                 {"folder_id", folder_of(article)},
                 {"title", article.title()},
                 {"description", html(article.text())},
                 {"description_text", article.text()},
                 {"status", article.access == Access::Draft ? 1 : 2},
                 {"agent_id", 9001},
                 {"tags", array({})},
                 {"seo_data", object({})},
                 {"created_at", to_rfc3339(article.created)},
                 {"updated_at", to_rfc3339(article.updated)}});
}

/// The parameter that the list of tickets does not know; empty if it knows them all.
std::string unknown_parameter(const Call& call) {
  constexpr std::array<std::string_view, 9> kKnown{"updated_since", "filter",       "order_by",
                                                   "order_type",    "page",         "per_page",
                                                   "include",       "requester_id", "company_id"};
  for (const auto& [name, value] : call.query) {
    if (std::ranges::find(kKnown, name) == kKnown.end()) return name;
  }
  return {};
}

}  // namespace

const Profile& FreshdeskServer::profile() const {
  static const Profile kProfile{
      .name = "Freshdesk",
      .capabilities = {.kinds = {Kind::Ticket, Kind::Article},
                       .accesses = {Access::Public, Access::SignedIn, Access::Group, Access::Draft},
                       .staff_messages = true,
                       .solves = true,
                       .merging = Merging::ClosesSource,
                       .revision = Revision::Silent},
      .rows = {""},
      .parts = {"/conversations", "/categories", "/folders", "/subfolders"},
      .page_tokens = {},
      .ends = {},
      .expired_token_status = 400,
      .expired_token_body = "{}"};
  return kProfile;
}

http::Response FreshdeskServer::answer(const Call& call) {
  const auto get = [&](std::string_view path) {
    return call.matches(Method::Get, "/api/v2" + std::string(path));
  };
  if (get("/tickets")) return tickets(call);
  if (get("/tickets/*")) return ticket(call.id(3), false);
  if (get("/tickets/archived/*")) return ticket(call.id(4), true);
  if (get("/tickets/*/conversations")) {
    const Document* found = current(call.id(3), Kind::Ticket);
    if (found == nullptr || found->state == State::Gone) return not_found();
    if (is_archived(*found, world().server_now())) return not_found();
    return page(call, found->messages,
                [&](const Message& message) { return conversation_row(message, found->id); });
  }
  if (call.path.starts_with("/api/v2/solutions/")) return solutions(call);
  return not_found();
}

http::Response FreshdeskServer::tickets(const Call& call) {
  if (const std::string name = unknown_parameter(call); !name.empty()) {
    return refused(name, "Unexpected/invalid field in request");
  }
  const auto since = parse_rfc3339(call.parameter("updated_since").value_or("1970-01-01"));
  if (!since)
    return refused("updated_since", "It should be in the 'combined date and time' format");
  const bool all_ages = call.has("updated_since") || call.has("filter");
  const bool deleted = call.parameter("filter") == "deleted";
  const Instant oldest = world().server_now() - kUsualAge;
  auto rows = indexed(Kind::Ticket, [&](const Document& ticket) {
    return !is_archived(ticket, world().server_now()) &&
           ticket.state == (deleted ? State::Trashed : State::Live) &&
           std::chrono::floor<std::chrono::seconds>(ticket.updated) >= *since &&
           (all_ages || ticket.created >= oldest);
  });
  const bool by_update = call.parameter("order_by") == "updated_at";
  const auto key = [&](const DocumentVersion& ticket) {
    return epoch_seconds(by_update ? ticket->updated : ticket->created);
  };
  if (call.parameter("order_type").value_or("desc") == "asc") {
    std::ranges::stable_sort(rows, {}, key);
  } else {
    std::ranges::stable_sort(rows, std::greater<>{}, key);
  }
  const bool described =
      call.parameter("include").value_or("").find("description") != std::string::npos;
  return page(call, rows, [&](const DocumentVersion& ticket) {
    return deleted ? extended(ticket_row(*ticket, described), {{"deleted", true}})
                   : ticket_row(*ticket, described);
  });
}

http::Response FreshdeskServer::ticket(Id id, bool archived) {
  const Document* found = current(id, Kind::Ticket);
  if (found == nullptr || found->state == State::Gone) return not_found();
  if (is_archived(*found, world().server_now()) != archived) return not_found();
  const Value row = ticket_row(*found, true);
  return reply(found->state == State::Trashed ? extended(row, {{"deleted", true}}) : row);
}

http::Response FreshdeskServer::solutions(const Call& call) {
  const auto get = [&](std::string_view path) {
    return call.matches(Method::Get, "/api/v2/solutions" + std::string(path));
  };
  const auto itself = [](const Value& value) { return value; };
  if (get("/categories")) {
    const std::vector<Value> categories{object({{"id", kCategory}, {"name", "General"}})};
    return page(call, categories, itself);
  }
  if (get("/categories/*/folders")) {
    const std::vector<Value> folders{folder(kPublicFolder, "Everybody", 1),
                                     folder(kSignedInFolder, "Customers", 2)};
    return call.id(4) == kCategory ? page(call, folders, itself) : not_found();
  }
  if (get("/folders/*/subfolders")) {
    std::vector<Value> folders;
    for (const Group& group : groups()) {
      folders.push_back(extended(folder(kGroupFolders + group.id, group.name, 4),
                                 {{"company_ids", array({group.id})}}));
    }
    if (call.id(4) != kSignedInFolder) folders.clear();
    return page(call, folders, itself);
  }
  if (get("/folders/*/articles")) {
    const auto rows = indexed(Kind::Article, [&](const Document& article) {
      return article.state == State::Live && folder_of(article) == call.id(4);
    });
    return page(call, rows, [](const DocumentVersion& article) { return article_row(*article); });
  }
  if (get("/articles/*")) {
    const Document* article = current(call.id(4), Kind::Article);
    if (article == nullptr || article->state != State::Live) return not_found();
    return reply(article_row(*article));
  }
  return not_found();
}

template <typename Rows, typename Render>
http::Response FreshdeskServer::page(const Call& call, const Rows& rows, const Render& render) {
  const auto number = call.number("page", 1);
  const auto asked = call.number("per_page", 30);
  if (!number || *number < 1) return refused("page", "It should be a Positive Integer");
  if (*number > kMostPages)
    return refused("page", "You cannot access tickets beyond the 300th page");
  if (!asked || *asked < 1 || *asked > 100) {
    return refused("per_page", "It should be a Positive Integer less than or equal to 100");
  }
  const std::size_t size = page_rows(*asked, 100);
  const std::size_t first = static_cast<std::size_t>(*number - 1) * size;
  http::Response response = reply(listing(rows, first, size, render));
  if (first + size < rows.size()) {
    response.headers["link"] =
        "<" + call.url_with("page", std::to_string(*number + 1)) + ">; rel=\"next\"";
  }
  return response;
}

}  // namespace freshet::simulation
