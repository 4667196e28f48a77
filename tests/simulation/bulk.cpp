#include "tests/simulation/bulk.h"

#include <algorithm>
#include <array>

namespace freshet::simulation {

namespace {

constexpr std::array<std::string_view, 24> kWords{
    "printer", "invoice",  "password", "export", "timeout", "the",    "after",   "update",
    "cannot",  "customer", "order",    "and",    "sync",    "mobile", "browser", "with",
    "account", "error",    "button",   "when",   "report",  "is",     "missing", "again"};
constexpr std::int64_t kStart = 1'700'000'000;

std::string time_of(std::size_t number) {
  return to_rfc3339(from_epoch_seconds(kStart + static_cast<std::int64_t>(number) * 30));
}

}  // namespace

BulkZendesk::BulkZendesk(const Options& options) : options_(options) {
  const std::size_t size = options_.tickets_per_page;
  for (std::size_t page = 0; page * size < options_.tickets; ++page)
    pages_.push_back(page_of(page));
}

std::string BulkZendesk::sentence(Random& random) const {
  std::string text;
  for (std::size_t i = 0; i < options_.words; ++i) {
    text += kWords.at(random.below(kWords.size()));
    text += i % 12 == 11 ? ". " : " ";
  }
  return text;
}

std::string BulkZendesk::page_of(std::size_t page) const {
  std::vector<Value> rows;
  const std::size_t first = page * options_.tickets_per_page;
  const std::size_t end = std::min(first + options_.tickets_per_page, options_.tickets);
  for (std::size_t number = first + 1; number <= end; ++number) {
    Random random(options_.seed * 1'000'003 + number);
    const std::string text = sentence(random);
    rows.push_back(
        object({{"id", number},
                {"created_at", time_of(number)},
                {"updated_at", time_of(number + 100)},
                {"generated_timestamp", kStart + static_cast<std::int64_t>(number) * 30 + 3000},
                {"subject", "Ticket " + std::to_string(number) + " " + text.substr(0, 30)},
                {"description", text},
                {"status", number % 3 == 0 ? "open" : "solved"},
                {"requester_id", 9101 + random.below(3)},
                {"assignee_id", 9001},
                {"organization_id", 801 + random.below(2)},
                {"problem_id", nullptr},
                {"via", object({{"channel", "email"}})},
                {"custom_fields", array({object({{"id", 27642}, {"value", "745"}})})},
                {"tags", array({"enterprise", "bulk"})}}));
  }
  const std::string token = PageToken{static_cast<std::int64_t>(page) + 1, 0}.text();
  return object({{"tickets", array(rows)},
                 {"after_cursor", token},
                 {"after_url", nullptr},
                 {"end_of_stream", end == options_.tickets}})
      .text();
}

std::string BulkZendesk::comments_page(Id ticket) const {
  Random random(options_.seed * 1'000'003 + static_cast<std::uint64_t>(ticket));
  std::vector<Value> rows;
  for (std::size_t i = 0; i <= options_.comments; ++i) {
    const bool internal = i == 2;
    std::string text = sentence(random);
    if (internal) text += kInternalMarker;
    rows.push_back(object({{"id", ticket * 100 + static_cast<Id>(i)},
                           {"type", "Comment"},
                           {"author_id", i % 2 == 0 && !internal ? 9101 : 9001},
                           {"body", text},
                           {"html_body", "<div class=\"zd-comment\">" + html(text) + "</div>"},
                           {"plain_body", text},
                           {"public", !internal},
                           {"attachments", array({})},
                           {"created_at", time_of(static_cast<std::size_t>(ticket) + i)}}));
  }
  return object({{"comments", array(rows)},
                 {"meta", object({{"has_more", false}, {"after_cursor", nullptr}})},
                 {"links", object({{"next", nullptr}})}})
      .text();
}

http::Response BulkZendesk::handle(const http::Request& request) const {
  const Call call = read_call(request);
  const auto answer = [](std::string body) { return reply(Value::raw(std::move(body))); };
  http::Response response = reply(404, object({{"error", "RecordNotFound"}}));
  if (call.matches(http::Method::Get, "/api/v2/incremental/tickets/cursor")) {
    const auto token = PageToken::read(call.parameter("cursor").value_or(PageToken{}.text()));
    const auto page = static_cast<std::size_t>(token ? token->key : 0);
    response = answer(page < pages_.size()
                          ? pages_[page]
                          : object({{"tickets", array({})},
                                    {"after_cursor", call.parameter("cursor").value_or("")},
                                    {"end_of_stream", true}})
                                .text());
  } else if (call.matches(http::Method::Get, "/api/v2/tickets/*/comments")) {
    response = answer(comments_page(call.id(3)));
  } else if (call.path.starts_with("/api/v2/help_center/") ||
             call.path.ends_with("/deleted_tickets")) {
    const std::string name = call.segments.back();
    response = reply(object({{name, array({})},
                             {"meta", object({{"has_more", false}, {"after_cursor", nullptr}})},
                             {"next_page", nullptr},
                             {"end_time", nullptr}}));
  }
  response.headers["date"] = to_http_date(from_epoch_seconds(kStart + 86'400 * 365));
  return response;
}

}  // namespace freshet::simulation
