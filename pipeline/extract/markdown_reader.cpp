#include "pipeline/extract/markdown_reader.h"

#include <algorithm>
#include <memory>
#include <vector>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include "pipeline/extract/html_blocks.h"
#include "pipeline/extract/html_tokens.h"
#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

using std::string_view;

constexpr std::size_t kMaxLinkSearchLines = 200;
constexpr std::size_t kMaxLinkLines = 3;  // That one link's text usually spans.
constexpr std::size_t kMaxSearchedLine =
    16 << 10;  // A search per link of a longer line would be quadratic.

struct IteratorDeleter {
  void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};

string_view or_empty(const char* text) {
  return text == nullptr ? string_view() : string_view(text);
}

std::size_t number(int value) {
  return value > 0 ? static_cast<std::size_t>(value) : 0;
}

enum class Kind {
  Paragraph,
  Heading,
  Item,
  Quote,
  Row,
  Cell,
  Code,
  Html,
  Link,
  Image,
  Inline,
  Other
};

Kind kind_of(cmark_node* node) {
  switch (cmark_node_get_type(node)) {
    case CMARK_NODE_PARAGRAPH:
      return Kind::Paragraph;
    case CMARK_NODE_HEADING:
      return Kind::Heading;
    case CMARK_NODE_ITEM:
      return Kind::Item;
    case CMARK_NODE_BLOCK_QUOTE:
      return Kind::Quote;
    case CMARK_NODE_CODE_BLOCK:
      return Kind::Code;
    case CMARK_NODE_HTML_BLOCK:
      return Kind::Html;
    case CMARK_NODE_LINK:
      return Kind::Link;
    case CMARK_NODE_IMAGE:
      return Kind::Image;
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
    case CMARK_NODE_HTML_INLINE:
      return Kind::Inline;
    default:
      break;
  }
  // Nodes of extensions have types that are known at run time only.
  const string_view name = or_empty(cmark_node_get_type_string(node));
  if (name == "table_row" || name == "table_header") return Kind::Row;
  if (name == "table_cell") return Kind::Cell;
  return name == "tasklist" ? Kind::Item : Kind::Other;
}

class TreeReader {
 public:
  TreeReader(const MarkdownPiece& piece, DocumentBuilder& builder)
      : piece_(piece), builder_(builder) {}

  void read(cmark_node* root) {
    const std::unique_ptr<cmark_iter, IteratorDeleter> iterator(cmark_iter_new(root));
    for (auto event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(iterator.get())) {
      cmark_node* node = cmark_iter_get_node(iterator.get());
      if (event == CMARK_EVENT_ENTER) enter(node);
      if (event == CMARK_EVENT_EXIT) leave(node);
    }
  }

 private:
  struct OpenLink {
    std::string target;
    std::string kind;
    std::size_t text_from;
    std::size_t line;
  };

  void enter(cmark_node* node) {
    switch (kind_of(node)) {
      case Kind::Paragraph:
      case Kind::Heading:
        return start_text(node);
      case Kind::Item:
        ++items_;
        return;
      case Kind::Quote:
        ++quotes_;
        return;
      case Kind::Row:
        start_text(node);
        cells_.clear();
        return;
      case Kind::Cell:
        text_.clear();
        return;
      case Kind::Code:
        return add_code(node);
      case Kind::Html:
        return add_html(node);
      case Kind::Link:
        return open_link(node, "link");
      case Kind::Image:
        return open_link(node, "image");
      case Kind::Inline:
        return add_inline(node);
      case Kind::Other:
        return;
    }
  }

  void leave(cmark_node* node) {
    switch (kind_of(node)) {
      case Kind::Paragraph:
        return end_paragraph(node);
      case Kind::Heading:
        return end_heading(node);
      case Kind::Item:
        --items_;
        return;
      case Kind::Quote:
        --quotes_;
        return;
      case Kind::Row:
        return end_row(node);
      case Kind::Cell:
        cells_.push_back(clean_line(text_));
        text_.clear();
        return;
      case Kind::Link:
      case Kind::Image:
        return close_link();
      default:
        return;
    }
  }

  void start_text(cmark_node* node) {
    text_.clear();
    links_.clear();
    html_links_ = 0;
    unread_ = 0;
    lines_ = line_span(node);
  }

  void end_paragraph(cmark_node* node) {
    const BlockKind kind = items_ > 0    ? BlockKind::ListItem
                           : quotes_ > 0 ? BlockKind::Quote
                                         : BlockKind::Paragraph;
    finish_links();
    builder_.add(kind, clean_text(text_), span_of(node));
  }

  void end_heading(cmark_node* node) {
    finish_links();
    string_view id;
    for (auto found = piece_.heading_ids.lower_bound(lines_.begin);
         found != piece_.heading_ids.end() && found->first <= lines_.end; ++found) {
      id = found->second;
    }
    builder_.add_heading(clean_line(text_), number(cmark_node_get_heading_level(node)), id,
                         span_of(node));
  }

  void end_row(cmark_node* node) {
    std::string row;
    for (std::size_t i = 0; i < cells_.size(); ++i) row += (i == 0 ? "" : " | ") + cells_[i];
    const bool empty =
        std::all_of(cells_.begin(), cells_.end(), [](const auto& cell) { return cell.empty(); });
    Block& block = builder_.add(BlockKind::TableRow, empty ? "" : std::move(row), span_of(node));
    block.table_header = cmark_gfm_extensions_get_table_row_is_header(node) != 0;
  }

  void add_code(cmark_node* node) {
    string_view info = trim(or_empty(cmark_node_get_fence_info(node)));
    if (info.starts_with("language-")) info.remove_prefix(9);  // Kramdown's habit.
    Block& block = builder_.add(BlockKind::Code, clean_code(or_empty(cmark_node_get_literal(node))),
                                span_of(node));
    block.code_language = info.substr(0, std::min(info.find_first_of(" \t,{:"), info.size()));
  }

  // The literal lacks the markers of quotes and lists around it, but has the same lines.
  void add_html(cmark_node* node) {
    const string_view literal = or_empty(cmark_node_get_literal(node));
    const Lines literal_lines(literal);
    const Span whole = line_span(node);
    HtmlScope scope;
    scope.slugs = true;
    scope.locate = [&](Span span) {
      const auto line_at = [&](std::size_t byte) {
        return whole.begin + literal_lines.number_at(byte) - 1;
      };
      const std::size_t last = line_at(span.end > span.begin ? span.end - 1 : span.begin);
      return bytes_of(line_at(span.begin), std::min(last, whole.end));
    };
    read_html_blocks(parse_leniently(literal), scope, builder_);
  }

  void add_inline(cmark_node* node) {
    const string_view literal = or_empty(cmark_node_get_literal(node));
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_SOFTBREAK:
        text_ += ' ';
        return;
      case CMARK_NODE_LINEBREAK:
        text_ += '\n';
        return;
      case CMARK_NODE_HTML_INLINE:
        return add_html_tag(node, literal);
      default:
        if (unread_ == 0) text_ += literal;
    }
  }

  void add_html_tag(cmark_node* node, string_view literal) {
    HtmlTokens tokens(literal);
    const auto token = tokens.next();
    if (!token || token->kind == HtmlToken::Kind::Text) return;
    const bool opens = token->kind == HtmlToken::Kind::Open;
    if (token->name == "script" || token->name == "style") unread_ = opens ? 1 : 0;
    if (token->name == "br") text_ += '\n';
    if (token->name == "a" && !opens && html_links_ > 0) {
      --html_links_;
      close_link();
    }
    if (opens && (token->name == "a" || token->name == "img")) open_html_link(node, *token);
  }

  void open_html_link(cmark_node* node, const HtmlToken& token) {
    const bool image = token.name == "img";
    std::string target, alt;
    for (HtmlAttribute& attribute : html_attributes(token.content)) {
      if (attribute.name == (image ? "src" : "href")) target = std::move(attribute.value);
      if (attribute.name == "alt") alt = std::move(attribute.value);
    }
    const std::size_t line = link_line(number(cmark_node_get_start_line(node)), target, target);
    links_.push_back({std::move(target), image ? "image" : "link", text_.size(), line});
    if (!image) ++html_links_;
    if (!image) return;
    text_ += alt;
    close_link();
  }

  // The parser gives a link the line it ends on, but the text in it the line that the text stands
  // on.
  void open_link(cmark_node* node, std::string kind) {
    const string_view target = or_empty(cmark_node_get_url(node));
    cmark_node* inner = cmark_node_first_child(node);
    while (inner != nullptr && cmark_node_first_child(inner) != nullptr)
      inner = cmark_node_first_child(inner);
    const string_view text = inner == nullptr ? target : or_empty(cmark_node_get_literal(inner));
    const int line = cmark_node_get_start_line(inner == nullptr ? node : inner);
    links_.push_back({std::string(target), std::move(kind), text_.size(),
                      link_line(number(line), text, target)});
  }

  void close_link() {
    if (links_.empty()) return;
    OpenLink link = std::move(links_.back());
    links_.pop_back();
    const std::size_t from = std::min(link.text_from, text_.size());
    builder_.add_link({std::move(link.target), text_.substr(from), std::move(link.kind)},
                      link.line);
  }

  void finish_links() {
    while (!links_.empty()) close_link();
  }

  /// The line of the block that shows the link's text, else its target: the parser's own figure is
  /// off where a paragraph's first lines were taken as link definitions.
  std::size_t link_line(std::size_t parsed, string_view text, string_view target) const {
    const std::size_t guess = parsed + piece_.first_line - 1;
    const auto shows = [&](std::size_t line, string_view what) {
      return !what.empty() && piece_.lines.line(line).find(what) != string_view::npos;
    };
    const bool inside = parsed > 0 && guess >= lines_.begin && guess <= lines_.end;
    if (inside && piece_.lines.line(guess).size() > kMaxSearchedLine) return guess;
    if (inside && shows(guess, text)) return guess;
    const std::size_t last = std::min(lines_.end, lines_.begin + kMaxLinkSearchLines);
    std::size_t found = inside ? guess : lines_.begin;
    while (found < last && !shows(found, target)) ++found;
    for (std::size_t up = 0; up <= kMaxLinkLines && found >= lines_.begin + up; ++up) {
      if (shows(found - up, text)) return found - up;
    }
    return shows(found, target) || !inside ? found : guess;
  }

  /// First and last line of a node, in the whole text. The parser lets some nodes end on an empty
  /// line.
  Span line_span(cmark_node* node) const {
    const std::size_t shift = piece_.first_line - 1;
    const std::size_t first =
        std::max<std::size_t>(number(cmark_node_get_start_line(node)), 1) + shift;
    std::size_t last = std::max(number(cmark_node_get_end_line(node)) + shift, first);
    while (last > first && is_blank(piece_.lines.line(last))) --last;
    return {first, last};
  }

  Span bytes_of(std::size_t first_line, std::size_t last_line) const {
    const Lines& lines = builder_.lines();
    const std::size_t begin = lines.begin(first_line) + indentation(lines.line(first_line));
    return {begin, lines.begin(last_line) + trim_right(lines.line(last_line)).size()};
  }

  Span span_of(cmark_node* node) const {
    const Span lines = line_span(node);
    return bytes_of(lines.begin, lines.end);
  }

  const MarkdownPiece& piece_;
  DocumentBuilder& builder_;
  std::string text_;
  Span lines_;  // Of the block whose inlines are being read.
  std::vector<OpenLink> links_;
  std::vector<std::string> cells_;
  std::size_t items_ = 0, quotes_ = 0, html_links_ = 0, unread_ = 0;
};

}  // namespace

void read_markdown_tree(cmark_node* root, const MarkdownPiece& piece, DocumentBuilder& builder) {
  TreeReader(piece, builder).read(root);
}

}  // namespace freshet::pipeline
