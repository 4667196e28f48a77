#include "pipeline/extract/html_tokens.h"

#include <algorithm>
#include <array>

#include "base/text/html_entities.h"
#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

using std::string_view;
constexpr auto kNone = string_view::npos;
constexpr std::size_t kMaxNameBytes = 64;

constexpr std::array<string_view, 13> kVoid = {"area",   "base",  "br",    "col",  "embed",
                                               "hr",     "img",   "input", "link", "meta",
                                               "source", "track", "wbr"};
constexpr std::array<string_view, 5> kRaw = {"script", "style", "textarea", "title", "xmp"};
constexpr std::array<string_view, 22> kRead = {"id",          "name",         "class",
                                               "href",        "src",          "alt",
                                               "hidden",      "style",        "role",
                                               "lang",        "title",        "content",
                                               "aria-hidden", "ac:alt",       "ac:anchor",
                                               "ac:name",     "datetime",     "ri:content-title",
                                               "ri:filename", "ri:space-key", "ac:emoji-fallback",
                                               "ri:value"};
constexpr string_view kCdata = "<![CDATA[";

template <typename Names>
bool has(const Names& names, string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool starts_with_ignoring_case(string_view text, string_view lower_prefix) {
  return to_lower(text.substr(0, lower_prefix.size())) == lower_prefix;
}

}  // namespace

bool is_void_element(string_view name) {
  return has(kVoid, name);
}
bool is_read_attribute(string_view name) {
  return has(kRead, name);
}

bool is_self_closed(string_view content) {
  if (!content.ends_with('/')) return false;
  const string_view before = content.substr(0, content.size() - 1);
  return before.empty() || is_blank(before.back()) || before.back() == '"' || before.back() == '\'';
}

HtmlToken HtmlTokens::text_until(std::size_t end) {
  HtmlToken token;
  token.content = html_.substr(at_, end - at_);
  token.begin = at_;
  token.end = at_ = std::min(end, html_.size());
  return token;
}

bool HtmlTokens::tag_starts_at(std::size_t at) const {
  if (at + 1 >= html_.size()) return false;
  const char next = html_[at + 1];
  const bool closing = next == '/' && at + 2 < html_.size() && is_letter(html_[at + 2]);
  return is_letter(next) || closing || next == '!' || next == '?';
}

// An unclosed tag runs to the end of the input, as in HTML: that also keeps the whole pass linear.
std::size_t HtmlTokens::end_of_tag(std::size_t at) const {
  while (at < html_.size() && html_[at] != '>') {
    const bool quote = html_[at] == '"' || html_[at] == '\'';
    if (quote && at > 0 && (html_[at - 1] == '=' || is_blank(html_[at - 1]))) {
      at = html_.find(html_[at], at + 1);
      if (at == kNone) return html_.size();
    }
    ++at;
  }
  return at;
}

bool HtmlTokens::skip_declaration() {
  const char mark = at_ + 1 < html_.size() ? html_[at_ + 1] : '\0';
  if (mark != '!' && mark != '?') return false;
  const bool comment = html_.substr(at_).starts_with("<!--");
  const string_view close = comment ? "-->" : ">";
  const std::size_t end = html_.find(close, at_ + 2);
  at_ = end == kNone ? html_.size() : end + close.size();
  return true;
}

HtmlToken HtmlTokens::read_tag() {
  HtmlToken token;
  token.begin = at_;
  const bool closing = html_[at_ + 1] == '/';
  token.kind = closing ? HtmlToken::Kind::Close : HtmlToken::Kind::Open;
  const std::size_t name = at_ + (closing ? 2 : 1);
  std::size_t after = name;
  while (after < html_.size() && !is_blank(html_[after]) && html_[after] != '>' &&
         html_[after] != '/')
    ++after;
  token.name = to_lower(html_.substr(name, std::min(after - name, kMaxNameBytes)));
  const std::size_t end = end_of_tag(after);
  token.content = html_.substr(after, end - after);
  token.end = at_ = std::min(end + 1, html_.size());
  if (!closing && !is_self_closed(token.content) && has(kRaw, token.name))
    raw_element_ = token.name;
  return token;
}

bool HtmlTokens::cdata_starts_here() const {
  return cdata_ == CdataSections::Text && html_.substr(at_).starts_with(kCdata);
}

HtmlToken HtmlTokens::read_cdata() {
  const std::size_t begin = at_;
  at_ += kCdata.size();
  const std::size_t close = html_.find("]]>", at_);
  HtmlToken token = text_until(close == kNone ? html_.size() : close);
  if (close != kNone) at_ = close + 3;
  token.begin = begin;
  token.end = at_;
  token.cdata = true;
  return token;
}

std::size_t HtmlTokens::find_raw_end() const {
  for (std::size_t at = html_.find("</", at_); at != kNone; at = html_.find("</", at + 2)) {
    if (starts_with_ignoring_case(html_.substr(at + 2), raw_element_)) return at;
  }
  return html_.size();
}

std::optional<HtmlToken> HtmlTokens::next() {
  if (!raw_element_.empty()) {
    HtmlToken token = text_until(find_raw_end());
    token.raw = true;
    raw_element_.clear();
    if (token.end > token.begin) return token;
  }
  while (at_ < html_.size() && html_[at_] == '<' && !cdata_starts_here() && skip_declaration()) {
  }
  if (at_ >= html_.size()) return std::nullopt;
  if (cdata_starts_here()) return read_cdata();
  if (html_[at_] == '<' && tag_starts_at(at_)) return read_tag();
  std::size_t end = html_.find('<', at_ + 1);
  while (end != kNone && !tag_starts_at(end)) end = html_.find('<', end + 1);
  return text_until(end == kNone ? html_.size() : end);
}

std::vector<HtmlAttribute> html_attributes(string_view content) {
  std::vector<HtmlAttribute> found;
  for (std::size_t at = 0; at < content.size();) {
    if (is_blank(content[at]) || content[at] == '/') {
      ++at;
      continue;
    }
    const std::size_t name_end =
        std::min(content.find_first_of(" \t\r\n\f/=", at + 1), content.size());
    HtmlAttribute attribute{to_lower(content.substr(at, std::min(name_end - at, kMaxNameBytes))),
                            {}};
    at = name_end;
    while (at < content.size() && is_blank(content[at])) ++at;
    if (at < content.size() && content[at] == '=') {
      ++at;
      while (at < content.size() && is_blank(content[at])) ++at;
      const bool quoted = at < content.size() && (content[at] == '"' || content[at] == '\'');
      const std::size_t from = quoted ? at + 1 : at;
      const std::size_t to = std::min(
          quoted ? content.find(content[at], from) : content.find_first_of(" \t\r\n\f", from),
          content.size());
      attribute.value =
          decode_entities(content.substr(std::min(from, to), to - std::min(from, to)));
      at = to + (quoted ? 1 : 0);
    }
    const auto same = [&](const HtmlAttribute& other) { return other.name == attribute.name; };
    if (is_read_attribute(attribute.name) && std::none_of(found.begin(), found.end(), same)) {
      found.push_back(std::move(attribute));
    }
  }
  return found;
}

}  // namespace freshet::pipeline
