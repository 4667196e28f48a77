#include "pipeline/extract/notion.h"

#include <algorithm>
#include <array>
#include <string>

#include "pipeline/extract/json_body.h"

namespace freshet::pipeline {
namespace {

using std::string_view;
using Kind = JsonNode::Kind;
constexpr auto kAbsent = JsonTree::kAbsent;

struct Element {
  string_view type;
  string_view tag;
};
// What these hold is inside them; the children of any other block follow it.
constexpr std::array<Element, 6> kContainers = {{
    {"bulleted_list_item", "li"},
    {"numbered_list_item", "li"},
    {"quote", "blockquote"},
    {"table", "table"},
    {"table_row", "tr"},
    {"to_do", "li"},
}};

std::string without_hyphens(string_view id) {
  std::string plain(id);
  plain.erase(std::remove(plain.begin(), plain.end(), '-'), plain.end());
  return plain;
}

class Reader {
 public:
  explicit Reader(JsonBody& body) : body_(body), json_(body.json()) {}

  void enter(std::size_t at) {
    const string_view type = json_.text(at, "type");
    const std::size_t details = type.empty() ? kAbsent : json_.find(at, type);
    const auto container = std::find_if(kContainers.begin(), kContainers.end(),
                                        [&](const Element& known) { return known.type == type; });
    const bool encloses = container != kContainers.end();
    if (encloses) body_.open(container->tag, at);
    show(at, type, details, encloses);
    body_.descend(json_.find(at, "results"), at);
    body_.descend(json_.find(at, "children"), at, encloses ? 1 : 0);
    body_.descend(json_.find(details, "children"), at);
  }

 private:
  void show(std::size_t at, string_view type, std::size_t details, bool encloses) {
    if (type == "table_row") return show_row(details);
    if (type == "table") header_ = json_.is_true(details, "has_column_header");
    if (type.starts_with("heading_")) return show_heading(at, type, details);
    if (type == "code") return show_code(at, details);
    if (type.starts_with("child_")) return show_page(at, json_.text(at, "id"), details);
    if (type == "link_to_page") return show_linked_page(at, details);
    if (type == "image") return show_image(at, details);
    if (encloses) return show_rich_text(rich_text_of(details));
    body_.open("p", at);
    show_rich_text(rich_text_of(details));
    body_.add_member(details, "expression");
    show_address(details);
    body_.close(at);
  }

  /// Older answers call it "text".
  std::size_t rich_text_of(std::size_t details) const {
    const std::size_t found = json_.find(details, "rich_text");
    return found == kAbsent ? json_.find(details, "text") : found;
  }

  void show_rich_text(std::size_t pieces) {
    if (!json_.is(pieces, Kind::Array)) return;
    for (std::size_t at = pieces + 1; at < json_.node(pieces).subtree_end;
         at = json_.node(at).subtree_end) {
      show_piece(at);
    }
  }

  void show_piece(std::size_t at) {
    const std::size_t content = json_.find(at, "text");
    string_view text = json_.text(at, "plain_text");
    if (text.empty()) text = json_.text(content, "content");
    if (text.empty()) text = json_.text(json_.find(at, "equation"), "expression");
    string_view target = json_.text(at, "href");
    if (target.empty()) target = json_.text(json_.find(content, "link"), "url");
    if (target.empty()) return body_.add_text(text, at);
    body_.add_link(target, text, at);
  }

  void show_heading(std::size_t at, string_view type, std::size_t details) {
    const char last = type.back();
    const std::string level(1, last >= '1' && last <= '6' ? last : '1');
    body_.open("h" + level, at, {{"id", without_hyphens(json_.text(at, "id"))}});
    show_rich_text(rich_text_of(details));
    body_.close(at);
  }

  void show_code(std::size_t at, std::size_t details) {
    const string_view language = json_.text(details, "language");
    const bool known = language != "plain text";
    body_.open("pre", at, {{"class", known ? "language-" + std::string(language) : ""}});
    show_rich_text(rich_text_of(details));
    body_.close(at);
    show_caption(at, details);
  }

  void show_caption(std::size_t at, std::size_t details) {
    body_.open("p", at);
    show_rich_text(json_.find(details, "caption"));
    body_.close(at);
  }

  void show_page(std::size_t at, string_view id, std::size_t details) {
    body_.open("p", at);
    const string_view title = json_.text(details, "title");
    if (id.empty()) body_.add_text(title, at);
    if (!id.empty()) body_.add_link("https://www.notion.so/" + without_hyphens(id), title, at);
    body_.close(at);
  }

  void show_linked_page(std::size_t at, std::size_t details) {
    const string_view page = json_.text(details, "page_id");
    show_page(at, page.empty() ? json_.text(details, "database_id") : page, kAbsent);
  }

  void show_image(std::size_t at, std::size_t details) {
    const string_view source = json_.text(json_.find(details, "external"), "url");
    body_.open("img", at, {{"src", std::string(source)}});
    body_.close(at);
    show_caption(at, details);
  }

  /// Bookmarks, embedded pages and files.
  void show_address(std::size_t details) {
    string_view target = json_.text(details, "url");
    if (target.empty()) target = json_.text(json_.find(details, "external"), "url");
    const std::size_t caption = json_.find(details, "caption");
    show_rich_text(caption);
    const string_view name = json_.text(details, "name");
    if (target.empty()) return body_.add_member(details, "name");
    const bool captioned = caption != kAbsent && json_.node(caption).subtree_end > caption + 1;
    const string_view label = name.empty() ? target : name;
    if (captioned) body_.add_text(" ", details);
    body_.add_link(target, label, details);
  }

  void show_row(std::size_t details) {
    const std::size_t cells = json_.find(details, "cells");
    if (!json_.is(cells, Kind::Array)) return;
    const bool header = header_ && body_.is_first();
    for (std::size_t at = cells + 1; at < json_.node(cells).subtree_end;
         at = json_.node(at).subtree_end) {
      body_.open(header ? "th" : "td", at);
      show_rich_text(at);
      body_.close(at);
    }
  }

  JsonBody& body_;
  const JsonTree& json_;
  bool header_ = false;  // Of the table whose rows come.
};

}  // namespace

Result<ExtractedDocument> extract_notion(string_view text) {
  return extract_json_body(text, [](JsonBody& body) {
    Reader reader(body);
    body.read_all([&](std::size_t at) { reader.enter(at); });
  });
}

}  // namespace freshet::pipeline
