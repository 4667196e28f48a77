#include "pipeline/extract/confluence.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "pipeline/extract/confluence_elements.h"
#include "pipeline/extract/document_builder.h"
#include "pipeline/extract/html_blocks.h"

namespace freshet::pipeline {
namespace {

using std::string_view;

// These show other pages, not this one.
constexpr std::array<string_view, 10> kListing = {
    "attachments",    "blog-posts",       "change-history", "children", "content-by-user",
    "contentbylabel", "recently-updated", "pagetree",       "search",   "toc"};
constexpr std::array<string_view, 8> kUnread = {
    "ac:adf-attribute", "ac:adf-fallback", "ac:placeholder", "ac:task-id",
    "ac:task-status",   "ac:task-uuid",    "script",         "style"};
constexpr std::array<std::pair<string_view, string_view>, 12> kTags = {{
    {"ac:adf-content", "div"},
    {"ac:adf-extension", "div"},
    {"ac:adf-node", "div"},
    {"ac:caption", "div"},
    {"ac:layout", "div"},
    {"ac:layout-cell", "div"},
    {"ac:layout-section", "div"},
    {"ac:rich-text-body", "div"},
    {"ac:task", "div"},
    {"ac:task-body", "li"},
    {"ac:task-list", "ul"},
    {"time", "span"},
}};

template <typename Names>
bool has(const Names& names, string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Copies a tree of the storage format into one of plain HTML.
class Translator {
 public:
  explicit Translator(const HtmlTree& tree) : tree_(tree), nodes_(tree.nodes()) {}

  HtmlTree translate(std::size_t size) {
    for (std::size_t at = 1; at < nodes_.size();) {
      close_until(at);
      const HtmlNode& node = nodes_[at];
      if (node.tag.empty()) {
        if (at >= silent_until_) out_.add_text(node.text, node.begin, node.end);
        ++at;
      } else {
        at = enter(at);
      }
    }
    out_.close_all(size);
    return std::move(out_);
  }

 private:
  struct Open {
    std::size_t node;
    std::size_t elements;  // Of the copy.
  };
  struct Macro {
    std::size_t end;
    std::string language;
  };

  void close_until(std::size_t at) {
    for (; !open_.empty() && nodes_[open_.back().node].subtree_end <= at; open_.pop_back()) {
      for (std::size_t i = 0; i < open_.back().elements; ++i)
        out_.close(nodes_[open_.back().node].end);
    }
    while (!macros_.empty() && macros_.back().end <= at) macros_.pop_back();
  }

  /// The next node to read.
  std::size_t enter(std::size_t at) {
    const HtmlNode& node = nodes_[at];
    if (has(kUnread, node.tag)) return node.subtree_end;
    if (node.tag == "ac:structured-macro" || node.tag == "ac:macro") return enter_macro(at);
    if (node.tag == "ac:parameter") silent_until_ = std::max(silent_until_, node.subtree_end);
    if (node.tag == "ac:link") return enter_link(at);
    if (node.tag == "ac:image") return enter_image(at);
    if (node.tag.starts_with("ri:")) return enter_resource(at);
    if (node.tag == "ac:plain-text-body") return enter_code(at);
    if (node.tag == "ac:emoticon") return add_attribute(at, "ac:emoji-fallback");
    if (node.tag == "time") return add_attribute(at, "datetime");
    const auto renamed = std::find_if(kTags.begin(), kTags.end(),
                                      [&](const auto& tag) { return tag.first == node.tag; });
    const bool own = node.tag.starts_with("ac:");
    if (renamed != kTags.end()) return open(at, renamed->second);
    return own ? open(at, "span") : open(at, node.tag, node.attributes);
  }

  std::size_t open(std::size_t at, string_view tag, std::vector<HtmlAttribute> attributes = {}) {
    out_.open(std::string(tag), std::move(attributes), nodes_[at].begin);
    open_.push_back({at, 1});
    return at + 1;
  }

  void add_text(std::size_t at, const std::string& text) {
    if (!text.empty()) out_.add_text(text, nodes_[at].begin, nodes_[at].end);
  }

  std::size_t add_attribute(std::size_t at, string_view name) {
    if (const std::string* value = nodes_[at].attribute(name)) add_text(at, *value);
    return nodes_[at].subtree_end;
  }

  void add_title(std::size_t at, const std::string& title) {
    if (title.empty()) return;
    out_.open("p", {}, nodes_[at].begin);
    add_text(at, title);
    out_.close(nodes_[at].end);
  }

  std::size_t enter_macro(std::size_t at) {
    ConfluenceMacro macro = confluence_macro(tree_, at);
    if (has(kListing, macro.name)) return nodes_[at].subtree_end;
    macros_.push_back({nodes_[at].subtree_end, std::move(macro.language)});
    if (macro.name == "anchor") return open(at, "span", {{"id", macro.unnamed}});
    const std::size_t next = open(at, macro.has_body ? "div" : "span");
    if (macro.has_body) add_title(at, macro.title);
    if (macro.name == "status") add_text(at, macro.title);
    if (macro.name == "jira") add_text(at, macro.key);
    return next;
  }

  std::size_t enter_code(std::size_t at) {
    const std::string language = macros_.empty() ? std::string() : macros_.back().language;
    return open(at, "pre", {{"class", "language-" + language}});
  }

  void open_link(std::size_t at, std::string target) {
    out_.open("a", {{"href", std::move(target)}}, nodes_[at].begin);
  }

  std::size_t enter_link(std::size_t at) {
    ConfluenceResource resource = confluence_resource_in(tree_, at);
    if (const std::string* anchor = nodes_[at].attribute("ac:anchor")) {
      if (resource.name.empty()) resource.name = *anchor;
      resource.target += "#" + *anchor;
    }
    const bool labelled =
        has_child(tree_, at, {"ac:link-body", "ac:plain-text-link-body", "ac:image"});
    open_link(at, std::move(resource.target));
    if (labelled) {
      open_.push_back({at, 1});
      linked_until_ = nodes_[at].subtree_end;
      return at + 1;
    }
    add_text(at, resource.name);
    out_.close(nodes_[at].end);
    return nodes_[at].subtree_end;
  }

  std::size_t enter_image(std::size_t at) {
    const std::string* alt = nodes_[at].attribute("ac:alt");
    const ConfluenceResource resource = confluence_resource_in(tree_, at);
    out_.open("img", {{"src", resource.target}, {"alt", alt == nullptr ? "" : *alt}},
              nodes_[at].begin);
    out_.close(nodes_[at].end);
    linked_until_ = std::max(linked_until_, nodes_[at].subtree_end);
    return at + 1;
  }

  /// One that no link or image speaks for, as in the parameters of the include macro.
  std::size_t enter_resource(std::size_t at) {
    if (at < linked_until_) return nodes_[at].subtree_end;
    ConfluenceResource resource = confluence_resource(nodes_[at]);
    open_link(at, std::move(resource.target));
    add_text(at, resource.name);
    out_.close(nodes_[at].end);
    return nodes_[at].subtree_end;
  }

  const HtmlTree& tree_;
  const std::vector<HtmlNode>& nodes_;
  HtmlTree out_;
  std::vector<Open> open_;
  std::vector<Macro> macros_;
  std::size_t silent_until_ = 0;  // Before this node text is a macro's parameter.
  std::size_t linked_until_ = 0;  // Before this node resources belong to a link or an image.
};

}  // namespace

Result<ExtractedDocument> extract_confluence(string_view text) {
  ExtractedDocument document;
  const HtmlTree storage = parse_leniently(text, CdataSections::Text);
  const HtmlTree page = Translator(storage).translate(text.size());
  DocumentBuilder builder(text, document, DocumentBuilder::Quotes::Blocks);
  WikiFragments fragments({.space = '-', .repeat = '.', .first = 1});
  HtmlScope scope;
  scope.fragment_of = [&](string_view heading) { return fragments.next(heading); };
  read_html_blocks(page, scope, builder);
  return document;
}

}  // namespace freshet::pipeline
