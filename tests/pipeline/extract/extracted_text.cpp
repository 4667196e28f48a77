#include "tests/pipeline/extract/extracted_text.h"

namespace freshet::pipeline::testing {
namespace {

std::string label_of(const Block& block) {
  switch (block.kind) {
    case BlockKind::Heading:
      return "h" + std::to_string(block.level) + "#" + block.anchor;
    case BlockKind::Paragraph:
      return "p";
    case BlockKind::ListItem:
      return "li";
    case BlockKind::Quote:
      return "quote";
    case BlockKind::Code:
      return block.code_language.empty() ? "code" : "code(" + block.code_language + ")";
    case BlockKind::TableRow:
      return block.table_header ? "th" : "tr";
  }
  return "?";
}

}  // namespace

Result<ExtractedDocument> extract_as(std::string_view format, std::string_view body) {
  const bool media_type = format.find('/') != std::string_view::npos;
  return extract({media_type ? "page" : format, media_type ? format : "", body, ""});
}

ExtractedDocument read_as(std::string_view format, std::string_view body) {
  auto document = extract_as(format, body);
  if (document) return *std::move(document);
  ExtractedDocument failed;
  failed.blocks.emplace_back().text = "extract() failed: " + document.error().message;
  return failed;
}

std::vector<std::string> outline(const ExtractedDocument& document) {
  std::vector<std::string> lines;
  for (const Block& block : document.blocks) lines.push_back(label_of(block) + ": " + block.text);
  return lines;
}

std::vector<std::string> links_of(const ExtractedDocument& document) {
  std::vector<std::string> lines;
  for (const ExtractedLink& link : document.links) {
    lines.push_back(std::to_string(link.line) + " " + link.kind + " " + link.target + " [" +
                    link.text + "]");
  }
  return lines;
}

std::string_view source_of(const Block& block, std::string_view text) {
  return text.substr(block.range.byte_begin, block.range.byte_end - block.range.byte_begin);
}

}  // namespace freshet::pipeline::testing
