#include "pipeline/extract/textile_inline.h"

#include <algorithm>
#include <string>

#include "pipeline/extract/addresses.h"
#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

using std::string_view;
constexpr auto kNone = string_view::npos;
constexpr std::size_t kMaxMarkupBytes = 1000;

class Reader {
 public:
  Reader(string_view line, std::size_t offset, HtmlTree& tree)
      : text_(line), offset_(offset), tree_(tree) {}

  void read() {
    while (at_ < text_.size()) {
      at_ = std::min(text_.find_first_of("\"![@*_", at_), text_.size());
      if (at_ < text_.size() && !read_markup()) ++at_;
    }
    flush();
  }

 private:
  bool read_markup() {
    switch (text_[at_]) {
      case '"':
        return read_link();
      case '!':
        return read_image();
      case '[':
        return read_page();
      default:
        return read_marked();
    }
  }

  void flush() {
    if (from_ < at_)
      add_text_with_addresses(tree_, text_.substr(from_, at_ - from_), offset_ + from_);
    from_ = at_;
  }

  void go_on(std::size_t at) { at_ = from_ = at; }

  std::size_t find_near(string_view mark, std::size_t from) const {
    return text_.substr(0, std::min(from + kMaxMarkupBytes, text_.size())).find(mark, from);
  }

  bool starts_word() const { return at_ == 0 || !is_name_character(text_[at_ - 1]); }

  void add_link(string_view target, string_view label, std::size_t end) {
    flush();
    tree_.open("a", {{"href", std::string(target)}}, offset_ + at_);
    tree_.add_text(std::string(label), offset_ + at_, offset_ + end);
    tree_.close(offset_ + end);
    go_on(end);
  }

  /// "label":address
  bool read_link() {
    const std::size_t close = find_near("\":", at_ + 1);
    if (close == kNone || close == at_ + 1) return false;
    const std::size_t begin = close + 2;
    std::size_t end = std::min(text_.find_first_of(" \t\"<>|", begin), text_.size());
    while (end > begin && string_view(".,;:!?)]").find(text_[end - 1]) != kNone) --end;
    if (end == begin) return false;
    const string_view label = text_.substr(at_ + 1, close - at_ - 1);
    const std::size_t quote = label.rfind('"');
    if (quote != kNone) at_ += quote + 1;  // The label begins at the last quotation mark.
    add_link(text_.substr(begin, end - begin), label.substr(quote == kNone ? 0 : quote + 1), end);
    return true;
  }

  /// !address! and !address(alternative)!
  bool read_image() {
    const std::size_t close = starts_word() ? find_near("!", at_ + 1) : kNone;
    if (close == kNone || close == at_ + 1) return false;
    const string_view inside = text_.substr(at_ + 1, close - at_ - 1);
    const std::size_t open = inside.ends_with(')') ? inside.find('(') : kNone;
    const string_view target = inside.substr(0, open);
    if (target.find_first_of(" \t") != kNone || target.find('.') == kNone) return false;
    const string_view alternative =
        open == kNone ? string_view() : inside.substr(open + 1, inside.size() - open - 2);
    flush();
    tree_.open("img", {{"src", std::string(target)}, {"alt", std::string(alternative)}},
               offset_ + at_);
    tree_.close(offset_ + close + 1);
    go_on(close + 1);
    return true;
  }

  /// [[Page]] and [[Page|label]]
  bool read_page() {
    const std::size_t close =
        text_.substr(at_).starts_with("[[") ? find_near("]]", at_ + 2) : kNone;
    if (close == kNone) return false;
    const string_view inside = text_.substr(at_ + 2, close - at_ - 2);
    const std::size_t bar = inside.find('|');
    const string_view target = trim(inside.substr(0, bar));
    if (target.empty()) return false;
    add_link(target, bar == kNone ? target : trim(inside.substr(bar + 1)), close + 2);
    return true;
  }

  /// @code@, *strong* and _emphasis_: the marks go.
  bool read_marked() {
    const string_view mark = text_.substr(at_, 1);
    if (at_ == ends_at_) {
      flush();
      go_on(at_ + 1);
      return true;
    }
    const std::size_t close = starts_word() ? find_near(mark, at_ + 1) : kNone;
    if (close == kNone || close == at_ + 1 || is_blank(text_[at_ + 1])) return false;
    const bool inside_word = close + 1 < text_.size() && is_name_character(text_[close + 1]);
    if (inside_word || is_blank(text_[close - 1])) return false;
    flush();
    if (mark == "@") {
      tree_.add_text(std::string(text_.substr(at_ + 1, close - at_ - 1)), offset_ + at_,
                     offset_ + close);
      go_on(close + 1);
    } else {
      ends_at_ = close;
      go_on(at_ + 1);
    }
    return true;
  }

  string_view text_;
  std::size_t offset_;
  HtmlTree& tree_;
  std::size_t at_ = 0;
  std::size_t from_ = 0;         // Text before at_ that is not in the tree yet.
  std::size_t ends_at_ = kNone;  // The mark that ends what was last begun.
};

}  // namespace

void read_textile_inline(string_view text, Span line, HtmlTree& tree) {
  Reader(text.substr(line.begin, line.end - line.begin), line.begin, tree).read();
}

}  // namespace freshet::pipeline
