#include "pipeline/extract/restructured_text.h"

#include <algorithm>
#include <utility>

#include "pipeline/extract/document_builder.h"
#include "pipeline/extract/front_matter.h"
#include "pipeline/extract/paragraph_buffer.h"
#include "pipeline/extract/rst_inline.h"
#include "pipeline/extract/rst_lines.h"
#include "pipeline/extract/rst_table.h"
#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

using std::string_view;
constexpr auto kNone = string_view::npos;

class Reader {
 public:
  explicit Reader(DocumentBuilder& builder)
      : builder_(builder), lines_(builder.lines()), names_(collect_rst_names(lines_)) {}

  void read() {
    for (at_ = 1; at_ <= lines_.count(); ++at_) read_line(lines_.line(at_));
    finish();
  }

 private:
  void read_line(string_view line) {
    const string_view content = trim(line);
    if (content.empty()) return finish();
    if (paragraph_.empty() && read_section(line)) return;
    if (paragraph_.empty() && (is_rst_grid_rule(line) || is_rst_simple_rule(line))) {
      at_ = read_rst_table(at_, names_, builder_);
      return;
    }
    if (content == ".." || content.starts_with(".. ") || content.starts_with("__ "))
      return read_explicit(line);
    if (paragraph_.empty() && content.starts_with(">>> "))
      return add_code(at_, indented_end(at_, kNone), "python");
    if (paragraph_.empty() && read_field(content)) return;
    read_text(line);
  }

  void read_text(string_view line) {
    const std::size_t indent = indentation(line);
    string_view content = trim(line);
    const std::size_t marker = rst_list_marker(content);
    if (marker > 0 && (paragraph_.empty() || in_list_)) {
      finish();
      in_list_ = true;
      list_indent_ = indent;
      content.remove_prefix(marker);
    } else if (paragraph_.empty()) {
      in_list_ = in_list_ && indent > list_indent_;
    }
    if (content.starts_with("| ")) content.remove_prefix(2);
    if (paragraph_.empty()) paragraph_indent_ = indent;
    paragraph_.add(content, at_, lines_);
  }

  // Over- and underline together are another level than the underline alone.
  bool read_section(string_view line) {
    const bool overlined = rst_adornment(line) != '\0' && at_ + 2 <= lines_.count() &&
                           rst_adornment(lines_.line(at_ + 2)) == line.front() &&
                           !is_blank(lines_.line(at_ + 1));
    const std::size_t title_at = overlined ? at_ + 1 : at_;
    const std::size_t under_at = title_at + 1;
    if (under_at > lines_.count()) return is_transition(line);
    const string_view title = trim(lines_.line(title_at));
    const char adornment = rst_adornment(lines_.line(under_at));
    const bool underlined =
        adornment != '\0' && (overlined || indentation(line) == 0) && rst_adornment(title) == '\0';
    // Shorter underlines are an error in docutils, too, but only a warning; two characters may be
    // anything.
    const bool long_enough =
        trim_right(lines_.line(under_at)).size() >= std::min<std::size_t>(title.size(), 4);
    if (!underlined || !long_enough) return is_transition(line);
    ParagraphBuffer heading;
    heading.add(title, title_at, lines_);
    const Span span{lines_.begin(at_),
                    lines_.begin(under_at) + trim_right(lines_.line(under_at)).size()};
    builder_.add_heading(clean_line(read_rst_inline(heading, names_, builder_)),
                         level_of(adornment, overlined), std::exchange(anchor_, {}), span);
    in_list_ = false;
    at_ = under_at;
    return true;
  }

  static bool is_transition(string_view line) {
    return rst_adornment(line) != '\0' && trim(line).size() >= 4;
  }

  std::size_t level_of(char adornment, bool overlined) {
    const std::pair<char, bool> style{adornment, overlined};
    const auto found = std::find(styles_.begin(), styles_.end(), style);
    const auto level = static_cast<std::size_t>(found - styles_.begin()) + 1;
    if (found == styles_.end()) styles_.push_back(style);
    return level;
  }

  void read_explicit(string_view line) {
    finish();
    const string_view content = trim(line);
    if (const auto directive = rst_directive(line))
      return read_directive(*directive, indentation(line));
    if (content.starts_with(".. _")) {
      const bool internal = content.ends_with(':');
      if (internal) anchor_ = content.substr(4, content.size() - 5);
      return;
    }
    if (content.starts_with(".. [")) {
      const std::size_t close = content.find(']');
      if (close != kNone) paragraph_.add(content.substr(close + 1), at_, lines_);
      return;
    }
    at_ = indented_end(at_, indentation(line));  // A comment.
  }

  void read_directive(const RstDirective& directive, std::size_t indent) {
    const std::size_t end = indented_end(at_, indent);
    switch (rst_content(directive.name)) {
      case RstContent::Code:
        return read_code(directive, end);
      case RstContent::Unread:
        at_ = end;
        return;
      case RstContent::Entries:
        return read_entries(end);
      case RstContent::Include:
        return read_reference(directive, "include");
      case RstContent::Image:
        return read_reference(directive, "image");
      case RstContent::Text:
        break;
    }
    if (trim(lines_.line(at_)).starts_with(".. |")) return;
    in_list_ = in_list_ && indent > list_indent_;
    paragraph_indent_ = indent;
    if (!directive.argument.empty()) paragraph_.add(directive.argument, at_, lines_);
    const bool has_options = at_ < lines_.count() && trim(lines_.line(at_ + 1)).starts_with(':');
    if (!has_options) return;  // The text may go on in the next line.
    finish();
    skip_options();
  }

  /// Passes over the ":name: value" lines under a directive and returns one of them.
  std::string skip_options(string_view wanted = {}) {
    std::string value;
    while (at_ < lines_.count()) {
      const string_view option = trim(lines_.line(at_ + 1));
      const std::size_t colon = option.starts_with(':') ? option.find(':', 1) : kNone;
      if (colon == kNone || option.substr(colon).starts_with(":`")) break;
      if (option.substr(1, colon - 1) == wanted) value = trim(option.substr(colon + 1));
      ++at_;
    }
    return value;
  }

  void read_reference(const RstDirective& directive, const char* kind) {
    const std::size_t line = at_;
    const std::string alt = skip_options("alt");
    builder_.add_link({std::string(directive.argument), alt, kind}, line);
    if (alt.empty()) return;
    paragraph_.add(alt, line, lines_);
    finish();
  }

  void read_code(const RstDirective& directive, std::size_t end) {
    const std::size_t first = at_;
    skip_options();
    add_code(at_ + 1, end, directive.name == "math" ? "" : directive.argument);
    at_ = std::max(first, end);
  }

  void read_entries(std::size_t end) {
    skip_options();
    for (++at_; at_ <= end; ++at_) {
      string_view entry = trim(lines_.line(at_));
      string_view title;
      const std::size_t angle = entry.rfind('<');
      if (entry.ends_with('>') && angle != kNone) {
        title = trim(entry.substr(0, angle));
        entry = entry.substr(angle + 1, entry.size() - angle - 2);
      }
      builder_.add_link({std::string(entry), std::string(title), "link"}, at_);
    }
    at_ = end;
  }

  /// ":name: value" at the top of a page says something about the page; further down it is text.
  bool read_field(string_view content) {
    const std::size_t close = content.starts_with(':') ? content.find(": ", 1) : kNone;
    if (content == ":orphan:") return true;
    if (close == kNone || content.substr(close).starts_with(":`")) return false;
    const std::string name = to_lower(content.substr(1, close - 1));
    const string_view value = trim(content.substr(close + 1));
    ExtractedDocument& document = builder_.document();
    const bool at_top = document.blocks.size() < 2 && document.metadata.size() < 100 &&
                        indentation(lines_.line(at_)) == 0;
    if (!at_top) return false;
    if (name == "author" || name == "authors" || name == "owner") {
      document.owner = value;
    } else if (name == "language" || name == "lang") {
      document.language = language_code(value);
    } else {
      document.metadata[name] = value;
    }
    return true;
  }

  void finish() {
    if (paragraph_.empty()) return;
    const bool literal = paragraph_.text().ends_with("::");
    const std::size_t indent = paragraph_indent_;
    if (literal) {
      std::string& text = paragraph_.text();
      text.resize(text.size() - (text.size() == 2 || is_blank(text[text.size() - 3]) ? 2 : 1));
    }
    const BlockKind kind = in_list_ ? BlockKind::ListItem : BlockKind::Paragraph;
    std::string text = clean_line(read_rst_inline(paragraph_, names_, builder_));
    builder_.add(kind, std::move(text), paragraph_.span());
    paragraph_.clear();
    if (!literal || at_ > lines_.count() || !is_blank(lines_.line(at_))) return;
    const std::size_t end = indented_end(at_, indent);
    if (end > at_) add_code(at_ + 1, end, "");
    at_ = std::max(at_, end);
  }

  /// The last line of what is indented more than `indent` below line `from`; kNone: up to an empty
  /// line.
  std::size_t indented_end(std::size_t from, std::size_t indent) const {
    std::size_t end = from;
    for (std::size_t number = from + 1; number <= lines_.count(); ++number) {
      const string_view line = lines_.line(number);
      if (indent == kNone && is_blank(line)) break;
      if (is_blank(line)) continue;
      if (indent != kNone && indentation(line) <= indent) break;
      end = number;
    }
    return end;
  }

  void add_code(std::size_t first, std::size_t last, string_view language) {
    while (first < last && is_blank(lines_.line(first))) ++first;
    if (first > last) return;
    const std::size_t indent = indentation(lines_.line(first));
    std::string code;
    for (std::size_t number = first; number <= last; ++number) {
      const string_view line = lines_.line(number);
      code.append(line.substr(std::min(indentation(line), indent))).push_back('\n');
    }
    const Span span{lines_.begin(first) + indent,
                    lines_.begin(last) + trim_right(lines_.line(last)).size()};
    builder_.add(BlockKind::Code, clean_code(code), span).code_language = language;
    at_ = last;
  }

  DocumentBuilder& builder_;
  const Lines& lines_;
  RstNames names_;
  std::size_t at_ = 1;
  ParagraphBuffer paragraph_;
  std::size_t paragraph_indent_ = 0, list_indent_ = 0;
  bool in_list_ = false;
  std::string anchor_;
  std::vector<std::pair<char, bool>> styles_;
};

}  // namespace

Result<ExtractedDocument> extract_restructured_text(string_view text) {
  ExtractedDocument document;
  DocumentBuilder builder(text, document);
  Reader(builder).read();
  return document;
}

}  // namespace freshet::pipeline
