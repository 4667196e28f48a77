#include "tests/simulation/zendesk.h"

#include <algorithm>
#include <tuple>

namespace freshet::simulation {

namespace {

using http::Method;
using std::chrono::seconds;

constexpr Id kSignedInSegment = 360;
constexpr seconds kNotYetExported{60};
constexpr std::size_t kExportsPerMinute = 10;

http::Response not_found() {
  return reply(404, object({{"error", "RecordNotFound"}, {"description", "Not found"}}));
}

http::Response invalid(int status, std::string_view error, std::string_view description) {
  return reply(status, object({{"error", error}, {"description", description}}));
}

std::string_view status_of(const Document& ticket) {
  if (ticket.state != State::Live) return "deleted";
  if (ticket.solved) return "solved";
  return ticket.messages.empty() ? "new" : "open";
}

Value ticket_row(const Document& ticket) {
  const bool scrubbed = ticket.state == State::Gone;
  const std::string subject = scrubbed ? "SCRUBBED" : ticket.title();
  return object({{"id", ticket.id},
                 {"url", "https://acme.zendesk.com/api/v2/tickets/" + std::to_string(ticket.id)},
                 {"external_id", nullptr},
                 {"via", object({{"channel", "web"}})},
                 {"created_at", to_rfc3339(ticket.created)},
                 {"updated_at", to_rfc3339(ticket.updated)},
                 {"generated_timestamp", epoch_seconds(ticket.touched)},
                 {"type", nullptr},
                 {"subject", subject},
                 {"raw_subject", subject},
                 {"description", scrubbed ? std::string("SCRUBBED") : ticket.text()},
                 {"status", status_of(ticket)},
                 {"requester_id", ticket.author},
                 {"submitter_id", ticket.author},
                 {"assignee_id", 9001},
                 {"organization_id", ticket.container},
                 {"problem_id", nullptr},
                 {"is_public", true},
                 {"tags", array({"simulated"})}});
}

/// The description of a ticket is its first comment.
Message description_of(const Document& ticket) {
  return {.id = ticket.id + 1'000'000'000,
          .author = ticket.author,
          .audience = Audience::Everyone,
          .text = ticket.text(),
          .marker = ticket.marker,
          .created = ticket.created,
          .edited = ticket.edited};
}

Value comment_row(const Message& comment) {
  return object({{"id", comment.id},
                 {"type", "Comment"},
                 {"author_id", comment.author},
                 {"body", comment.text},
                 {"html_body", "<div class=\"zd-comment\">" + html(comment.text) + "</div>"},
                 {"plain_body", comment.text},
                 {"public", comment.audience == Audience::Everyone},
                 {"attachments", array({})},
                 {"created_at", to_rfc3339(comment.created)}});
}

Value segment_of(const Document& article) {
  switch (article.access) {
    case Access::SignedIn:
      return kSignedInSegment;
    case Access::Group:
      return article.group;
    default:
      return nullptr;
  }
}

Value article_row(const Document& article) {
  const std::string id = std::to_string(article.id);
  const Value segment = segment_of(article);
  return object({{"id", article.id},
                 {"url", "https://acme.zendesk.com/api/v2/help_center/articles/" + id},
                 {"html_url", "https://acme.zendesk.com/hc/en-us/articles/" + id},
                 {"author_id", article.author},
                 {"comments_disabled", true},
                 {"draft", article.access == Access::Draft},
                 {"promoted", false},
                 {"position", 0},
                 {"vote_sum", 0},
                 {"section_id", article.container},
                 {"created_at", to_rfc3339(article.created)},
                 {"updated_at", to_rfc3339(article.updated)},
                 {"edited_at", to_rfc3339(article.edited)},
                 {"name", article.title()},
                 {"title", article.title()},
                 {"source_locale", "en-us"},
                 {"locale", "en-us"},
                 {"outdated", false},
                 {"user_segment_id", segment},
                 {"user_segment_ids", segment.text() == "null" ? array({}) : array({segment})},
                 {"permission_group_id", 55},
                 {"label_names", array({})},
                 {"body", html(article.text())}});
}

bool is_listed(const Document& article) {
  return article.state == State::Live && article.access != Access::Hidden;
}

}  // namespace

const Profile& ZendeskServer::profile() const {
  static const Profile kProfile{
      .name = "Zendesk",
      .capabilities = {.kinds = {Kind::Ticket, Kind::Article},
                       .accesses = {Access::Public, Access::SignedIn, Access::Group, Access::Draft},
                       .staff_messages = true,
                       .solves = true,
                       .merging = Merging::ClosesSource},
      .rows = {"/tickets", "/articles", "/deleted_tickets"},
      .parts = {"/comments"},
      .page_tokens = {"cursor", "page[after]"},
      // Without a new position: a client that takes none would skip what it was not shown.
      .ends = {{"/end_of_stream", "true"},
               {"/after_cursor", "null"},
               {"/after_url", "null"},
               {"/end_time", "null"},
               {"/next_page", "null"},
               {"/meta/has_more", "false"},
               {"/links/next", "null"}},
      .expired_token_status = 400,
      .expired_token_body =
          R"({"error":"InvalidPaginationParameter","description":"cursor is not valid"})"};
  return kProfile;
}

http::Response ZendeskServer::answer(const Call& call) {
  const auto get = [&](std::string_view path) {
    return call.matches(Method::Get, "/api/v2" + std::string(path));
  };
  if (auto refused = over_limit(call)) return *std::move(refused);
  if (get("/incremental/tickets/cursor")) return export_tickets(call);
  if (get("/tickets/*/comments")) return comments(call);
  if (get("/tickets/*")) return ticket(call);
  if (get("/deleted_tickets")) return deleted_tickets(call);
  if (get("/help_center/incremental/articles")) return export_articles(call);
  if (get("/help_center/articles")) return articles(call);
  if (get("/help_center/articles/*")) {
    const Document* article = current(call.id(4), Kind::Article);
    if (article == nullptr || !is_listed(*article)) return not_found();
    return reply(object({{"article", article_row(*article)}}));
  }
  if (get("/help_center/sections")) {
    const std::vector<Id> sections{801, 802};
    return page(call, "sections", sections, [](Id id) {
      return object({{"id", id}, {"name", "Section " + std::to_string(id)}, {"locale", "en-us"}});
    });
  }
  if (get("/help_center/user_segments")) {
    std::vector<Group> segments{{kSignedInSegment, "Signed-in users"}};
    segments.insert(segments.end(), groups().begin(), groups().end());
    return page(call, "user_segments", segments, [](const Group& group) {
      return object({{"id", group.id},
                     {"name", group.name},
                     {"user_type", "signed_in_users"},
                     {"built_in", group.id == kSignedInSegment}});
    });
  }
  return not_found();
}

std::optional<http::Response> ZendeskServer::over_limit(const Call& call) {
  if (!options().rate_limits || !call.path.starts_with("/api/v2/incremental/")) return std::nullopt;
  const Instant now = world().now();
  while (!exports_.empty() && now - exports_.front() >= seconds{60}) exports_.pop_front();
  if (exports_.size() < kExportsPerMinute) {
    exports_.push_back(now);
    return std::nullopt;
  }
  http::Response response = invalid(429, "APIRateLimitExceeded", "Number of allowed API requests");
  const auto wait = std::chrono::ceil<seconds>(exports_.front() + seconds{60} - now);
  response.headers["retry-after"] = std::to_string(wait.count());
  return response;
}

/// Ordered by the time that anything changed, read from the store itself: the documented way to
/// stay complete is to leave the last minute out, not to wait for an index.
http::Response ZendeskServer::export_tickets(const Call& call) {
  const std::int64_t newest = epoch_seconds(world().server_now() - kNotYetExported);
  PageToken after;
  if (const auto cursor = call.parameter("cursor")) {
    const auto position = PageToken::read(*cursor);
    if (!position) return invalid(400, "InvalidPaginationParameter", "cursor is not valid");
    after = *position;
  } else {
    const auto start = call.number("start_time", -1);
    if (!start || *start < 0) return invalid(400, "StartTimeMissing", "start_time is required");
    if (*start > newest) {
      return invalid(422, "InvalidValue",
                     "Too recent start_time. Use a start_time older than 1 minute");
    }
    after = {*start, 0};
  }
  std::vector<const Document*> rows;
  for (const auto& [id, document] : world().documents()) {
    const PageToken position{epoch_seconds(document->touched), id};
    if (document->kind == Kind::Ticket && position > after && position.key < newest) {
      rows.push_back(document.get());
    }
  }
  std::ranges::sort(rows, {}, [](const Document* ticket) {
    return std::pair{epoch_seconds(ticket->touched), ticket->id};
  });
  const bool pauses = !rows.empty() && call.has("cursor") && world().random().chance(0.05);
  const std::size_t count = pauses ? 0 : page_rows(call.number("per_page", 1000).value_or(0), 1000);
  const std::size_t shown = std::min(count, rows.size());
  if (shown > 0) after = {epoch_seconds(rows[shown - 1]->touched), rows[shown - 1]->id};
  const bool has_cursor = call.has("cursor") || shown > 0;
  const std::string token = after.text();
  return reply(object(
      {{"tickets", listing(rows, 0, count, [](const auto* row) { return ticket_row(*row); })},
       {"after_url", has_cursor ? Value(call.url_with("cursor", token)) : Value(nullptr)},
       {"before_url", nullptr},
       {"after_cursor", has_cursor ? Value(token) : Value(nullptr)},
       {"before_cursor", nullptr},
       {"end_of_stream", shown == rows.size()}}));
}

http::Response ZendeskServer::ticket(const Call& call) {
  const Document* found = current(call.id(3), Kind::Ticket);
  if (found == nullptr || found->state != State::Live) return not_found();
  return reply(object({{"ticket", ticket_row(*found)}}));
}

http::Response ZendeskServer::comments(const Call& call) {
  const Document* found = current(call.id(3), Kind::Ticket);
  if (found == nullptr || found->state != State::Live) return not_found();
  std::vector<Message> comments{description_of(*found)};
  comments.insert(comments.end(), found->messages.begin(), found->messages.end());
  return page(call, "comments", comments, comment_row);
}

http::Response ZendeskServer::deleted_tickets(const Call& call) {
  const auto rows =
      indexed(Kind::Ticket, [](const Document& ticket) { return ticket.state == State::Trashed; });
  return page(call, "deleted_tickets", rows, [](const DocumentVersion& ticket) {
    return object({{"id", ticket->id},
                   {"subject", ticket->title()},
                   {"actor", object({{"id", 9001}, {"name", account(9001).name}})},
                   {"deleted_at", to_rfc3339(ticket->removed)},
                   {"previous_state", ticket->solved ? "solved" : "open"}});
  });
}

/// Time-based: the next page begins with the last second of this one, and the last has none.
/// Everything of the last second on a page comes with it, so pages may be longer than asked for;
/// the vendor promises no more than that a page has up to 1,000 articles.
http::Response ZendeskServer::export_articles(const Call& call) {
  const auto start = call.number("start_time", -1);
  if (!start || *start < 0) return invalid(400, "StartTimeMissing", "start_time is required");
  auto rows = indexed(Kind::Article, [&](const Document& article) {
    return is_listed(article) && epoch_seconds(article.updated) >= *start;
  });
  const auto updated = [](const DocumentVersion& article) {
    return epoch_seconds(article->updated);
  };
  std::ranges::stable_sort(rows, {}, updated);
  std::size_t count = std::min(page_rows(1000, 1000), rows.size());
  while (count > 0 && count < rows.size() && updated(rows[count]) == updated(rows[count - 1])) {
    ++count;
  }
  const std::int64_t end = count > 0 ? updated(rows[count - 1]) : *start;
  return reply(object(
      {{"count", count},
       {"next_page", count < rows.size() ? Value(call.url_with("start_time", std::to_string(end)))
                                         : Value(nullptr)},
       {"end_time", count > 0 ? Value(end) : Value(nullptr)},
       {"articles", listing(rows, 0, count, [](const auto& row) { return article_row(*row); })}}));
}

http::Response ZendeskServer::articles(const Call& call) {
  auto rows = indexed(Kind::Article, is_listed);
  const std::string by = call.parameter("sort_by").value_or("position");
  const auto key = [&](const DocumentVersion& article) {
    const Instant time = by == "updated_at"   ? article->updated
                         : by == "created_at" ? article->created
                         : by == "edited_at"  ? article->edited
                                              : Instant{};
    return std::pair{epoch_seconds(time), article->id};
  };
  if (call.parameter("sort_order").value_or("asc") == "desc") {
    std::ranges::sort(rows, std::greater<>{}, key);
  } else {
    std::ranges::sort(rows, {}, key);
  }
  return page(call, "articles", rows, [](const auto& row) { return article_row(*row); });
}

/// Cursor pages where page[size] or page[after] asks for them, else numbered ones.
template <typename Rows, typename Render>
http::Response ZendeskServer::page(const Call& call, std::string_view name, const Rows& rows,
                                   const Render& render) {
  if (!call.has("page[size]") && !call.has("page[after]")) {
    return numbered_page(call, name, rows, render);
  }
  std::size_t first = 0;
  if (const auto token = call.parameter("page[after]"); token && !token->empty()) {
    const auto position = PageToken::read(*token);
    if (!position) return invalid(400, "InvalidPaginationParameter", "page[after] is not valid");
    first = static_cast<std::size_t>(position->key);
  }
  const auto asked = call.number("page[size]", 100);
  if (!asked || *asked < 1 || *asked > 100) {
    return invalid(400, "InvalidPaginationParameter", "page[size] must be between 1 and 100");
  }
  const std::size_t end = first + page_rows(*asked, 100);
  const bool more = end < rows.size();
  const std::string token =
      PageToken{static_cast<std::int64_t>(std::min(end, rows.size())), 0}.text();
  return reply(object(
      {{name, listing(rows, first, end - first, render)},
       {"meta", object({{"has_more", more}, {"after_cursor", token}, {"before_cursor", nullptr}})},
       {"links",
        object({{"next", more ? Value(call.url_with("page[after]", token)) : Value(nullptr)},
                {"prev", nullptr}})}}));
}

template <typename Rows, typename Render>
http::Response ZendeskServer::numbered_page(const Call& call, std::string_view name,
                                            const Rows& rows, const Render& render) {
  const auto number = call.number("page", 1);
  const auto asked = call.number("per_page", 100);
  if (!number || *number < 1 || !asked) {
    return invalid(400, "InvalidPaginationParameter", "page must be a positive number");
  }
  const std::size_t size = page_rows(*asked, 100);
  if (*number > 100) {
    return invalid(400, "InvalidPaginationDepth", "Number of pages exceeds the limit of 100");
  }
  const std::size_t first = static_cast<std::size_t>(*number - 1) * size;
  const bool more = first + size < rows.size();
  return reply(
      object({{name, listing(rows, first, size, render)},
              {"count", rows.size()},
              {"next_page",
               more ? Value(call.url_with("page", std::to_string(*number + 1))) : Value(nullptr)},
              {"previous_page", nullptr}}));
}

}  // namespace freshet::simulation
