#include "pipeline/extract/confluence_elements.h"

#include <algorithm>

#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

using std::string_view;

std::string attribute_of(const HtmlNode& node, string_view name) {
  const std::string* value = node.attribute(name);
  return value == nullptr ? std::string() : *value;
}

/// Calls `visit` for each child until it says true; whether it did.
template <typename Visit>
bool any_child(const HtmlTree& tree, std::size_t at, Visit visit) {
  const auto& nodes = tree.nodes();
  for (std::size_t child = at + 1; child < nodes[at].subtree_end;
       child = nodes[child].subtree_end) {
    if (visit(child)) return true;
  }
  return false;
}

std::string text_in(const HtmlTree& tree, std::size_t at) {
  std::string text;
  any_child(tree, at, [&](std::size_t child) {
    text += tree.nodes()[child].text;
    return false;
  });
  return clean_line(text);
}

}  // namespace

ConfluenceResource confluence_resource(const HtmlNode& node) {
  const std::string space = attribute_of(node, "ri:space-key");
  if (node.tag == "ri:page" || node.tag == "ri:blog-post") {
    const std::string title = attribute_of(node, "ri:content-title");
    if (title.empty()) return {};
    return {"page:" + (space.empty() ? "" : space + "/") + title, title};
  }
  if (node.tag == "ri:space") return {"page:" + space + "/", space};
  if (node.tag == "ri:attachment") {
    const std::string file = attribute_of(node, "ri:filename");
    return {"attachment:" + file, file};
  }
  const std::string value = attribute_of(node, "ri:value");
  if (node.tag == "ri:url") return {value, value};
  return {};
}

ConfluenceResource confluence_resource_in(const HtmlTree& tree, std::size_t at) {
  ConfluenceResource found;
  any_child(tree, at, [&](std::size_t child) {
    if (tree.nodes()[child].tag.starts_with("ri:"))
      found = confluence_resource(tree.nodes()[child]);
    return !found.target.empty();
  });
  return found;
}

ConfluenceMacro confluence_macro(const HtmlTree& tree, std::size_t at) {
  ConfluenceMacro macro;
  macro.name = to_lower(attribute_of(tree.nodes()[at], "ac:name"));
  any_child(tree, at, [&](std::size_t child) {
    const HtmlNode& node = tree.nodes()[child];
    macro.has_body = macro.has_body || node.tag.ends_with("-body");
    if (node.tag != "ac:parameter") return false;
    const std::string name = attribute_of(node, "ac:name");
    if (name.empty()) macro.unnamed = text_in(tree, child);
    if (name == "language") macro.language = text_in(tree, child);
    if (name == "title") macro.title = text_in(tree, child);
    if (name == "key") macro.key = text_in(tree, child);
    return false;
  });
  return macro;
}

bool has_child(const HtmlTree& tree, std::size_t at, std::initializer_list<string_view> tags) {
  return any_child(tree, at, [&](std::size_t child) {
    return std::find(tags.begin(), tags.end(), tree.nodes()[child].tag) != tags.end();
  });
}

}  // namespace freshet::pipeline
