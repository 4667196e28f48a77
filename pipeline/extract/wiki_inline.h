#pragma once

#include <string>
#include <vector>

#include "pipeline/extract/html_tree.h"
#include "pipeline/extract/lines.h"
#include "pipeline/extract/wiki_source.h"

namespace freshet::pipeline {

/// Adds inline wikitext to a tree: links, images, references (in parentheses), literals; marks that
/// only change how text looks go. Remembers the categories that it meets. Linear.
class WikiInline {
 public:
  /// Borrows both.
  WikiInline(const WikiSource& source, HtmlTree& tree)
      : source_(source), text_(source.text), tree_(tree) {}

  void read(Span span);
  [[nodiscard]] const std::vector<std::string>& categories() const { return categories_; }

 private:
  struct Closing {
    std::size_t at;
    std::size_t width;
  };

  void flush(std::size_t end);
  void go_on(std::size_t at);
  void add_empty(std::string_view tag);
  bool read_markup();
  bool end_element();
  bool read_quotes();
  bool read_magic_word();
  bool read_external_link();
  bool read_internal_link();
  void read_file(std::string_view target, std::size_t end);
  void read_page_link(std::string_view target, std::size_t label, std::size_t end);
  bool read_literal();
  bool read_tag();
  void read_reference(bool closing, std::size_t after);

  const WikiSource& source_;
  std::string_view text_;
  HtmlTree& tree_;
  std::vector<std::string> categories_;
  std::vector<Closing> closings_;  // Of elements that are open, the innermost last.
  std::size_t at_ = 0;
  std::size_t text_from_ = 0;  // Text before at_ that is not in the tree yet.
  std::size_t end_ = 0;
};

}  // namespace freshet::pipeline
