#include "pipeline/extract/document_builder.h"

#include <algorithm>

#include "base/utf8.h"
#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

constexpr std::size_t kMaxQuoteBytes = 200;
constexpr std::size_t kMaxTargetBytes = 4096;  // Longer ones are data: URIs, not places.

}  // namespace

Block& DocumentBuilder::add(BlockKind kind, std::string text, Span span) {
  if (is_blank(text)) return dropped_ = Block{};
  const std::size_t size = lines_.text().size();
  span.begin = std::min(span.begin, size);
  span.end = std::clamp(span.end, span.begin, size);

  // A block is finished after its links.
  for (; quotes_ == Quotes::Blocks && quoted_links_ < document_.links.size(); ++quoted_links_) {
    document_.links[quoted_links_].quote = truncate_utf8(clean_line(text), kMaxQuoteBytes);
  }
  Block block;
  block.kind = kind;
  block.text = std::move(text);
  block.range.byte_begin = span.begin;
  block.range.byte_end = span.end;
  block.range.line_first = lines_.number_at(span.begin);
  block.range.line_last = lines_.number_at(span.end > span.begin ? span.end - 1 : span.begin);
  return document_.blocks.emplace_back(std::move(block));
}

void DocumentBuilder::add_heading_as_written(std::string text, std::size_t level,
                                             std::string anchor, Span span) {
  Block& block = add(BlockKind::Heading, std::move(text), span);
  block.level = std::clamp<std::size_t>(level, 1, 6);
  block.anchor = std::move(anchor);
}

void DocumentBuilder::add_heading(std::string text, std::size_t level,
                                  std::string_view explicit_anchor, Span span) {
  std::string anchor = anchors_.next(text, explicit_anchor);
  add_heading_as_written(std::move(text), level, std::move(anchor), span);
}

void DocumentBuilder::add_link(FoundLink found, std::size_t number) {
  if (found.target.empty() || found.target.size() > kMaxTargetBytes) return;
  ExtractedLink link;
  link.target = std::move(found.target);
  link.text = clean_line(found.text);
  link.kind = std::move(found.kind);
  link.line = std::clamp<std::size_t>(number, 1, lines_.count());
  const bool line = quotes_ == Quotes::Lines;
  link.quote = truncate_utf8(line ? trim(lines_.line(link.line)) : link.text, kMaxQuoteBytes);
  document_.links.push_back(std::move(link));
}

}  // namespace freshet::pipeline
