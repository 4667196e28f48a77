#include <algorithm>
#include <array>
#include <utility>

#include "pipeline/extract/html_blocks.h"
#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

using std::string_view;
using Role = HtmlRole;

constexpr std::array<std::pair<string_view, Role>, 61> kRoles = {{
    {"a", Role::Link},          {"address", Role::Block},    {"article", Role::Block},
    {"aside", Role::Block},     {"blockquote", Role::Quote}, {"body", Role::Block},
    {"br", Role::Break},        {"button", Role::Unread},    {"canvas", Role::Unread},
    {"caption", Role::Block},   {"dd", Role::Item},          {"details", Role::Block},
    {"dialog", Role::Block},    {"div", Role::Block},        {"dl", Role::Block},
    {"dt", Role::Item},         {"fieldset", Role::Block},   {"figcaption", Role::Block},
    {"figure", Role::Block},    {"footer", Role::Block},     {"form", Role::Block},
    {"h1", Role::Heading},      {"h2", Role::Heading},       {"h3", Role::Heading},
    {"h4", Role::Heading},      {"h5", Role::Heading},       {"h6", Role::Heading},
    {"head", Role::Unread},     {"header", Role::Block},     {"hr", Role::Block},
    {"html", Role::Block},      {"iframe", Role::Unread},    {"img", Role::Image},
    {"input", Role::Unread},    {"li", Role::Item},          {"main", Role::Block},
    {"math", Role::Inline},     {"nav", Role::Block},        {"noscript", Role::Unread},
    {"object", Role::Unread},   {"ol", Role::Block},         {"option", Role::Unread},
    {"p", Role::Block},         {"pre", Role::Code},         {"script", Role::Unread},
    {"section", Role::Block},   {"select", Role::Unread},    {"style", Role::Unread},
    {"summary", Role::Block},   {"svg", Role::Unread},       {"table", Role::Table},
    {"tbody", Role::Block},     {"td", Role::Cell},          {"template", Role::Unread},
    {"textarea", Role::Unread}, {"tfoot", Role::Block},      {"th", Role::Cell},
    {"thead", Role::Block},     {"title", Role::Unread},     {"tr", Role::Row},
    {"ul", Role::Block},
}};
static_assert(std::is_sorted(kRoles.begin(), kRoles.end(),
                             [](const auto& a, const auto& b) { return a.first < b.first; }));

bool hides(string_view style) {
  std::string compact;
  for (const char c : to_lower(style.substr(0, 1000))) {
    if (!is_blank(c)) compact += c;
  }
  return compact.find("display:none") != std::string::npos ||
         compact.find("visibility:hidden") != std::string::npos;
}

}  // namespace

HtmlRole html_role(const HtmlNode& node) {
  const auto found =
      std::lower_bound(kRoles.begin(), kRoles.end(), node.tag,
                       [](const auto& entry, const std::string& tag) { return entry.first < tag; });
  return found != kRoles.end() && found->first == node.tag ? found->second : Role::Inline;
}

bool is_hidden(const HtmlNode& node) {
  if (node.tag.empty()) return false;
  if (html_role(node) == Role::Unread) return true;
  if (node.attribute("hidden") != nullptr) return true;
  const std::string* aria = node.attribute("aria-hidden");
  const std::string* style = node.attribute("style");
  return (aria != nullptr && *aria == "true") || (style != nullptr && hides(*style));
}

}  // namespace freshet::pipeline
