#include "pipeline/extract/asciidoc_inline.h"

#include <algorithm>
#include <array>

#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

using std::string_view;
constexpr auto kNone = string_view::npos;
constexpr std::size_t kMaxMarkupBytes = 2000;
constexpr std::size_t kMaxNameBytes = 100;

enum class Meaning { Link, Image, Text, Target };
struct Macro {
  string_view start;
  Meaning meaning;
};
constexpr std::array<Macro, 14> kMacros = {{{"link:", Meaning::Link},
                                            {"xref:", Meaning::Link},
                                            {"http://", Meaning::Link},
                                            {"https://", Meaning::Link},
                                            {"mailto:", Meaning::Link},
                                            {"image:", Meaning::Image},
                                            {"icon:", Meaning::Target},
                                            {"kbd:", Meaning::Text},
                                            {"btn:", Meaning::Text},
                                            {"menu:", Meaning::Target},
                                            {"footnote:", Meaning::Text},
                                            {"pass:", Meaning::Text},
                                            {"stem:", Meaning::Text},
                                            {"anchor:", Meaning::Target}}};

class InlineReader {
 public:
  InlineReader(const ParagraphBuffer& paragraph, const AsciidocAttributes& attributes,
               DocumentBuilder& builder)
      : paragraph_(paragraph),
        text_(paragraph.text()),
        attributes_(attributes),
        builder_(builder) {}

  std::string read() {
    while (at_ < text_.size()) {
      const std::size_t next =
          std::min(text_.find_first_of("`*_#+<[\\lxhmikbfpsa", at_), text_.size());
      out_.append(text_.substr(at_, next - at_));
      at_ = next;
      if (at_ < text_.size() && !read_markup()) out_ += text_[at_++];
    }
    return with_attributes(out_, attributes_);
  }

 private:
  bool read_markup() {
    if (ends_span()) return true;
    switch (text_[at_]) {
      case '\\':
        ++at_;
        return at_ >= text_.size();
      case '`':
      case '*':
      case '_':
      case '#':
        return read_span();
      case '+':
        return read_plus();
      case '<':
        return read_cross_reference();
      case '[':
        return read_attribute_list();
      default:
        return read_macro();
    }
  }

  std::size_t find_close(string_view mark, std::size_t from,
                         std::size_t most = kMaxMarkupBytes) const {
    return text_.substr(0, std::min(from + most, text_.size())).find(mark, from);
  }

  bool starts_word() const {
    return at_ == 0 || !(is_letter(text_[at_ - 1]) || is_digit(text_[at_ - 1]));
  }

  /// *bold*, _emphasis_, `code`, #marked#, and the doubled forms inside words.
  bool read_span() {
    const bool doubled = at_ + 1 < text_.size() && text_[at_ + 1] == text_[at_];
    const string_view mark = text_.substr(at_, doubled ? 2 : 1);
    const std::size_t from = at_ + mark.size();
    if ((!doubled && !starts_word()) || from >= text_.size() || is_blank(text_[from])) return false;
    const std::size_t close = find_close(mark, from);
    const std::size_t after = close + mark.size();
    if (close == kNone || close == from || is_blank(text_[close - 1])) return false;
    const bool inside_word =
        after < text_.size() && (is_letter(text_[after]) || is_digit(text_[after]));
    if (!doubled && inside_word) return false;
    // What is inside may hold further markup (never code): only the marks go.
    if (mark.front() == '`') {
      out_.append(text_.substr(from, close - from));
      at_ = after;
      return true;
    }
    closing_.push_back({close, mark.size()});
    at_ = from;
    return true;
  }

  bool ends_span() {
    while (!closing_.empty() && closing_.back().at < at_) closing_.pop_back();
    if (closing_.empty() || closing_.back().at != at_) return false;
    at_ += closing_.back().size;
    closing_.pop_back();
    return true;
  }

  bool read_plus() {
    const bool triple = text_.substr(at_).starts_with("+++");
    const bool hard_break =
        at_ > 0 && text_[at_ - 1] == ' ' && (at_ + 1 == text_.size() || text_[at_ + 1] == '\n');
    if (hard_break) {
      ++at_;
      return true;
    }
    const string_view mark = triple ? "+++" : "+";
    const std::size_t from = at_ + mark.size();
    const std::size_t close = starts_word() ? find_close(mark, from) : kNone;
    if (close == kNone || close == from ||
        (!triple && (is_blank(text_[from]) || is_blank(text_[close - 1]))))
      return false;
    out_.append(text_.substr(from, close - from));
    at_ = close + mark.size();
    return true;
  }

  /// <<id,text>>
  bool read_cross_reference() {
    if (!text_.substr(at_).starts_with("<<")) return false;
    const std::size_t close = find_close(">>", at_ + 2);
    if (close == kNone) return false;
    const string_view inside = text_.substr(at_ + 2, close - at_ - 2);
    const std::size_t comma = inside.find(',');
    const string_view id = trim(inside.substr(0, comma));
    const string_view text = comma == kNone ? id : trim(inside.substr(comma + 1));
    const bool file = id.find('#') != kNone || id.ends_with(".adoc");
    add_link({(file ? "" : "#") + std::string(id), std::string(text)});
    out_.append(text);
    at_ = close + 2;
    return true;
  }

  /// [[id]] and the roles of [.role]#text# are not shown.
  bool read_attribute_list() {
    const bool anchor = text_.substr(at_).starts_with("[[");
    const bool role = text_.substr(at_).starts_with("[.");
    const std::size_t close =
        anchor ? find_close("]]", at_, kMaxNameBytes) : find_close("]", at_, kMaxNameBytes);
    if (!(anchor || role) || close == kNone) return false;
    if (role && (close + 1 >= text_.size() || string_view("#*_`").find(text_[close + 1]) == kNone))
      return false;
    at_ = close + (anchor ? 2 : 1);
    return true;
  }

  bool read_macro() {
    if (!starts_word()) return false;
    const string_view rest = text_.substr(at_);
    const auto macro = std::find_if(kMacros.begin(), kMacros.end(), [&](const Macro& candidate) {
      return rest.starts_with(candidate.start);
    });
    if (macro == kMacros.end()) return false;
    const bool address = macro->start.ends_with("//");
    const std::size_t from = at_ + macro->start.size();
    const std::size_t stop = std::min(text_.find_first_of(" \t\n[<>\"`", from), text_.size());
    const std::size_t close =
        stop < text_.size() && text_[stop] == '[' ? find_close("]", stop) : kNone;
    if (close == kNone) return address && read_bare_address(stop);
    const string_view target = text_.substr(address ? at_ : from, stop - (address ? at_ : from));
    show(*macro, target, text_.substr(stop + 1, close - stop - 1));
    at_ = close + 1;
    return true;
  }

  void show(const Macro& macro, string_view target, string_view label) {
    string_view text = label.substr(
        0, macro.start == "footnote:" || macro.start == "pass:" ? kNone : label.find(','));
    if (text.ends_with('^')) text.remove_suffix(1);
    if (text.size() > 1 && text.front() == '"' && text.back() == '"')
      text = text.substr(1, text.size() - 2);
    if (macro.meaning == Meaning::Target) {
      const bool menu = macro.start == "menu:";
      if (menu) out_.append(target).append(text.empty() ? "" : " > ").append(text);
      return;
    }
    if (macro.meaning == Meaning::Text) {
      if (macro.start == "footnote:") out_ += " (";
      out_.append(text);
      if (macro.start == "footnote:") out_ += ")";
      return;
    }
    if (text.empty() && macro.meaning == Meaning::Link) text = target;
    const std::string prefix = macro.start == "mailto:" ? "mailto:" : "";
    add_link({prefix + std::string(target), std::string(text),
              macro.meaning == Meaning::Image ? "image" : "link"});
    out_.append(text);
  }

  bool read_bare_address(std::size_t end) {
    while (end > at_ && string_view(".,;:!?)]}").find(text_[end - 1]) != kNone) --end;
    const string_view address = text_.substr(at_, end - at_);
    add_link({std::string(address), std::string(address)});
    out_.append(address);
    at_ = end;
    return true;
  }

  void add_link(FoundLink link) {
    link.target = with_attributes(link.target, attributes_);
    link.text = with_attributes(link.text, attributes_);
    builder_.add_link(std::move(link), paragraph_.line_at(at_));
  }

  const ParagraphBuffer& paragraph_;
  string_view text_;
  const AsciidocAttributes& attributes_;
  DocumentBuilder& builder_;
  struct Closing {
    std::size_t at;
    std::size_t size;
  };
  std::vector<Closing> closing_;  // Marks that end a span when they are reached.
  std::string out_;
  std::size_t at_ = 0;
};

}  // namespace

std::string with_attributes(string_view text, const AsciidocAttributes& attributes) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t open = std::min(text.find('{', at), text.size());
    out.append(text.substr(at, open - at));
    at = open;
    if (at == text.size()) break;
    const std::size_t close = text.substr(0, at + kMaxNameBytes).find('}', at);
    const auto found =
        close == kNone ? attributes.end() : attributes.find(text.substr(at + 1, close - at - 1));
    if (found == attributes.end()) {
      out += text[at++];
    } else {
      out += found->second;
      at = close + 1;
    }
  }
  return out;
}

std::string read_asciidoc_inline(const ParagraphBuffer& paragraph,
                                 const AsciidocAttributes& attributes, DocumentBuilder& builder) {
  return InlineReader(paragraph, attributes, builder).read();
}

}  // namespace freshet::pipeline
