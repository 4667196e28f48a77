#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/extract/html_tokens.h"

namespace freshet::pipeline {

struct HtmlNode {
  std::string tag;   ///< Lower case; empty for text.
  std::string text;  ///< Text nodes: references decoded.
  std::vector<HtmlAttribute> attributes;
  std::size_t parent = 0;
  std::size_t subtree_end = 0;  ///< Index after the last descendant.
  std::size_t begin = 0;        ///< Bytes of the HTML.
  std::size_t end = 0;

  /// The attribute's value, or nullptr.
  [[nodiscard]] const std::string* attribute(std::string_view name) const;
};

/// An HTML page as nodes in document order: a walk is a loop over indices, and skipping a subtree
/// is a jump to its `subtree_end`. Node 0 is a root without a tag.
class HtmlTree {
 public:
  HtmlTree();
  [[nodiscard]] const std::vector<HtmlNode>& nodes() const { return nodes_; }

  void open(std::string tag, std::vector<HtmlAttribute> attributes, std::size_t begin);
  void add_text(std::string text, std::size_t begin, std::size_t end);
  void close(std::size_t end);
  [[nodiscard]] std::size_t depth() const { return open_.size() - 1; }
  [[nodiscard]] const std::string& innermost() const { return nodes_[open_.back()].tag; }
  void close_all(std::size_t end);

 private:
  std::vector<HtmlNode> nodes_;
  std::vector<std::size_t> open_;
};

/// Keeps a tree balanced where start and end tags come as their author left them: an end tag
/// closes what is still open inside its element, and one without a start is passed over. Constant
/// time on average.
class TagBalance {
 public:
  /// Borrows the tree.
  explicit TagBalance(HtmlTree& tree) : tree_(tree) {}
  void open(std::string tag, std::vector<HtmlAttribute> attributes, std::size_t begin);
  /// Closes up to the innermost element of that tag. False when none is open.
  bool close(std::string_view tag, std::size_t inner_end, std::size_t end);
  void close_innermost(std::size_t end);
  [[nodiscard]] bool is_open(std::string_view tag) const;

 private:
  HtmlTree& tree_;
  std::map<std::string, std::size_t, std::less<>> open_;
};

/// Builds the tree with our own tokenizer: linear for any nesting and any errors, exact about
/// bytes, but it repairs only what is common (unclosed p, li, dt, dd, td, th, tr, option). For
/// fragments, and for pages that would keep the HTML5 parser busy for hours.
HtmlTree parse_leniently(std::string_view html, CdataSections cdata = CdataSections::Unread);

/// Builds the tree the way browsers do (Gumbo), or leniently when the page is one of those that
/// take Gumbo more than linear time: deep nesting, many unclosed formatting elements, much stray
/// content inside tables, or tags with thousands of attributes.
HtmlTree parse_page(std::string_view html);

}  // namespace freshet::pipeline
