#include "pipeline/extract/wikitext.h"

#include <algorithm>
#include <string>
#include <vector>

#include "pipeline/extract/document_builder.h"
#include "pipeline/extract/html_blocks.h"
#include "pipeline/extract/html_tree.h"
#include "pipeline/extract/slug.h"
#include "pipeline/extract/text.h"
#include "pipeline/extract/wiki_inline.h"
#include "pipeline/extract/wiki_source.h"

namespace freshet::pipeline {
namespace {

using std::string_view;
constexpr auto kNone = string_view::npos;

class Reader {
 public:
  explicit Reader(string_view original)
      : original_(original),
        source_(prepare_wikitext(original)),
        text_(source_.text),
        tags_(tree_),
        inline_(source_, tree_) {}

  void read() {
    for (std::size_t begin = 0; begin < text_.size();) {
      const std::size_t end = end_of_line(begin);
      read_line({begin, end});
      begin = end + 1;
    }
    finish();
    tree_.close_all(text_.size());
  }

  [[nodiscard]] const HtmlTree& tree() const { return tree_; }
  [[nodiscard]] const std::string& redirect() const { return redirect_; }
  [[nodiscard]] std::string categories() const {
    std::string all;
    for (const std::string& name : inline_.categories()) all += (all.empty() ? "" : ", ") + name;
    return all;
  }

 private:
  struct Table {
    bool in_row = false;
    std::string cell;  // The tag of the one that is open.
  };

  /// Lines that a literal spans are one.
  std::size_t end_of_line(std::size_t begin) const {
    std::size_t end = std::min(text_.find('\n', begin), text_.size());
    for (const WikiLiteral* literal = source_.literal_after(begin);
         literal != nullptr && literal->outer.begin < end;
         literal = source_.literal_after(literal->outer.end)) {
      if (literal->outer.end > end)
        end = std::min(text_.find('\n', literal->outer.end), text_.size());
    }
    return end;
  }

  void read_line(Span line) {
    const string_view whole = text_.substr(line.begin, line.end - line.begin);
    const string_view content = trim(whole);
    if (content.empty()) return finish();
    const std::size_t begin = line.begin + static_cast<std::size_t>(content.data() - whole.data());
    const Span span{begin, begin + content.size()};
    if (read_redirect(content, span) || read_table_line(content, span)) return;
    if (content.starts_with('=') && content.ends_with('=') && read_heading(content, span)) return;
    if (string_view("*#:;").find(content.front()) != kNone) return add_item(content, span);
    if (content.starts_with("----")) return finish();
    if (original_[line.begin] == ' ' && tables_.empty()) return add_code_line(line);
    if (!is_empty(code_)) finish();
    if (is_empty(paragraph_)) paragraph_.begin = span.begin;
    paragraph_.end = span.end;
  }

  bool read_redirect(string_view content, Span span) {
    if (!tree_is_empty() || !to_lower(content.substr(0, 9)).starts_with("#redirect")) return false;
    const std::size_t open = content.find("[[");
    const std::size_t close = content.find("]]", std::min(open, content.size()));
    if (open == kNone || close == kNone) return false;
    redirect_ = content.substr(open + 2, std::min(close, content.find('|', open)) - open - 2);
    add("p", {span.begin + open, span.end});
    return true;
  }

  bool tree_is_empty() const { return tree_.nodes().size() == 1 && is_empty(paragraph_); }

  bool read_heading(string_view content, Span span) {
    const std::size_t open = std::min(content.find_first_not_of('='), content.size());
    const std::size_t close =
        content.size() - 1 - std::min(content.find_last_not_of('='), content.size() - 1);
    const std::size_t level = std::min<std::size_t>({open, close, 6});
    if (open == content.size() || level == 0) return false;
    finish();
    tree_.open("h" + std::to_string(level), {}, span.begin);
    inline_.read({span.begin + level, span.end - level});
    tree_.close(span.end);
    return true;
  }

  void add_item(string_view content, Span span) {
    finish();
    span.begin += std::min(content.find_first_not_of("*#:;"), content.size());
    const string_view rest = trim(text_.substr(span.begin, span.end - span.begin));
    if (rest.starts_with("{|")) return open_table(span.begin);
    add("li", span);
  }

  void add(string_view tag, Span span) {
    tags_.open(std::string(tag), {}, span.begin);
    inline_.read(span);
    tags_.close_innermost(span.end);
  }

  void add_code_line(Span line) {
    if (!is_empty(paragraph_)) finish();
    if (is_empty(code_)) code_.begin = line.begin;
    code_.end = line.end;
  }

  void finish() {
    if (!is_empty(paragraph_)) add("p", paragraph_);
    if (!is_empty(code_)) add("pre", code_);
    paragraph_ = code_ = {};
  }

  bool read_table_line(string_view content, Span span) {
    if (content.starts_with("{|")) return finish(), open_table(span.begin), true;
    if (tables_.empty() || (content.front() != '|' && content.front() != '!')) return false;
    finish();
    if (content.starts_with("|}")) {
      close_row(span.begin);
      tags_.close("table", span.begin, span.begin + 2);
      tables_.pop_back();
    } else if (content.starts_with("|-")) {
      close_row(span.begin);
    } else if (content.starts_with("|+")) {
      close_row(span.begin);
      add("p", after_attributes({span.begin + 2, span.end}));
    } else {
      read_cells(span);
    }
    return true;
  }

  void open_table(std::size_t begin) {
    tags_.open("table", {}, begin);
    tables_.emplace_back();
  }

  void close_cell(std::size_t at) {
    std::string& cell = tables_.back().cell;
    if (!cell.empty()) tags_.close(cell, at, at);
    cell.clear();
  }

  void close_row(std::size_t at) {
    close_cell(at);
    if (tables_.back().in_row) tags_.close("tr", at, at);
    tables_.back().in_row = false;
  }

  void read_cells(Span span) {
    const std::string tag = text_[span.begin] == '!' ? "th" : "td";
    std::size_t from = span.begin + 1;
    for (std::size_t at = from; at <= span.end;
         at = at == span.end ? at + 1 : source_.step_over(at)) {
      const string_view rest = text_.substr(at, std::min<std::size_t>(2, span.end - at));
      const bool ends = at == span.end || rest == "||" || (tag == "th" && rest == "!!");
      if (!ends) continue;
      add_cell(tag, {from, at});
      if (at < span.end) from = ++at + 1;
    }
  }

  void add_cell(const std::string& tag, Span span) {
    close_cell(span.begin);
    if (!tables_.back().in_row) tags_.open("tr", {}, span.begin);
    tables_.back().in_row = true;
    tags_.open(tag, {}, span.begin);
    tables_.back().cell = tag;
    inline_.read(after_attributes(span));
  }

  /// A cell may begin with attributes and a bar.
  Span after_attributes(Span span) const {
    for (std::size_t at = span.begin; at < span.end; at = source_.step_over(at)) {
      if (text_[at] == '|') return {at + 1, span.end};
    }
    return span;
  }

  static bool is_empty(Span span) { return span.begin == span.end; }

  string_view original_;
  WikiSource source_;
  string_view text_;
  HtmlTree tree_;
  TagBalance tags_;
  WikiInline inline_;
  Span paragraph_, code_;  // Lines that one block is made of.
  std::vector<Table> tables_;
  std::string redirect_;
};

}  // namespace

Result<ExtractedDocument> extract_wikitext(string_view text) {
  ExtractedDocument document;
  Reader reader(text);
  reader.read();
  if (!reader.redirect().empty()) document.metadata["redirect"] = trim(reader.redirect());
  if (!reader.categories().empty()) document.metadata["categories"] = reader.categories();
  DocumentBuilder builder(text, document);
  WikiFragments fragments({.space = '_', .repeat = '_', .first = 2});
  HtmlScope scope;
  scope.fragment_of = [&](string_view heading) { return fragments.next(heading); };
  read_html_blocks(reader.tree(), scope, builder);
  return document;
}

}  // namespace freshet::pipeline
