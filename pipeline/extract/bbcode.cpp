#include "pipeline/extract/bbcode.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "pipeline/extract/addresses.h"
#include "pipeline/extract/document_builder.h"
#include "pipeline/extract/html_blocks.h"
#include "pipeline/extract/html_tree.h"
#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

using std::string_view;
constexpr auto kNone = string_view::npos;
constexpr std::size_t kMaxTagBytes = 2000;
constexpr std::size_t kMaxNameBytes = 12;

struct Element {
  string_view name;
  string_view tag;
};
constexpr std::array<Element, 46> kElements = {{
    {"*", "li"},         {"align", "div"},   {"b", "b"},
    {"center", "div"},   {"code", "pre"},    {"color", "span"},
    {"email", "a"},      {"font", "span"},   {"h1", "h1"},
    {"h2", "h2"},        {"h3", "h3"},       {"h4", "h4"},
    {"h5", "h5"},        {"h6", "h6"},       {"heading", "h3"},
    {"hr", "hr"},        {"i", "i"},         {"icode", "span"},
    {"img", "img"},      {"indent", "div"},  {"justify", "div"},
    {"left", "div"},     {"li", "li"},       {"list", "ul"},
    {"noparse", "span"}, {"ol", "ul"},       {"php", "pre"},
    {"plain", "span"},   {"pre", "pre"},     {"quote", "blockquote"},
    {"right", "div"},    {"s", "s"},         {"size", "span"},
    {"spoiler", "div"},  {"strike", "s"},    {"sub", "span"},
    {"sup", "span"},     {"table", "table"}, {"td", "td"},
    {"th", "th"},        {"tr", "tr"},       {"u", "u"},
    {"ul", "ul"},        {"url", "a"},       {"user", "span"},
    {"youtube", "span"},
}};
// No tag counts inside these until their own end.
constexpr std::array<string_view, 7> kLiteral = {"code", "icode", "img", "noparse",
                                                 "php",  "plain", "pre"};

struct Tag {
  std::string name;
  string_view value;  ///< Behind "=".
  bool closing = false;
  std::size_t end = 0;
};

class Reader {
 public:
  explicit Reader(string_view text) : text_(text), lower_(to_lower(text)), tags_(tree_) {}

  HtmlTree read() {
    while (at_ < text_.size()) {
      const std::size_t open = std::min(text_.find('[', at_), text_.size());
      add_text(open);
      if (at_ < text_.size() && !read_tag()) ++at_;
    }
    add_text(text_.size());
    tree_.close_all(text_.size());
    return std::move(tree_);
  }

 private:
  static const Element* find_element(string_view name) {
    const auto found = std::find_if(kElements.begin(), kElements.end(),
                                    [&](const Element& known) { return known.name == name; });
    return found == kElements.end() ? nullptr : &*found;
  }

  /// What stands in brackets at at_, if it is a tag that is known.
  std::optional<Tag> tag_here() const {
    const string_view inside = text_.substr(at_ + 1, kMaxTagBytes);
    const string_view head = inside.substr(0, kMaxNameBytes);
    const std::size_t name_end = head.find_first_of("]= \n[", 1);
    if (name_end == kNone || head[name_end] == '\n' || head[name_end] == '[') return std::nullopt;
    Tag tag;
    tag.closing = inside.front() == '/';
    tag.name = to_lower(inside.substr(tag.closing ? 1 : 0, name_end - (tag.closing ? 1 : 0)));
    if (find_element(tag.name) == nullptr) return std::nullopt;
    const std::size_t close = inside.find_first_of("]\n[", name_end);
    if (close == kNone || inside[close] != ']') return std::nullopt;
    tag.value = value_of(inside.substr(name_end, close - name_end));
    tag.end = at_ + 1 + close + 1;
    return tag;
  }

  /// Of "=value", "=\"value\"" and "=value further=more".
  static string_view value_of(string_view written) {
    if (!written.starts_with('=')) return {};
    written.remove_prefix(1);
    const bool quoted = written.starts_with('"') || written.starts_with('\'');
    if (!quoted) return trim(written);
    return written.substr(1, std::min(written.find(written.front(), 1), written.size()) - 1);
  }

  bool read_tag() {
    const auto tag = tag_here();
    if (!tag) return false;
    const std::size_t begin = at_;
    at_ = text_from_ = tag->end;
    if (tag->closing) {
      tags_.close(find_element(tag->name)->tag, begin, at_);
    } else if (std::find(kLiteral.begin(), kLiteral.end(), tag->name) != kLiteral.end()) {
      read_literal(*tag, begin);
    } else {
      open(*tag, begin);
    }
    return true;
  }

  void open(const Tag& tag, std::size_t begin) {
    if (tag.name == "*" && is_item_of_innermost_list()) tags_.close("li", begin, begin);
    if (tag.name == "hr") return add_break_block(begin);
    if (tag.name == "quote") return open_quote(tag, begin);
    if (tag.name == "url" || tag.name == "email") return open_link(tag, begin);
    tags_.open(std::string(find_element(tag.name)->tag), {}, begin);
    const bool titled = tag.name == "spoiler" && !tag.value.empty();
    if (titled) add_paragraph(tag.value, begin);
  }

  /// An item is ended by the next one, unless a list inside it has been opened since.
  bool is_item_of_innermost_list() const {
    return tags_.is_open("li") && tree_.innermost() != "ul";
  }

  void open_quote(const Tag& tag, std::size_t begin) {
    tags_.open("blockquote", {}, begin);
    // "Ann, post: 5, topic: 2" and "Ann;5" name the post too.
    const string_view author = trim(tag.value.substr(0, tag.value.find_first_of(",;")));
    if (!author.empty()) add_paragraph(std::string(author) + ":", begin);
  }

  void open_link(const Tag& tag, std::size_t begin) {
    std::string target(tag.value);
    if (target.empty()) {
      const std::size_t end = std::min(text_.substr(0, at_ + kMaxTagBytes).find('[', at_),
                                       std::min(text_.size(), at_ + kMaxTagBytes));
      target = trim(text_.substr(at_, end - at_));
    }
    if (tag.name == "email") target = "mailto:" + target;
    tags_.open("a", {{"href", target}}, begin);
  }

  /// Code, images and what is not to be parsed: up to their end tag, else they are text.
  void read_literal(const Tag& tag, std::size_t begin) {
    const std::string mark = "[/" + tag.name + "]";
    const std::size_t end = is_never_closed(tag.name) ? kNone : lower_.find(mark, at_);
    if (end == kNone) {
      if (!is_never_closed(tag.name)) never_closed_.push_back(tag.name);
      text_from_ = begin;
      return;
    }
    const string_view inside = text_.substr(at_, end - at_);
    if (tag.name == "img") {
      tree_.open("img", {{"src", std::string(trim(inside))}}, begin);
    } else {
      const string_view element = find_element(tag.name)->tag;
      const bool code = element == "pre";
      const std::string language = tag.name == "php" ? "php" : std::string(tag.value);
      tree_.open(std::string(element), {{"class", code ? "language-" + language : ""}}, begin);
      tree_.add_text(std::string(inside), at_, end);
    }
    at_ = text_from_ = end + mark.size();
    tree_.close(at_);
  }

  // Keeps many starts without an end from searching the rest of the text each.
  bool is_never_closed(string_view name) const {
    return std::find(never_closed_.begin(), never_closed_.end(), name) != never_closed_.end();
  }

  void add_break_block(std::size_t at) {
    tree_.open("hr", {}, at);
    tree_.close(at);
  }

  void add_paragraph(string_view text, std::size_t begin) {
    tree_.open("p", {}, begin);
    tree_.add_text(std::string(text), begin, at_);
    tree_.close(at_);
  }

  /// Adds the text up to `end` and goes there.
  void add_text(std::size_t end) {
    at_ = end;
    const bool next_is_tag = end == text_.size() || tag_here().has_value();
    if (!next_is_tag) return;
    while (text_from_ < end) {
      const std::size_t line_end = std::min(text_.substr(0, end).find('\n', text_from_), end);
      const string_view line = text_.substr(text_from_, line_end - text_from_);
      add_line(line);
      text_from_ = line_end;
      if (line_end < end) add_line_end();
    }
  }

  void add_line(string_view line) {
    if (is_blank(line)) return tree_.add_text(std::string(line), text_from_, text_from_);
    if (tags_.is_open("a")) {
      tree_.add_text(std::string(line), text_from_, text_from_ + line.size());
    } else {
      add_text_with_addresses(tree_, line, text_from_);
    }
  }

  void add_line_end() {
    const std::size_t next = text_.find_first_not_of(" \t\r", text_from_ + 1);
    const bool empty_line = next != kNone && text_[next] == '\n';
    tree_.open(empty_line ? "hr" : "br", {}, text_from_);
    tree_.close(++text_from_);
  }

  string_view text_;
  std::string lower_;
  HtmlTree tree_;
  TagBalance tags_;
  std::size_t at_ = 0;
  std::size_t text_from_ = 0;  // Text before at_ that is not in the tree yet.
  std::vector<std::string> never_closed_;
};

}  // namespace

Result<ExtractedDocument> extract_bbcode(string_view text) {
  ExtractedDocument document;
  const HtmlTree tree = Reader(text).read();
  DocumentBuilder builder(text, document);
  HtmlScope scope;
  scope.slugs = true;
  read_html_blocks(tree, scope, builder);
  return document;
}

}  // namespace freshet::pipeline
