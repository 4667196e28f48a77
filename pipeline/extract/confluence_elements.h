#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "pipeline/extract/html_tree.h"

namespace freshet::pipeline {

/// What an element of Confluence's storage format points to; both are empty where it has no
/// address that readers know.
struct ConfluenceResource {
  std::string target;
  std::string name;
};

/// Of an ri: element.
ConfluenceResource confluence_resource(const HtmlNode& node);
/// Of the first ri: element that is a child of `at`. Linear in the children.
ConfluenceResource confluence_resource_in(const HtmlTree& tree, std::size_t at);

struct ConfluenceMacro {
  std::string name;
  std::string language, title, key, unnamed;  ///< Parameters.
  bool has_body = false;
};
/// Linear in the children of `at`.
ConfluenceMacro confluence_macro(const HtmlTree& tree, std::size_t at);

/// Whether `at` has a child of one of these tags.
bool has_child(const HtmlTree& tree, std::size_t at, std::initializer_list<std::string_view> tags);

}  // namespace freshet::pipeline
