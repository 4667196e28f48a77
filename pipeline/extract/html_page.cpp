#include <algorithm>
#include <array>
#include <memory>

#include <gumbo.h>

#include "pipeline/extract/html_tree.h"
#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

using std::string_view;

// Gumbo 0.10.1 needs 0.03 s for 2,000 nested elements and 7.6 s for 20,000.
constexpr std::size_t kMaxDepth = 1000;
// Open formatting elements are copied into every later block.
constexpr std::size_t kMaxFormattingCopies = 2'000'000;
// Each piece of content that a table may not hold is moved before it, by a linear search.
constexpr std::size_t kMaxStrayInTables = 1000;
constexpr std::size_t kMaxTagBytes = 32 << 10;  // Attributes are compared with each other.

constexpr std::array<string_view, 14> kFormatting = {"a",      "b",  "big",  "code",  "em",
                                                     "font",   "i",  "nobr", "small", "strike",
                                                     "strong", "tt", "u",    "s"};
constexpr std::array<string_view, 12> kTableParts = {"table",    "tbody", "thead",  "tfoot",
                                                     "tr",       "td",    "th",     "col",
                                                     "colgroup", "style", "script", "caption"};

template <typename Names>
bool has(const Names& names, string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// What makes Gumbo slow, measured by one pass over the tags.
class Cost {
 public:
  void add(const HtmlToken& token) {
    if (token.kind == HtmlToken::Kind::Text) {
      if (outside_cell_ && !is_blank(token.content)) ++stray_;
      return;
    }
    const bool opens = token.kind == HtmlToken::Kind::Open;
    longest_ = std::max(longest_, token.content.size());
    ++tags_;
    follow_tables(token.name, opens);
    if (is_void_element(token.name)) return;
    change(depth_, deepest_, opens);
    if (has(kFormatting, token.name)) change(formatting_, most_formatting_, opens);
  }

  [[nodiscard]] bool is_too_high() const {
    return deepest_ > kMaxDepth || longest_ > kMaxTagBytes || stray_ > kMaxStrayInTables ||
           most_formatting_ * tags_ > kMaxFormattingCopies;
  }

 private:
  static void change(std::size_t& now, std::size_t& most, bool opens) {
    if (opens) {
      most = std::max(most, ++now);
    } else if (now > 0) {
      --now;
    }
  }

  void follow_tables(string_view name, bool opens) {
    if (name == "table") outside_cell_ = opens;
    if (name == "td" || name == "th" || name == "caption") outside_cell_ = !opens;
    if (outside_cell_ && opens && !has(kTableParts, name)) ++stray_;
  }

  std::size_t depth_ = 0, deepest_ = 0, formatting_ = 0, most_formatting_ = 0;
  std::size_t tags_ = 0, longest_ = 0, stray_ = 0;
  bool outside_cell_ = false;
};

bool suits_gumbo(string_view html) {
  Cost cost;
  HtmlTokens tokens(html);
  while (auto token = tokens.next()) cost.add(*token);
  return !cost.is_too_high();
}

struct GumboDeleter {
  const GumboOptions* options;
  void operator()(GumboOutput* output) const { gumbo_destroy_output(options, output); }
};

/// Copies Gumbo's tree with an explicit stack: pages decide how deep it is.
class Copier {
 public:
  explicit Copier(string_view html) : html_(html) {}

  HtmlTree copy(const GumboNode* root) {
    enter(root);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      if (frame.next == frame.element->children.length) {
        leave(*frame.element);
        continue;
      }
      const auto* child = static_cast<const GumboNode*>(frame.element->children.data[frame.next++]);
      enter(child);
    }
    tree_.close_all(html_.size());
    return std::move(tree_);
  }

 private:
  struct Frame {
    const GumboElement* element;
    unsigned int next;
  };

  // Elements that the page does not spell out have no place of their own: they take the current
  // one.
  std::size_t offset(const GumboStringPiece& piece) const {
    const bool inside = piece.data != nullptr && piece.data >= html_.data() &&
                        piece.data + piece.length <= html_.data() + html_.size();
    return inside ? static_cast<std::size_t>(piece.data - html_.data()) : at_;
  }

  static std::string tag_name(const GumboElement& element) {
    if (element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
    GumboStringPiece name = element.original_tag;
    gumbo_tag_from_original_text(&name);
    return to_lower(name.data == nullptr ? string_view() : string_view(name.data, name.length));
  }

  static std::vector<HtmlAttribute> attributes(const GumboElement& element) {
    std::vector<HtmlAttribute> found;
    for (unsigned int i = 0; i < element.attributes.length; ++i) {
      const auto* attribute = static_cast<const GumboAttribute*>(element.attributes.data[i]);
      std::string name = to_lower(attribute->name);
      if (is_read_attribute(name)) found.push_back({std::move(name), attribute->value});
    }
    return found;
  }

  void enter(const GumboNode* node) {
    if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE) {
      const GumboElement& element = node->v.element;
      at_ = offset(element.original_tag);
      tree_.open(tag_name(element), attributes(element), at_);
      at_ += element.original_tag.length;
      frames_.push_back({&element, 0});
    } else if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
               node->type == GUMBO_NODE_CDATA) {
      const GumboStringPiece& original = node->v.text.original_text;
      const std::size_t begin = offset(original);
      at_ = std::min(begin + original.length, html_.size());
      tree_.add_text(node->v.text.text, begin, at_);
    }
  }

  void leave(const GumboElement& element) {
    if (element.original_end_tag.length > 0) {
      at_ = offset(element.original_end_tag) + element.original_end_tag.length;
    }
    tree_.close(at_);
    frames_.pop_back();
  }

  string_view html_;
  HtmlTree tree_;
  std::vector<Frame> frames_;
  std::size_t at_ = 0;
};

}  // namespace

HtmlTree parse_page(string_view html) {
  if (!suits_gumbo(html)) return parse_leniently(html);
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  const std::unique_ptr<GumboOutput, GumboDeleter> output(
      gumbo_parse_with_options(&options, html.data(), html.size()), GumboDeleter{&options});
  return Copier(html).copy(output->root);
}

}  // namespace freshet::pipeline
