#pragma once

#include <string>
#include <string_view>

#include "pipeline/extract/extracted.h"
#include "pipeline/extract/lines.h"
#include "pipeline/extract/slug.h"

namespace freshet::pipeline {

/// A link before its line and quote are filled in.
struct FoundLink {
  std::string target;
  std::string text;
  std::string kind = "link";
};

/// Collects what a format's reader finds, and derives ranges, quotes and anchors from the decoded
/// text.
class DocumentBuilder {
 public:
  /// What a link quotes: its source line, or the block that it stands in, where lines mean nothing
  /// to people.
  enum class Quotes { Lines, Blocks };

  /// Text and document must outlive the builder.
  DocumentBuilder(std::string_view text, ExtractedDocument& document, Quotes quotes = Quotes::Lines)
      : lines_(text), document_(document), quotes_(quotes) {}

  [[nodiscard]] const Lines& lines() const { return lines_; }
  [[nodiscard]] ExtractedDocument& document() { return document_; }

  /// Adds a block that begins and ends inside `span`; one without text is dropped. The reference
  /// lives until the next block is added; for a dropped block it is one that nobody reads.
  Block& add(BlockKind kind, std::string text, Span span);
  /// A heading's fragment is the explicit one, else made from its text.
  void add_heading(std::string text, std::size_t level, std::string_view explicit_anchor,
                   Span span);
  /// For formats whose pages have only the fragments that they spell out.
  void add_heading_as_written(std::string text, std::size_t level, std::string anchor, Span span);
  void add_link(FoundLink link, std::size_t line);

 private:
  Lines lines_;
  ExtractedDocument& document_;
  Quotes quotes_;
  std::size_t quoted_links_ = 0;  // Those whose block has come.
  Anchors anchors_;
  Block dropped_;
};

}  // namespace freshet::pipeline
