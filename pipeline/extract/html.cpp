#include "pipeline/extract/html.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "pipeline/extract/document_builder.h"
#include "pipeline/extract/front_matter.h"
#include "pipeline/extract/html_blocks.h"
#include "pipeline/extract/html_tree.h"
#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

using std::string_view;
using Nodes = std::vector<HtmlNode>;

constexpr std::size_t kLargePageBytes = 64 << 10;
constexpr double kLinkDense = 0.7;  // Share of a block's text that stands in links.
constexpr std::size_t kManyLinks = 5;
constexpr std::size_t kShortLinkBytes = 40;  // Menus name pages; lists of references describe them.

bool has_role(const HtmlNode& node, std::initializer_list<string_view> roles) {
  const std::string* role = node.attribute("role");
  return role != nullptr && std::find(roles.begin(), roles.end(), *role) != roles.end();
}

bool is_navigation(const HtmlNode& node) {
  return node.tag == "nav" || has_role(node, {"navigation", "search"});
}

bool is_around_content(const HtmlNode& node) {
  return node.tag == "header" || node.tag == "footer" || node.tag == "aside" ||
         has_role(node, {"banner", "contentinfo", "complementary"});
}

/// Sums over the nodes before each index: a subtree's text and links are then a subtraction away.
class TextShares {
 public:
  explicit TextShares(const Nodes& nodes) : text_(nodes.size() + 1), linked_(text_), links_(text_) {
    std::size_t link_end = 0;
    for (std::size_t at = 0; at < nodes.size(); ++at) {
      const HtmlNode& node = nodes[at];
      const bool opens_link = node.tag == "a";
      if (opens_link) link_end = std::max(link_end, node.subtree_end);
      const std::size_t size = is_blank(node.text) ? 0 : node.text.size();
      text_[at + 1] = text_[at] + size;
      linked_[at + 1] = linked_[at] + (at < link_end ? size : 0);
      links_[at + 1] = links_[at] + (opens_link ? 1 : 0);
    }
  }

  [[nodiscard]] std::size_t text(const Nodes& nodes, std::size_t at) const {
    return text_[nodes[at].subtree_end] - text_[at];
  }

  [[nodiscard]] bool is_menu(const Nodes& nodes, std::size_t at) const {
    const std::size_t end = nodes[at].subtree_end;
    const std::size_t links = links_[end] - links_[at];
    const auto linked = static_cast<double>(linked_[end] - linked_[at]);
    return links >= kManyLinks && linked < static_cast<double>(links * kShortLinkBytes) &&
           linked > kLinkDense * static_cast<double>(text(nodes, at));
  }

 private:
  std::vector<std::size_t> text_, linked_, links_;
};

struct Content {
  std::size_t root = 0;
  bool marked = false;  // By the page itself.
};

/// A comment or a post, which is content throughout, and no page, which has things around it.
bool is_fragment(string_view text) {
  if (to_lower(trim(text.substr(0, 1024))).starts_with("<!doctype")) return false;
  HtmlTokens tokens(text);
  while (const auto token = tokens.next()) {
    const string_view tag = token->name;
    if (tag == "html" || tag == "head" || tag == "body" || tag == "title") return false;
  }
  return true;
}

Content find_content(const Nodes& nodes, const TextShares& shares) {
  std::optional<std::size_t> body, article;
  std::size_t articles = 0;
  for (std::size_t at = 1; at < nodes.size(); ++at) {
    const HtmlNode& node = nodes[at];
    const bool readable = shares.text(nodes, at) > 0 && !is_hidden(node);
    if (readable && (node.tag == "main" || has_role(node, {"main"}))) return {at, true};
    if (node.tag == "body" && !body) body = at;
    if (node.tag != "article" || !readable) continue;
    ++articles;
    if (!article) article = at;
  }
  if (articles == 1) return {*article, true};
  return {body.value_or(0), false};
}

void read_head(const Nodes& nodes, ExtractedDocument& document) {
  for (std::size_t at = 1; at < nodes.size(); ++at) {
    const HtmlNode& node = nodes[at];
    const std::string* language = node.attribute("lang");
    if (node.tag == "html" && language != nullptr) document.language = language_code(*language);
    const HtmlNode& parent = nodes[node.parent];
    if (parent.tag == "title" && document.title.empty() && nodes[parent.parent].tag != "svg") {
      document.title = clean_line(node.text);
    }
    if (node.tag == "body") return;
  }
}

std::size_t count_text(const ExtractedDocument& document) {
  std::size_t bytes = 0;
  for (const Block& block : document.blocks) bytes += block.text.size();
  return bytes;
}

// <title> often carries the site's name too.
void prefer_heading_as_title(ExtractedDocument& document) {
  for (const Block& block : document.blocks) {
    if (block.kind != BlockKind::Heading || block.level != 1) continue;
    document.title = block.text;
    return;
  }
}

}  // namespace

Result<ExtractedDocument> extract_html(string_view text) {
  const HtmlTree tree = parse_page(text);
  const Nodes& nodes = tree.nodes();
  const TextShares shares(nodes);
  Content content = find_content(nodes, shares);
  const bool main = content.marked && nodes[content.root].tag != "article";
  if (!main && is_fragment(text)) content = {.root = 0, .marked = true};

  ExtractedDocument document;
  read_head(nodes, document);
  DocumentBuilder builder(text, document);
  HtmlScope scope;
  scope.root = content.root;
  scope.skips = [&](std::size_t at) {
    if (is_navigation(nodes[at])) return true;
    if (content.marked || at == content.root) return false;
    const HtmlRole role = html_role(nodes[at]);
    const bool block = role == HtmlRole::Block || role == HtmlRole::Table;
    return is_around_content(nodes[at]) || (block && shares.is_menu(nodes, at));
  };
  read_html_blocks(tree, scope, builder);
  if (count_text(document) == 0) {
    scope.skips = [](std::size_t) { return false; };
    document.links.clear();
    read_html_blocks(tree, scope, builder);
  }
  if (count_text(document) == 0 && text.size() > kLargePageBytes) {
    return Error{ErrorKind::Invalid,
                 "an HTML page of " + std::to_string(text.size()) +
                     " bytes holds no text to read; its text is probably made by scripts: "
                     "give the source's rendered or original pages instead"};
  }
  prefer_heading_as_title(document);
  return document;
}

}  // namespace freshet::pipeline
