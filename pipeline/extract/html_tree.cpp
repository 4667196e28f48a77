#include "pipeline/extract/html_tree.h"

#include <algorithm>

#include "base/text/html_entities.h"

namespace freshet::pipeline {
namespace {

using std::string_view;

bool is_one_of(string_view name, std::initializer_list<string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Which open element the start of another one ends, where authors leave the end tag out.
bool is_ended_by(string_view open, string_view next) {
  if (open == "p") {
    return is_one_of(next, {"p",       "div", "ul", "ol", "dl", "table", "pre", "blockquote",
                            "section", "h1",  "h2", "h3", "h4", "h5",    "h6",  "hr",
                            "form",    "li",  "dt", "dd", "td", "th",    "tr"});
  }
  if (open == "dt" || open == "dd") return next == "dt" || next == "dd";
  if (open == "td" || open == "th") return is_one_of(next, {"td", "th", "tr", "tbody", "tfoot"});
  if (open == "tr") return is_one_of(next, {"tr", "tbody", "tfoot"});
  if (open == "thead") return is_one_of(next, {"tbody", "tfoot"});
  return (open == "li" && next == "li") || (open == "option" && next == "option");
}

class LenientParser {
 public:
  LenientParser(string_view html, CdataSections cdata)
      : tokens_(html, cdata), size_(html.size()), tags_(tree_) {}

  HtmlTree parse() {
    while (auto token = tokens_.next()) {
      if (token->kind == HtmlToken::Kind::Text) add_text(*token);
      if (token->kind == HtmlToken::Kind::Open) open(*token);
      if (token->kind == HtmlToken::Kind::Close) tags_.close(token->name, token->begin, token->end);
    }
    tree_.close_all(size_);
    return std::move(tree_);
  }

 private:
  void add_text(const HtmlToken& token) {
    tree_.add_text(token.cdata ? std::string(token.content) : decode_entities(token.content),
                   token.begin, token.end);
  }

  void open(const HtmlToken& token) {
    while (tree_.depth() > 0 && is_ended_by(tree_.innermost(), token.name))
      tags_.close_innermost(token.begin);
    tags_.open(token.name, html_attributes(token.content), token.begin);
    const bool empty = is_void_element(token.name) || is_self_closed(token.content);
    if (empty) tags_.close_innermost(token.end);
  }

  HtmlTokens tokens_;
  std::size_t size_;
  HtmlTree tree_;
  TagBalance tags_;
};

}  // namespace

const std::string* HtmlNode::attribute(string_view name) const {
  for (const HtmlAttribute& candidate : attributes) {
    if (candidate.name == name) return &candidate.value;
  }
  return nullptr;
}

HtmlTree::HtmlTree() : nodes_(1), open_{0} {}

void HtmlTree::open(std::string tag, std::vector<HtmlAttribute> attributes, std::size_t begin) {
  HtmlNode node;
  node.tag = std::move(tag);
  node.attributes = std::move(attributes);
  node.parent = open_.back();
  node.begin = begin;
  open_.push_back(nodes_.size());
  nodes_.push_back(std::move(node));
}

void HtmlTree::add_text(std::string text, std::size_t begin, std::size_t end) {
  HtmlNode node;
  node.text = std::move(text);
  node.parent = open_.back();
  node.begin = begin;
  node.end = end;
  node.subtree_end = nodes_.size() + 1;
  nodes_.push_back(std::move(node));
}

void HtmlTree::close(std::size_t end) {
  HtmlNode& node = nodes_[open_.back()];
  node.end = std::max(node.begin, end);
  node.subtree_end = nodes_.size();
  open_.pop_back();
}

void HtmlTree::close_all(std::size_t end) {
  while (!open_.empty()) close(end);
}

// Counting what is open keeps stray end tags from searching a deep stack each time.
bool TagBalance::is_open(string_view tag) const {
  const auto found = open_.find(tag);
  return found != open_.end() && found->second > 0;
}

void TagBalance::open(std::string tag, std::vector<HtmlAttribute> attributes, std::size_t begin) {
  ++open_[tag];
  tree_.open(std::move(tag), std::move(attributes), begin);
}

bool TagBalance::close(string_view tag, std::size_t inner_end, std::size_t end) {
  if (!is_open(tag)) return false;
  while (tree_.innermost() != tag) close_innermost(inner_end);
  close_innermost(end);
  return true;
}

void TagBalance::close_innermost(std::size_t end) {
  --open_[tree_.innermost()];
  tree_.close(end);
}

HtmlTree parse_leniently(string_view html, CdataSections cdata) {
  return LenientParser(html, cdata).parse();
}

}  // namespace freshet::pipeline
