#include "tests/simulation/notion.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace freshet::simulation {

namespace {

using http::Method;

constexpr std::size_t kMostRows = 100;
/// Blocks of a page: the page's id plus so many times this.
constexpr Id kLevel = 1'000'000'000;
constexpr std::string_view kPrefix = "00000000-0000-4000-8000-";

http::Response refused(int status, std::string_view code, std::string_view message) {
  return reply(
      status,
      object({{"object", "error"}, {"status", status}, {"code", code}, {"message", message}}));
}

http::Response not_found() {
  return refused(404, "object_not_found",
                 "Could not find it. Make sure it is shared with your integration.");
}

/// Rounded down to the minute, as documented.
std::string minute_text(Instant instant) {
  return with_milliseconds(std::chrono::floor<std::chrono::minutes>(instant));
}

Value rich_text(std::string_view text) {
  return array({object({{"type", "text"},
                        {"text", object({{"content", text}, {"link", nullptr}})},
                        {"plain_text", text}})});
}

Value page_row(const Document& page) {
  const Value parent = page.parent == 0
                           ? object({{"type", "workspace"}, {"workspace", true}})
                           : object({{"type", "page_id"}, {"page_id", notion_id(page.parent)}});
  const Value title =
      object({{"id", "title"}, {"type", "title"}, {"title", rich_text(page.title())}});
  const std::string id = notion_id(page.id);
  return object({{"object", "page"},
                 {"id", id},
                 {"created_time", minute_text(page.created)},
                 {"last_edited_time", minute_text(page.updated)},
                 {"created_by", object({{"object", "user"}, {"id", notion_id(page.author)}})},
                 {"archived", page.state == State::Trashed},
                 {"in_trash", page.state == State::Trashed},
                 {"parent", parent},
                 {"properties", object({{"title", title}})},
                 {"url", "https://www.notion.so/" + id}});
}

Value block(Id id, std::string_view type, bool has_children, const Value& content) {
  return object({{"object", "block"},
                 {"id", notion_id(id)},
                 {"type", type},
                 {"has_children", has_children},
                 {"in_trash", false},
                 {type, content}});
}

Value text_block(Id id, std::string_view type, bool has_children, std::string_view text) {
  return block(id, type, has_children, object({{"rich_text", rich_text(text)}}));
}

Value comment_row(const Message& comment, Id page) {
  return object({{"object", "comment"},
                 {"id", notion_id(comment.id)},
                 {"parent", object({{"type", "page_id"}, {"page_id", notion_id(page)}})},
                 {"created_time", minute_text(comment.created)},
                 {"last_edited_time", minute_text(comment.edited)},
                 {"created_by", object({{"object", "user"}, {"id", notion_id(comment.author)}})},
                 {"rich_text", rich_text(comment.text)}});
}

}  // namespace

std::string notion_id(Id id) {
  const std::string digits = std::to_string(id);
  return std::string(kPrefix) + std::string(12 - digits.size(), '0') + digits;
}

Id read_notion_id(std::string_view text) {
  std::string bare(text);
  std::erase(bare, '-');
  return bare.size() == 32 ? whole_number(bare.substr(20)).value_or(0) : 0;
}

const Profile& NotionServer::profile() const {
  static const Profile kProfile{
      .name = "Notion",
      .capabilities = {.kinds = {Kind::Page}, .accesses = {Access::SignedIn, Access::Hidden}},
      .rows = {"/results"},
      .parts = {"/children", "/comments"},
      .page_tokens = {"start_cursor"},
      .ends = {{"/has_more", "false"}, {"/next_cursor", "null"}},
      .expired_token_status = 400,
      .expired_token_body =
          R"({"object":"error","status":400,"code":"validation_error","message":"The start_cursor provided is invalid"})"};
  return kProfile;
}

http::Response NotionServer::answer(const Call& call) {
  if (!call.header("notion-version")) {
    return refused(400, "missing_version", "Notion-Version header should be defined");
  }
  if (call.matches(Method::Post, "/v1/search")) return search(call);
  if (call.matches(Method::Get, "/v1/comments")) return comments(call);
  if (call.matches(Method::Get, "/v1/blocks/*/children")) return children(call);
  const Document* page =
      call.segments.size() > 2 ? shared(read_notion_id(call.segments[2])) : nullptr;
  if (page == nullptr) return not_found();
  if (call.matches(Method::Get, "/v1/pages/*")) return reply(page_row(*page));
  if (call.matches(Method::Get, "/v1/pages/*/markdown")) {
    return reply(object({{"object", "page_markdown"},
                         {"id", notion_id(page->id)},
                         {"markdown", page->text()},
                         {"truncated", false}}));
  }
  return refused(400, "invalid_request_url", "Invalid request URL.");
}

const Document* NotionServer::shared(Id id) const {
  const Document* page = current(id, Kind::Page);
  if (page == nullptr || page->state == State::Gone) return nullptr;
  return world().truth_of(*page).access == Access::Hidden ? nullptr : page;
}

http::Response NotionServer::search(const Call& call) {
  const Json body = call.body();
  if (!body.is_object()) return refused(400, "invalid_json", "Error parsing JSON body.");
  const std::int64_t asked = json_integer(body, "page_size").value_or(100);
  if (asked < 1 || asked > static_cast<std::int64_t>(kMostRows)) {
    return refused(400, "validation_error", "body.page_size should be between 1 and 100");
  }
  auto rows = indexed(Kind::Page, [&](const Document& page) {
    return page.state == State::Live && world().truth_of(page).access != Access::Hidden;
  });
  const Json sort = body.value("sort", Json::object());
  const bool ascending = json_string(sort, "direction") == "ascending";
  const auto key = [=](const DocumentVersion& page) {
    const std::int64_t time = epoch_milliseconds(page->updated);
    return PageToken{ascending ? time : -time, page->id};
  };
  std::ranges::sort(rows, {}, key);
  if (const auto token = json_string(body, "start_cursor")) {
    const auto after = PageToken::read(*token);
    if (!after) return refused(400, "validation_error", "The start_cursor provided is invalid");
    std::erase_if(rows, [&](const DocumentVersion& page) { return key(page) <= *after; });
  }
  const std::size_t size = page_rows(asked, kMostRows);
  const bool more = rows.size() > size;
  const Value results =
      listing(rows, 0, size, [](const DocumentVersion& page) { return page_row(*page); });
  return reply(object({{"object", "list"},
                       {"results", results},
                       {"next_cursor", more ? Value(key(rows[size - 1]).text()) : Value(nullptr)},
                       {"has_more", more},
                       {"type", "page_or_data_source"}}));
}

/// The text is spread over three levels: a reader that does not recurse misses the end of it.
std::vector<Value> NotionServer::blocks_below(const Document& page, Id level) const {
  if (level == 1) return {text_block(page.id + 2 * kLevel, "bulleted_list_item", true, "more")};
  if (level == 2) return {text_block(page.id + 3 * kLevel, "paragraph", false, page.marker)};
  std::vector<Value> blocks;
  blocks.push_back(text_block(page.id + 4 * kLevel, "heading_1", false, page.title()));
  blocks.push_back(text_block(page.id + 5 * kLevel, "paragraph", false, page.version_marker()));
  blocks.push_back(text_block(page.id + kLevel, "toggle", true, "Details"));
  for (const auto& [id, child] : world().documents()) {
    if (child->parent != page.id || shared(id) == nullptr || child->state != State::Live) continue;
    blocks.push_back(block(id, "child_page", true, object({{"title", child->title()}})));
  }
  return blocks;
}

http::Response NotionServer::children(const Call& call) {
  const Id id = read_notion_id(call.segments[2]);
  const Document* page = shared(id % kLevel);
  if (page == nullptr) return not_found();
  return list(call, id / kLevel > 2 ? std::vector<Value>{} : blocks_below(*page, id / kLevel));
}

http::Response NotionServer::comments(const Call& call) {
  const Document* page = shared(read_notion_id(call.parameter("block_id").value_or("")));
  if (page == nullptr) return not_found();
  std::vector<Value> rows;
  for (const Message& comment : page->messages) rows.push_back(comment_row(comment, page->id));
  return list(call, rows);
}

http::Response NotionServer::list(const Call& call, const std::vector<Value>& rows) {
  const auto asked = call.number("page_size", 100);
  const auto token = PageToken::read(call.parameter("start_cursor").value_or(PageToken{}.text()));
  if (!asked || *asked < 1 || *asked > static_cast<std::int64_t>(kMostRows) || !token) {
    return refused(400, "validation_error", "page_size or start_cursor is not valid");
  }
  const std::size_t size = page_rows(*asked, kMostRows);
  const auto first = static_cast<std::size_t>(token->key);
  const bool more = rows.size() > first + size;
  const PageToken next{static_cast<std::int64_t>(first + size), 0};
  return reply(
      object({{"object", "list"},
              {"results", listing(rows, first, size, [](const Value& row) { return row; })},
              {"next_cursor", more ? Value(next.text()) : Value(nullptr)},
              {"has_more", more}}));
}

}  // namespace freshet::simulation
