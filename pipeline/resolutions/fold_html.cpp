#include <algorithm>
#include <array>

#include "pipeline/extract/html_tree.h"
#include "pipeline/extract/text.h"
#include "pipeline/resolutions/fold_forms.h"

namespace freshet::pipeline {
namespace {

using std::string;
using std::string_view;

/// Classes and ids of elements that hold nothing but a quote or a signature.
constexpr std::array<string_view, 17> kFoldedNames{
    "gmail_quote",    "gmail_attr",       "gmail_signature",       "gmail_extra",
    "yahoo_quoted",   "yahoo-signature",  "ydp-yahoo-signature",   "moz-cite-prefix",
    "moz-signature",  "zmail_extra",      "protonmail_quote",      "protonmail_signature_block",
    "tutanota_quote", "outlooksignature", "appleoriginalcontents", "freshdesk_quote",
    "mail_quote"};

/// Elements behind which only the quoted mail comes.
constexpr std::array<string_view, 3> kRestNames{"divrplyfwdmsg", "appendonsend",
                                                "mail-editor-reference-message-container"};

template <std::size_t Count>
bool has_name(const HtmlNode& node, const std::array<string_view, Count>& names) {
  for (const string_view attribute : {"class", "id"}) {
    const string* value = node.attribute(attribute);
    if (value == nullptr) continue;
    const string lower = to_lower(string_view(*value).substr(0, 1000));
    for (const string_view word : split_at(lower, ' ')) {
      if (std::find(names.begin(), names.end(), word) != names.end()) return true;
    }
  }
  return false;
}

/// <blockquote type="cite">, which Apple's and Mozilla's programs write.
bool is_cited(const HtmlNode& node, string_view html) {
  if (node.tag != "blockquote") return false;
  const string tag =
      to_lower(html.substr(node.begin, std::min<std::size_t>(300, node.end - node.begin)));
  const string opening = tag.substr(0, tag.find('>'));
  return opening.find("type=\"cite\"") != string::npos || opening.find("type=cite") != string::npos;
}

/// Forum software quotes the post that is answered in <aside class="quote">.
bool is_quoted_post(const HtmlNode& node) {
  const string* names = node.attribute("class");
  if (node.tag != "aside" || names == nullptr) return false;
  const auto words = split_at(*names, ' ');
  return std::find(words.begin(), words.end(), "quote") != words.end();
}

bool has_text(string_view html) {
  const HtmlTree tree = parse_leniently(html);
  return std::any_of(tree.nodes().begin(), tree.nodes().end(),
                     [](const HtmlNode& node) { return node.tag.empty() && !is_blank(node.text); });
}

}  // namespace

string fold_html(string_view body) {
  const HtmlTree tree = parse_leniently(body);
  const auto& nodes = tree.nodes();
  string out(body);
  for (std::size_t i = 1; i < nodes.size();) {
    const HtmlNode& node = nodes[i];
    if (has_name(node, kRestNames)) {
      blank_out(out, node.begin, out.size());
      break;
    }
    const bool folded =
        has_name(node, kFoldedNames) || is_cited(node, body) || is_quoted_post(node);
    if (folded) blank_out(out, node.begin, node.end);
    i = folded ? std::max(node.subtree_end, i + 1) : i + 1;
  }
  return has_text(out) ? out : string(body);
}

}  // namespace freshet::pipeline
