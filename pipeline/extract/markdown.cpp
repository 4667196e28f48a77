#include "pipeline/extract/markdown.h"

#include <memory>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

#include "pipeline/extract/document_builder.h"
#include "pipeline/extract/front_matter.h"
#include "pipeline/extract/markdown_bounds.h"
#include "pipeline/extract/markdown_reader.h"
#include "pipeline/extract/site_syntax.h"

namespace freshet::pipeline {
namespace {

struct ParserDeleter {
  void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};
struct NodeDeleter {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};
using Tree = std::unique_ptr<cmark_node, NodeDeleter>;

Tree parse(std::string_view text) {
  cmark_gfm_core_extensions_ensure_registered();
  const std::unique_ptr<cmark_parser, ParserDeleter> parser(cmark_parser_new(CMARK_OPT_FOOTNOTES));
  for (const char* name : {"table", "strikethrough", "autolink", "tasklist"}) {
    cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension(name));
  }
  cmark_parser_feed(parser.get(), text.data(), text.size());
  return Tree(cmark_parser_finish(parser.get()));
}

}  // namespace

Result<ExtractedDocument> extract_markdown(std::string_view text) {
  ExtractedDocument document;
  DocumentBuilder builder(text, document);
  const std::size_t front_matter = read_front_matter(text, document);
  PlainMarkdown plain = without_site_syntax(text, front_matter, builder);
  calm_markdown(plain.text);
  const Lines lines(plain.text);
  for (const Span& piece : markdown_pieces(lines)) {
    const Tree tree =
        parse(std::string_view(plain.text).substr(piece.begin, piece.end - piece.begin));
    if (!tree) return Error{ErrorKind::Internal, "the Markdown parser gave no tree"};
    const MarkdownPiece read{lines, plain.heading_ids, lines.number_at(piece.begin)};
    read_markdown_tree(tree.get(), read, builder);
  }
  return document;
}

}  // namespace freshet::pipeline
