#include "pipeline/extract/textile.h"

#include <algorithm>
#include <string>

#include "pipeline/extract/document_builder.h"
#include "pipeline/extract/html_blocks.h"
#include "pipeline/extract/html_tree.h"
#include "pipeline/extract/slug.h"
#include "pipeline/extract/text.h"
#include "pipeline/extract/textile_inline.h"

namespace freshet::pipeline {
namespace {

using std::string_view;
constexpr auto kNone = string_view::npos;

class Reader {
 public:
  explicit Reader(string_view text) : text_(text), lines_(text) {}

  HtmlTree read() {
    for (number_ = 1; number_ <= lines_.count(); ++number_) read_line(lines_.line(number_));
    end_block();
    end_table();
    tree_.close_all(text_.size());
    return std::move(tree_);
  }

 private:
  void read_line(string_view line) {
    const string_view content = trim(line);
    if (content.empty()) {
      end_block();
      return end_table();
    }
    if (block_ == "pre") return add_code(line);
    if (content.starts_with("<pre>") || content.starts_with("<pre ")) return read_pre();
    if (content.starts_with('|') && content.ends_with('|')) return add_row(content);
    end_table();
    if (is_macro(content)) return;
    if (read_signature(content) || read_item(content)) return;
    const bool quoted = content.starts_with('>');
    if (quoted && block_ != "blockquote") open_block("blockquote", content);
    add_line(quoted ? trim(content.substr(1)) : content);
  }

  static bool is_macro(string_view content) {
    return content.starts_with("{{") && content.ends_with("}}");
  }

  std::size_t place(string_view part) const {
    return static_cast<std::size_t>(part.data() - text_.data());
  }
  std::size_t end_of(string_view part) const { return place(part) + part.size(); }
  void read_inline(string_view part) {
    read_textile_inline(text_, {place(part), end_of(part)}, tree_);
  }

  void open_block(string_view tag, string_view at, std::vector<HtmlAttribute> attributes = {}) {
    end_block();
    block_ = tag;
    tree_.open(block_, std::move(attributes), place(at));
  }

  void end_block() {
    if (!block_.empty()) tree_.close(end_);
    block_.clear();
    begun_ = false;
  }

  void add_break(string_view part) {
    tree_.open("br", {}, place(part));
    tree_.close(place(part));
  }

  /// Line ends inside a block stay, as on Redmine's pages.
  void add_line(string_view content) {
    if (block_.empty()) open_block("p", content);
    if (begun_) add_break(content);
    begun_ = true;
    read_inline(content);
    end_ = end_of(content);
  }

  void add_code(string_view line) {
    if (begun_) add_break(line);
    begun_ = true;
    tree_.add_text(std::string(line), place(line), end_of(line));
    end_ = end_of(line);
  }

  /// "h2. ", "bq(note). ", "bc. "
  bool read_signature(string_view content) {
    const string_view head = content.substr(0, 60);
    const std::size_t dot = head.find(". ");
    if (dot == kNone) return false;
    const string_view sign = head.substr(0, dot);
    const string_view name = sign.substr(0, sign.find_first_of("({[<>=."));
    const string_view rest = trim(content.substr(dot + 1));
    const bool heading = name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
    if (sign.find(' ') != kNone) return false;
    if (name == "bc" || name == "pre") {
      open_block("pre", content);
      add_code(rest);
    } else if (name == "bq" || name == "p" || heading) {
      open_block(name == "bq" ? "blockquote" : name, content, id_of(sign));
      add_line(rest);
      if (heading) end_block();
    } else {
      return false;
    }
    return true;
  }

  static std::vector<HtmlAttribute> id_of(string_view sign) {
    const std::size_t hash = sign.find("(#");
    if (hash == kNone) return {};
    const string_view id = sign.substr(hash + 2);
    return {{"id", std::string(id.substr(0, id.find(')')))}};
  }

  bool read_item(string_view content) {
    const std::size_t marks = content.find_first_not_of("*#");
    if (marks == 0 || marks == kNone || content[marks] != ' ') return false;
    open_block("li", content);
    add_line(trim(content.substr(marks)));
    return true;
  }

  void add_row(string_view content) {
    end_block();
    if (!in_table_) tree_.open("table", {}, place(content));
    in_table_ = true;
    tree_.open("tr", {}, place(content));
    for (string_view cell : split_at(content.substr(1, content.size() - 2), '|')) {
      const bool header = cell.starts_with("_.");
      if (header) cell.remove_prefix(2);
      tree_.open(header ? "th" : "td", {}, place(cell));
      read_inline(trim(cell));
      tree_.close(end_of(cell));
    }
    tree_.close(end_of(content));
    end_ = end_of(content);
  }

  void end_table() {
    if (in_table_) tree_.close(end_);
    in_table_ = false;
  }

  /// From a line that begins with <pre> to the </pre>, else to the end.
  void read_pre() {
    end_block();
    end_table();
    const std::size_t begin = place(lines_.line(number_));
    const std::size_t close = text_.find("</pre>", begin);
    const std::size_t end = std::min(close, text_.size());
    end_ = close == kNone ? end : close + 6;
    add_pre(text_.substr(begin, end - begin));
    number_ = lines_.number_at(end_ - 1);
    const string_view last = lines_.line(number_);
    const string_view after = trim(text_.substr(end_, std::max(end_of(last), end_) - end_));
    if (!after.empty()) add_line(after);
  }

  /// "<pre>..." and "<pre><code class=\"ruby\">...</code>"
  void add_pre(string_view written) {
    string_view inside = written.substr(std::min(written.find('>'), written.size() - 1) + 1);
    std::string language;
    const string_view start = trim(inside.substr(0, inside.find('>')));
    if (start.starts_with("<code")) {
      const std::size_t name = start.find("class=\"");
      if (name != kNone) language = start.substr(name + 7, start.find('"', name + 7) - name - 7);
      inside.remove_prefix(std::min(inside.find('>'), inside.size() - 1) + 1);
      inside = inside.substr(0, inside.rfind("</code>"));
    }
    tree_.open("pre", {{"class", "language-" + language}}, place(written));
    tree_.add_text(std::string(inside), place(inside), end_of(inside));
    tree_.close(end_);
  }

  string_view text_;
  Lines lines_;
  HtmlTree tree_;
  std::size_t number_ = 1;
  std::string block_;  // The tag of the block that is open.
  bool begun_ = false, in_table_ = false;
  std::size_t end_ = 0;  // Of what was last added.
};

}  // namespace

Result<ExtractedDocument> extract_textile(string_view text) {
  ExtractedDocument document;
  const HtmlTree tree = Reader(text).read();
  DocumentBuilder builder(text, document);
  WikiFragments fragments({.space = '-', .repeat = '-', .first = 2});
  HtmlScope scope;
  scope.fragment_of = [&](string_view heading) { return fragments.next(heading); };
  read_html_blocks(tree, scope, builder);
  return document;
}

}  // namespace freshet::pipeline
