#include "pipeline/extract/rst_inline.h"

#include <algorithm>
#include <array>

#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

using std::string_view;
constexpr auto kNone = string_view::npos;
constexpr std::size_t kMaxMarkupBytes = 2000;
constexpr std::size_t kMaxNameBytes = 64;  // Of a role or a footnote.
constexpr std::array<string_view, 7> kLinkRoles = {"ref",      "doc",     "numref", "any",
                                                   "download", "std:ref", "std:doc"};

class InlineReader {
 public:
  InlineReader(const ParagraphBuffer& paragraph, const RstNames& names, DocumentBuilder& builder)
      : paragraph_(paragraph), text_(paragraph.text()), names_(names), builder_(builder) {}

  std::string read() {
    while (at_ < text_.size()) {
      const std::size_t next = std::min(text_.find_first_of("`*|\\:_[h", at_), text_.size());
      out_.append(text_.substr(at_, next - at_));
      at_ = next;
      if (at_ < text_.size() && !read_markup()) out_ += text_[at_++];
    }
    return std::move(out_);
  }

 private:
  bool read_markup() {
    switch (text_[at_]) {
      case '\\':
        return read_escape();
      case '`':
        return starts("``") ? read_literal() : read_interpreted({});
      case '*':
        return read_emphasis();
      case '|':
        return read_substitution();
      case ':':
        return read_role();
      case '_':
        return read_reference();
      case '[':
        return read_footnote();
      default:
        return read_address();
    }
  }

  bool starts(string_view mark) const { return text_.substr(at_).starts_with(mark); }

  std::size_t find_close(string_view mark, std::size_t from,
                         std::size_t most = kMaxMarkupBytes) const {
    return text_.substr(0, std::min(from + most, text_.size())).find(mark, from);
  }

  bool read_escape() {
    ++at_;
    if (at_ < text_.size() && !is_blank(text_[at_])) out_ += text_[at_];
    ++at_;
    return true;
  }

  bool read_literal() {
    const std::size_t close = find_close("``", at_ + 2);
    if (close == kNone) return false;
    out_.append(text_.substr(at_ + 2, close - at_ - 2));
    at_ = close + 2;
    return true;
  }

  bool read_emphasis() {
    const string_view mark = starts("**") ? "**" : "*";
    const std::size_t from = at_ + mark.size();
    if (from >= text_.size() || is_blank(text_[from])) return false;
    const std::size_t close = find_close(mark, from);
    if (close == kNone || close == from || is_blank(text_[close - 1])) return false;
    out_.append(text_.substr(from, close - from));
    at_ = close + mark.size();
    return true;
  }

  bool read_substitution() {
    const std::size_t close = find_close("|", at_ + 1);
    if (close == kNone) return false;
    const auto found = names_.substitutions.find(text_.substr(at_ + 1, close - at_ - 1));
    if (found == names_.substitutions.end()) return false;
    out_ += found->second;
    at_ = close + 1;
    return true;
  }

  bool read_role() {
    const std::size_t close = find_close(":`", at_ + 1, kMaxNameBytes);
    const string_view role =
        close == kNone ? string_view() : text_.substr(at_ + 1, close - at_ - 1);
    const bool named = !role.empty() && std::all_of(role.begin(), role.end(), [](char c) {
      return is_name_character(c) || c == ':' || c == '.' || c == '+';
    });
    if (!named) return false;
    const std::size_t start = at_;
    at_ = close + 1;
    if (read_interpreted(role)) return true;
    at_ = start;
    return false;
  }

  /// `text`, `text <target>`_, :role:`text <target>`.
  bool read_interpreted(string_view role) {
    const std::size_t close = find_close("`", at_ + 1);
    if (close == kNone || close == at_ + 1 || is_blank(text_[close - 1])) return false;
    if (close + 1 < text_.size() && is_letter(text_[close + 1])) return false;
    string_view text = text_.substr(at_ + 1, close - at_ - 1);
    string_view target = text;
    const std::size_t angle = text.rfind('<');
    if (text.ends_with('>') && angle != kNone) {
      target = text.substr(angle + 1, text.size() - angle - 2);
      text = trim(text.substr(0, angle));
      if (text.empty()) text = target;
    } else if (role.empty()) {
      target = address_of(text);
    }
    const std::size_t start = at_;
    at_ = close + 1;
    const bool reference = at_ < text_.size() && text_[at_] == '_';
    while (at_ < text_.size() && text_[at_] == '_') ++at_;
    const bool linking = std::find(kLinkRoles.begin(), kLinkRoles.end(), role) != kLinkRoles.end();
    if ((role.empty() && reference) || linking) add_link(target, text, start);
    out_.append(shown(text, role));
    return true;
  }

  // Sphinx shows only the last part of "~package.module.name".
  static string_view shown(string_view text, string_view role) {
    if (role.empty()) return text;
    if (text.starts_with('!')) return text.substr(1);
    return text.starts_with('~') ? text.substr(text.rfind('.') == kNone ? 1 : text.rfind('.') + 1)
                                 : text;
  }

  /// word_ is a reference when the document defines the word.
  bool read_reference() {
    const bool ends_word = at_ + 1 >= text_.size() || !is_name_character(text_[at_ + 1]);
    if (!ends_word) return false;
    std::size_t begin = out_.size();
    while (begin > 0 && (is_name_character(out_[begin - 1]) || out_[begin - 1] == '.')) --begin;
    const std::string word = out_.substr(begin);
    const auto found = names_.targets.find(to_lower(word));
    if (word.empty() || found == names_.targets.end()) return false;
    add_link(found->second, word, at_);
    ++at_;
    return true;
  }

  bool read_footnote() {
    const std::size_t close = find_close("]_", at_ + 1, kMaxNameBytes);
    if (close == kNone) return false;
    at_ = close + 2;
    return true;
  }

  bool read_address() {
    if (!starts("http://") && !starts("https://")) return false;
    std::size_t end = std::min(text_.find_first_of(" \t\n<>\"`", at_), text_.size());
    while (end > at_ && string_view(".,;:!?)]}").find(text_[end - 1]) != kNone) --end;
    const string_view address = text_.substr(at_, end - at_);
    add_link(address, address, at_);
    out_.append(address);
    at_ = end;
    return true;
  }

  string_view address_of(string_view name) const {
    const auto found = names_.targets.find(to_lower(clean_line(name)));
    return found == names_.targets.end() ? name : string_view(found->second);
  }

  void add_link(string_view target, string_view text, std::size_t at) {
    if (target.ends_with('_')) target = address_of(target.substr(0, target.size() - 1));
    builder_.add_link({std::string(target), std::string(text), "link"}, paragraph_.line_at(at));
  }

  const ParagraphBuffer& paragraph_;
  string_view text_;
  const RstNames& names_;
  DocumentBuilder& builder_;
  std::string out_;
  std::size_t at_ = 0;
};

}  // namespace

RstNames collect_rst_names(const Lines& lines) {
  RstNames names;
  for (std::size_t number = 1; number <= lines.count(); ++number) {
    const string_view line = trim(lines.line(number));
    if (line.starts_with(".. _")) {
      const std::size_t colon = line.find(": ");
      if (colon == kNone) continue;
      string_view name = line.substr(4, colon - 4);
      if (name.size() > 2 && name.starts_with('`') && name.ends_with('`'))
        name = name.substr(1, name.size() - 2);
      names.targets[to_lower(name)] = trim(line.substr(colon + 1));
    } else if (line.starts_with(".. |")) {
      const std::size_t close = line.find("| replace::");
      if (close != kNone && close > 4)
        names.substitutions[std::string(line.substr(4, close - 4))] = trim(line.substr(close + 11));
    }
  }
  return names;
}

std::string read_rst_inline(const ParagraphBuffer& paragraph, const RstNames& names,
                            DocumentBuilder& builder) {
  return InlineReader(paragraph, names, builder).read();
}

}  // namespace freshet::pipeline
