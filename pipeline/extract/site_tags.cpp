#include "pipeline/extract/site_tags.h"

#include <algorithm>
#include <array>

#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

using std::string_view;
constexpr auto kNone = string_view::npos;
constexpr std::size_t kMaxComponentBytes = 2000;

struct LinkingTag {
  string_view name;
  string_view attribute;  // Empty: the first word or quoted string.
  string_view kind;
};

constexpr std::array<LinkingTag, 12> kLinkingTags = {{{"include", "", "include"},
                                                      {"include_relative", "", "include"},
                                                      {"include-markdown", "", "include"},
                                                      {"readfile", "", "include"},
                                                      {"snippet", "", "include"},
                                                      {"import", "", "include"},
                                                      {"content-ref", "url", "include"},
                                                      {"embed", "url", "link"},
                                                      {"file", "src", "link"},
                                                      {"figure", "src", "image"},
                                                      {"img", "src", "image"},
                                                      {"image", "src", "image"}}};

string_view first_word(string_view text) {
  text = trim(text);
  if (!text.empty() && (text.front() == '"' || text.front() == '\'')) {
    const std::size_t close = text.find(text.front(), 1);
    return close == kNone ? string_view() : text.substr(1, close - 1);
  }
  return text.substr(0, std::min(text.find_first_of(" \t\r\n|"), text.size()));
}

bool names_a_file(string_view target) {
  const std::size_t dot = target.rfind('.');
  const bool has_ending = dot != kNone && dot > 0 && dot + 1 < target.size();
  return (has_ending || target.find('/') != kNone) && target.find_first_of(" {}<>") == kNone;
}

bool is_component_name(string_view name) {
  if (name.empty() || name.front() < 'A' || name.front() > 'Z') return false;
  const bool plain = std::all_of(name.begin(), name.end(),
                                 [](char c) { return is_letter(c) || is_digit(c) || c == '.'; });
  return plain &&
         std::any_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

SiteTag parse_site_tag(string_view content) {
  content = trim(content);
  while (content.starts_with('-')) content = trim(content.substr(1));
  while (content.ends_with('-') || content.ends_with('/'))
    content = trim_right(content.substr(0, content.size() - 1));
  SiteTag tag;
  tag.closing = content.starts_with('/');
  if (tag.closing) content = trim(content.substr(1));
  const std::size_t end = std::min(content.find_first_of(" \t\r\n"), content.size());
  tag.name = content.substr(0, end);
  tag.arguments = trim(content.substr(end));
  return tag;
}

string_view tag_attribute(string_view arguments, string_view key) {
  for (std::size_t at = arguments.find(key); at != kNone; at = arguments.find(key, at + 1)) {
    const bool starts_word = at == 0 || is_blank(arguments[at - 1]);
    string_view rest = arguments.substr(at + key.size());
    rest = rest.substr(std::min(rest.find_first_not_of(' '), rest.size()));
    if (!starts_word || !rest.starts_with('=')) continue;
    return first_word(rest.substr(1));
  }
  return {};
}

std::string visible_text(const SiteTag& tag) {
  if (tag.closing) return {};
  if (tag.name == "highlight") return "```" + std::string(first_word(tag.arguments));
  for (const string_view key : {"title", "label", "header", "caption", "heading"}) {
    const string_view value = tag_attribute(tag.arguments, key);
    if (!value.empty() && value.find('{') == kNone) return std::string(value);
  }
  const bool tab =
      tag.name == "tab" || tag.name == "details" || tag.name == "expand" || tag.name == "collapse";
  if (!tab) return {};
  const string_view name = tag_attribute(tag.arguments, "name");
  if (!name.empty()) return std::string(name);
  return tag.arguments.starts_with('"') ? std::string(first_word(tag.arguments)) : std::string();
}

void add_tag_link(const SiteTag& tag, std::size_t line, DocumentBuilder& builder) {
  if (tag.closing) return;
  const auto linking =
      std::find_if(kLinkingTags.begin(), kLinkingTags.end(),
                   [&](const LinkingTag& candidate) { return candidate.name == tag.name; });
  if (linking == kLinkingTags.end()) return;
  string_view target = linking->attribute.empty()
                           ? tag_attribute(tag.arguments, "file")
                           : tag_attribute(tag.arguments, linking->attribute);
  if (target.empty()) target = first_word(tag.arguments);
  if (!names_a_file(target)) return;
  builder.add_link({std::string(target), visible_text(tag), std::string(linking->kind)}, line);
}

string_view tag_destination(string_view content) {
  const std::size_t quote = content.find_first_of("\"'");
  if (quote != kNone) return first_word(content.substr(quote));
  const SiteTag tag = parse_site_tag(content);
  const bool names_place =
      tag.name == "ref" || tag.name == "relref" || tag.name == "link" || tag.name == "post_url";
  return names_place ? first_word(tag.arguments) : string_view();
}

std::size_t end_of_component(string_view text, std::size_t at) {
  const bool in_word = at > 0 && (is_name_character(text[at - 1]));
  if (in_word || text[at] != '<') return 0;
  text = text.substr(0, at + kMaxComponentBytes);
  const bool closing = text.substr(at + 1).starts_with('/');
  const std::size_t name = at + (closing ? 2 : 1);
  std::size_t end = std::min(text.find_first_of(" \t\r\n/>", name), text.size());
  if (!is_component_name(text.substr(name, end - name))) return 0;
  std::size_t braces = 0;
  char quote = 0;
  for (; end < text.size(); ++end) {
    const char c = text[end];
    if (quote != 0) {
      quote = c == quote ? '\0' : quote;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '{') {
      ++braces;
    } else if (c == '}' && braces > 0) {
      --braces;
    } else if (braces == 0 && c == '>') {
      return end + 1;
    } else if (braces == 0 && c == '<') {
      return 0;
    }
  }
  return 0;
}

}  // namespace freshet::pipeline
