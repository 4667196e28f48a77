#include "pipeline/extract/wiki_inline.h"

#include <algorithm>
#include <array>

#include "pipeline/extract/addresses.h"
#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

using std::string_view;
constexpr auto kNone = string_view::npos;
constexpr std::size_t kMaxTagBytes = 1000;
constexpr std::size_t kMaxLinkBytes = 2000;

// Only these are tags in wikitext; anything else in angle brackets is text.
constexpr std::array<string_view, 40> kTags = {
    "abbr", "b",          "big", "blockquote", "br",        "center", "cite",        "code",
    "del",  "div",        "em",  "font",       "gallery",   "hr",     "i",           "includeonly",
    "ins",  "kbd",        "li",  "noinclude",  "nowiki",    "ol",     "onlyinclude", "p",
    "ref",  "references", "s",   "samp",       "small",     "span",   "strike",      "strong",
    "sub",  "sup",        "td",  "tr",         "translate", "tt",     "u",           "ul"};
constexpr std::array<string_view, 10> kBlockTags = {"blockquote", "center", "div", "gallery", "hr",
                                                    "li",         "ol",     "p",   "tr",      "ul"};
constexpr std::array<string_view, 14> kImageOptions = {
    "baseline", "border", "bottom", "center", "frame", "frameless", "left",
    "middle",   "none",   "right",  "sub",    "super", "thumb",     "thumbnail"};

template <typename Names>
bool has(const Names& names, string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_image_option(string_view part) {
  return has(kImageOptions, part) || part.starts_with("upright") || part.starts_with("link=") ||
         part.starts_with("alt=") || part.starts_with("lang=") || part.starts_with("page=") ||
         (part.ends_with("px") && is_digit(part.front() == 'x' ? '0' : part.front()));
}

/// "de:Seite" at a page's end names the same page in another language.
bool is_language(string_view prefix) {
  return (prefix.size() == 2 || prefix.size() == 3) &&
         std::all_of(prefix.begin(), prefix.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

void WikiInline::read(Span span) {
  at_ = text_from_ = span.begin;
  end_ = span.end;
  while (at_ < end_) {
    at_ = std::min(text_.substr(0, end_).find_first_of("[]'<_", at_), end_);
    if (at_ < end_ && !read_markup()) ++at_;
  }
  flush(end_);
  for (; !closings_.empty(); closings_.pop_back()) tree_.close(end_);
}

void WikiInline::flush(std::size_t end) {
  if (text_from_ < end)
    add_text_with_addresses(tree_, text_.substr(text_from_, end - text_from_), text_from_);
  text_from_ = end;
}

void WikiInline::go_on(std::size_t at) {
  at_ = text_from_ = at;
}

void WikiInline::add_empty(string_view tag) {
  tree_.open(std::string(tag), {}, at_);
  tree_.close(at_);
}

bool WikiInline::read_markup() {
  switch (text_[at_]) {
    case ']':
      return end_element();
    case '\'':
      return read_quotes();
    case '_':
      return read_magic_word();
    case '<':
      return read_literal() || read_tag();
    default:
      return text_.substr(at_).starts_with("[[") ? read_internal_link() : read_external_link();
  }
}

bool WikiInline::end_element() {
  while (!closings_.empty() && closings_.back().at < at_) {
    flush(at_);
    tree_.close(at_);
    closings_.pop_back();
  }
  if (closings_.empty() || closings_.back().at != at_) return false;
  flush(at_);
  go_on(at_ + closings_.back().width);
  tree_.close(at_);
  closings_.pop_back();
  return true;
}

bool WikiInline::read_quotes() {
  const std::size_t after = std::min(text_.find_first_not_of('\'', at_), end_);
  if (after - at_ < 2) return false;
  flush(at_);
  go_on(after);
  return true;
}

bool WikiInline::read_magic_word() {
  constexpr std::size_t kMaxWordBytes = 40;
  const string_view rest = text_.substr(at_, std::min(kMaxWordBytes, end_ - at_));
  const std::size_t close = rest.starts_with("__") ? rest.find("__", 2) : kNone;
  if (close == kNone || close == 2) return false;
  const string_view word = rest.substr(2, close - 2);
  if (!std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
    return false;
  flush(at_);
  go_on(at_ + close + 2);
  return true;
}

bool WikiInline::read_external_link() {
  const string_view rest = text_.substr(at_ + 1, std::min(kMaxLinkBytes, end_ - at_ - 1));
  const bool address = rest.starts_with("http://") || rest.starts_with("https://") ||
                       rest.starts_with("//") || rest.starts_with("mailto:") ||
                       rest.starts_with("ftp://");
  if (!address) return false;
  const std::size_t close = rest.find_first_of("]\n");
  if (close == kNone || rest[close] != ']') return false;
  const std::size_t stop = rest.find_first_of(" \t]");
  flush(at_);
  tree_.open("a", {{"href", std::string(rest.substr(0, stop))}}, at_);
  closings_.push_back({at_ + 1 + close, 1});
  go_on(at_ + 1);
  if (rest[stop] == ']') {
    tree_.add_text(std::string(rest.substr(0, stop)), at_, at_ + stop);
  }
  go_on(at_ + stop);
  return true;
}

bool WikiInline::read_internal_link() {
  const auto found = source_.link_ends.find(at_);
  if (found == source_.link_ends.end() || found->second + 2 > end_) return false;
  const std::size_t close = found->second;
  const string_view inside = text_.substr(at_ + 2, close - at_ - 2);
  const std::size_t pipe = inside.substr(0, kMaxLinkBytes).find('|');
  string_view target = trim(inside.substr(0, pipe));
  if (target.empty() || target.size() > kMaxLinkBytes || target.find_first_of("\n[{<") != kNone)
    return false;
  const std::size_t colon = std::min(target.find(':'), target.size());
  const std::string prefix = to_lower(trim(target.substr(0, colon)));
  const bool has_prefix = colon > 0 && colon < target.size();
  flush(at_);
  if (has_prefix && prefix == "category") {
    categories_.emplace_back(trim(target.substr(colon + 1)));
    go_on(close + 2);
  } else if (has_prefix && (prefix == "file" || prefix == "image")) {
    read_file(target, close);
  } else if (has_prefix && pipe == kNone && is_language(target.substr(0, colon))) {
    go_on(close + 2);
  } else {
    if (target.starts_with(':')) target.remove_prefix(1);
    read_page_link(target, pipe == kNone ? close : at_ + 2 + pipe + 1, close);
  }
  return true;
}

void WikiInline::read_file(string_view target, std::size_t close) {
  std::string alternative;
  Span caption{close, close};
  std::size_t part = close;
  for (std::size_t at = at_ + 2; at <= close; at = at == close ? at + 1 : source_.step_over(at)) {
    if (at != close && text_[at] != '|') continue;
    const string_view written = part < at ? trim(text_.substr(part, at - part)) : string_view();
    if (written.starts_with("alt=")) alternative = written.substr(4);
    if (!written.empty() && !is_image_option(written)) caption = {part, at};
    part = at + 1;
  }
  if (caption.begin < caption.end) alternative.clear();
  tree_.open("img", {{"src", std::string(target)}, {"alt", alternative}}, at_);
  tree_.close(close);
  if (caption.begin == caption.end) return go_on(close + 2);
  tree_.open("div", {}, caption.begin);
  closings_.push_back({close, 2});
  go_on(caption.begin);
}

void WikiInline::read_page_link(string_view target, std::size_t label, std::size_t close) {
  tree_.open("a", {{"href", std::string(target)}}, at_);
  const bool bare = is_blank(text_.substr(label, close - label));
  // "[[Help:Page|]]" shows the page's name alone.
  const string_view shown =
      label < close || text_[label - 1] != '|' ? target : target.substr(target.rfind(':') + 1);
  if (bare) tree_.add_text(std::string(shown), at_ + 2, close);
  closings_.push_back({close, 2});
  go_on(bare ? close : label);
}

bool WikiInline::read_literal() {
  const WikiLiteral* literal = source_.literal_after(at_);
  if (literal == nullptr || literal->outer.begin != at_ || literal->outer.end > end_) return false;
  flush(at_);
  const Span inner = literal->inner;
  const bool code =
      literal->tag == "pre" || literal->tag == "source" || literal->tag == "syntaxhighlight";
  const string_view tag_text = text_.substr(at_, inner.begin - at_);
  const bool block = code && tag_text.find(" inline") == kNone;
  tree_.open(block ? "pre" : "span", {{"class", "language-" + literal->language}}, at_);
  tree_.add_text(std::string(text_.substr(inner.begin, inner.end - inner.begin)), inner.begin,
                 inner.end);
  tree_.close(literal->outer.end);
  go_on(literal->outer.end);
  return true;
}

bool WikiInline::read_tag() {
  const string_view rest = text_.substr(at_, std::min(kMaxTagBytes, end_ - at_));
  const bool closing = rest.substr(1).starts_with('/');
  const std::size_t stop = rest.find_first_of("<>", 1);
  if (stop == kNone || rest[stop] != '>') return false;
  const string_view written = rest.substr(closing ? 2 : 1, stop - (closing ? 2 : 1));
  const std::string name = to_lower(written.substr(0, written.find_first_of(" \t\n/")));
  if (!has(kTags, name)) return false;
  flush(at_);
  if (name == "br") add_empty("br");
  if (has(kBlockTags, name)) add_empty("hr");
  const std::size_t after = at_ + stop + 1;
  const bool reference = name == "ref" && !written.ends_with('/');
  if (reference) return read_reference(closing, after), true;
  go_on(after);
  return true;
}

void WikiInline::read_reference(bool closing, std::size_t after) {
  constexpr string_view kClose = "</ref>";
  const std::size_t next = std::min(text_.find_first_not_of(" \t\n", after), end_);
  const bool empty = !closing && text_.substr(next).starts_with(kClose);
  if (!empty) tree_.add_text(closing ? ")" : " (", at_, after);
  go_on(empty ? std::min(next + kClose.size(), end_) : after);
}

}  // namespace freshet::pipeline
