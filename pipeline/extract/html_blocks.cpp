#include "pipeline/extract/html_blocks.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

using std::string_view;

constexpr std::size_t kMaxAnchorSearch = 16;  // Nodes of a heading.

std::string attribute_or(const HtmlNode& node, string_view name, string_view fallback = {}) {
  const std::string* value = node.attribute(name);
  return value == nullptr ? std::string(fallback) : *value;
}

/// Tables that only arrange a page: those that hold headings or further tables.
std::vector<bool> find_layout_tables(const std::vector<HtmlNode>& nodes) {
  std::vector<bool> layout(nodes.size(), false);
  std::vector<std::size_t> open;
  for (std::size_t at = 0; at < nodes.size(); ++at) {
    while (!open.empty() && nodes[open.back()].subtree_end <= at) open.pop_back();
    const HtmlRole role = html_role(nodes[at]);
    const bool marks = role == HtmlRole::Table || (role == HtmlRole::Heading);
    if (marks && !open.empty()) layout[open.back()] = true;
    if (role != HtmlRole::Table) continue;
    layout[at] = attribute_or(nodes[at], "role") == "presentation";
    open.push_back(at);
  }
  return layout;
}

std::string code_language(string_view classes) {
  for (const string_view name : split_at(classes, ' ')) {
    for (const string_view prefix : {"language-", "lang-", "highlight-source-", "highlight-"}) {
      if (name.starts_with(prefix)) return std::string(name.substr(prefix.size()));
    }
  }
  return {};
}

bool is_permalink(const HtmlNode& node, string_view text) {
  if (!attribute_or(node, "href").starts_with('#')) return false;
  return text.empty() || text == "#" || text == "¶" || text == "§" || text == "🔗";
}

class BlockReader {
 public:
  BlockReader(const HtmlTree& tree, const HtmlScope& scope, DocumentBuilder& builder)
      : nodes_(tree.nodes()),
        scope_(scope),
        builder_(builder),
        layout_(find_layout_tables(nodes_)) {}

  void read() {
    const std::size_t end = nodes_[scope_.root].subtree_end;
    for (std::size_t at = scope_.root; at < end;) {
      while (!open_.empty() && nodes_[open_.back().node].subtree_end <= at) leave();
      const bool skipped = is_hidden(nodes_[at]) || scope_.skips(at);
      if (!skipped) enter(at);
      at = skipped ? nodes_[at].subtree_end : at + 1;
    }
    while (!open_.empty()) leave();
    flush();
  }

 private:
  // The role is kept from the start of an element: what it means may have changed at its end.
  struct Open {
    std::size_t node;
    HtmlRole role;
  };
  struct Link {
    const HtmlNode* node;
    std::string text;
  };

  void enter(std::size_t at) {
    const HtmlNode& node = nodes_[at];
    if (node.tag.empty()) return add_text(node.text, Span{node.begin, node.end});
    open_.push_back({at, role_of(at)});
    switch (open_.back().role) {
      case HtmlRole::Break:
        return add_break();
      case HtmlRole::Image:
        return add_image(node);
      case HtmlRole::Link:
        link_ = Link{&node, {}};
        return;
      case HtmlRole::Code:
        flush();
        ++code_;
        code_language_ = code_language(attribute_or(node, "class"));
        return;
      case HtmlRole::Item:
        flush();
        ++items_;
        return;
      case HtmlRole::Quote:
        flush();
        ++quotes_;
        return;
      case HtmlRole::Row:
        start_row();
        return;
      case HtmlRole::Cell:
        start_cell(node);
        return;
      case HtmlRole::Inline:
        return enter_inline(node);
      default:
        flush();
    }
  }

  void leave() {
    const Open open = open_.back();
    const HtmlNode& node = nodes_[open.node];
    open_.pop_back();
    switch (open.role) {
      case HtmlRole::Link:
        return end_link();
      case HtmlRole::Heading:
        return end_heading(node);
      case HtmlRole::Code:
        end_code(node);
        return;
      case HtmlRole::Item:
        flush();
        --items_;
        return;
      case HtmlRole::Quote:
        flush();
        --quotes_;
        return;
      case HtmlRole::Cell:
        return end_cell();
      case HtmlRole::Row:
        return end_row(node);
      case HtmlRole::Inline:
      case HtmlRole::Break:
      case HtmlRole::Image:
        return;
      default:
        flush();
    }
  }

  // Inside a row everything is one line; rows of layout tables are plain blocks.
  HtmlRole role_of(std::size_t at) const {
    const HtmlRole role = html_role(nodes_[at]);
    const bool starts_row = role == HtmlRole::Row && !in_row_;
    if (starts_row || role == HtmlRole::Cell)
      return is_in_layout_table(at) ? HtmlRole::Block : role;
    const bool inline_only = in_row_ && role != HtmlRole::Link && role != HtmlRole::Image;
    return inline_only && role != HtmlRole::Inline ? HtmlRole::Break : role;
  }

  // Row and cell are at most two levels below their table, unless they stand outside any.
  bool is_in_layout_table(std::size_t at) const {
    std::size_t up = nodes_[at].parent;
    for (int level = 0; level < 3 && up != 0; ++level, up = nodes_[up].parent) {
      if (nodes_[up].tag == "table") return layout_[up];
    }
    return false;
  }

  void enter_inline(const HtmlNode& node) {
    if (code_ > 0 && code_language_.empty())
      code_language_ = code_language(attribute_or(node, "class"));
  }

  void add_text(string_view text, Span span) {
    if (link_) link_->text += text;
    if (!is_blank(text)) {
      if (!has_span_) span_.begin = span.begin;
      has_span_ = true;
      span_.end = span.end;
    }
    std::string piece(text);
    if (code_ == 0) std::replace(piece.begin(), piece.end(), '\n', ' ');
    text_ += piece;
  }

  void add_break() {
    if (link_) link_->text += '\n';
    text_ += '\n';
  }

  void add_image(const HtmlNode& node) {
    const Span span{node.begin, node.end};
    std::string alt = attribute_or(node, "alt");
    builder_.add_link({attribute_or(node, "src"), alt, "image"}, line_of(span));
    if (!alt.empty()) add_text(alt, span);
  }

  void end_link() {
    if (!link_) return;
    const Link link = *std::move(link_);
    link_.reset();
    const std::string text = clean_line(link.text);
    if (is_permalink(*link.node, text)) {
      permalink_ = attribute_or(*link.node, "href").substr(1);
      text_.resize(text_.size() - std::min(text_.size(), link.text.size()));
      return;
    }
    builder_.add_link({attribute_or(*link.node, "href"), text, "link"},
                      line_of({link.node->begin, link.node->end}));
  }

  // An id may stand on the heading, on something in it, or (Sphinx, docutils) on the section it
  // opens.
  std::string anchor_of(const HtmlNode& heading) const {
    std::string anchor = attribute_or(heading, "id");
    const auto self = static_cast<std::size_t>(&heading - nodes_.data());
    const std::size_t end = std::min(heading.subtree_end, self + kMaxAnchorSearch);
    for (std::size_t at = self + 1; anchor.empty() && at < end; ++at) {
      anchor = attribute_or(nodes_[at], "id", attribute_or(nodes_[at], "name"));
    }
    const HtmlNode& parent = nodes_[heading.parent];
    const bool opens_section =
        parent.tag == "section" || attribute_or(parent, "class") == "section";
    if (anchor.empty() && opens_section) anchor = attribute_or(parent, "id");
    return anchor;
  }

  void end_heading(const HtmlNode& node) {
    if (in_row_) return;
    std::string text = clean_line(text_);
    const Span span = scope_.locate({node.begin, node.end});
    const auto level = static_cast<std::size_t>(node.tag[1] - '0');
    std::string anchor = anchor_of(node);
    if (anchor.empty()) anchor = std::exchange(permalink_, {});
    if (anchor.empty() && scope_.fragment_of) anchor = scope_.fragment_of(text);
    if (scope_.slugs) {
      builder_.add_heading(std::move(text), level, anchor, span);
    } else {
      builder_.add_heading_as_written(std::move(text), level, std::move(anchor), span);
    }
    permalink_.clear();
    reset();
  }

  void end_code(const HtmlNode& node) {
    if (code_ == 0) return;
    --code_;
    Block& block =
        builder_.add(BlockKind::Code, clean_code(text_), scope_.locate({node.begin, node.end}));
    block.code_language = std::move(code_language_);
    code_language_.clear();
    reset();
  }

  void start_row() {
    flush();
    in_row_ = true;
    cells_.clear();
    header_cells_ = 0;
  }

  void start_cell(const HtmlNode& node) {
    if (!in_row_) return flush();
    header_cells_ += node.tag == "th" ? 1 : 0;
    text_.clear();
  }

  void end_cell() {
    if (!in_row_) return flush();
    cells_.push_back(clean_line(text_));
    text_.clear();
  }

  void end_row(const HtmlNode& node) {
    in_row_ = false;
    std::string row;
    for (std::size_t i = 0; i < cells_.size(); ++i) row += (i == 0 ? "" : " | ") + cells_[i];
    const bool empty =
        std::all_of(cells_.begin(), cells_.end(), [](const auto& cell) { return cell.empty(); });
    Block& block = builder_.add(BlockKind::TableRow, empty ? "" : std::move(row),
                                scope_.locate({node.begin, node.end}));
    block.table_header = !cells_.empty() && header_cells_ == cells_.size();
    reset();
  }

  std::size_t line_of(Span span) const {
    return builder_.lines().number_at(scope_.locate(span).begin);
  }

  void flush() {
    if (in_row_ || code_ > 0) return;
    const BlockKind kind = items_ > 0    ? BlockKind::ListItem
                           : quotes_ > 0 ? BlockKind::Quote
                                         : BlockKind::Paragraph;
    if (has_span_) builder_.add(kind, clean_text(text_), scope_.locate(span_));
    reset();
  }

  void reset() {
    text_.clear();
    has_span_ = false;
  }

  const std::vector<HtmlNode>& nodes_;
  const HtmlScope& scope_;
  DocumentBuilder& builder_;
  std::vector<bool> layout_;
  std::vector<Open> open_;
  std::string text_;
  Span span_;
  bool has_span_ = false;
  std::optional<Link> link_;
  std::size_t items_ = 0, quotes_ = 0, code_ = 0, header_cells_ = 0;
  std::string code_language_;
  std::string permalink_;  // Of the heading being read.
  bool in_row_ = false;
  std::vector<std::string> cells_;
};

}  // namespace

void read_html_blocks(const HtmlTree& tree, const HtmlScope& scope, DocumentBuilder& builder) {
  BlockReader(tree, scope, builder).read();
}

}  // namespace freshet::pipeline
