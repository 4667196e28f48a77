#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "index/passage.h"

namespace freshet::pipeline {

enum class BlockKind { Heading, Paragraph, ListItem, Quote, Code, TableRow };

/// A piece of a document that a reader sees as one thing, in reading order.
struct Block {
  BlockKind kind = BlockKind::Paragraph;
  std::string text;       ///< Plain text, UTF-8; code keeps its line breaks.
  std::size_t level = 0;  ///< Headings: 1..6.
  std::string anchor;     ///< Headings: fragment, GitHub's slug rule unless given explicitly.
  std::string code_language;
  index::SourceRange range;  ///< In the document's decoded UTF-8 text.
  bool table_header = false;
  bool attachment = false;  ///< Of a file under a message: its name, or what is in it.
};

struct ExtractedLink {
  std::string target;  ///< As written.
  std::string text;
  std::string quote;  ///< The source line, trimmed, cut at 200 bytes.
  std::size_t line = 0;
  std::string kind;         ///< "link", "image" or "include".
  bool attachment = false;  ///< To a file under a message.
};

/// One document taken apart.
struct ExtractedDocument {
  std::string title;     ///< Front matter, else the first level-1 heading, else <title>; empty when
                         ///< there is none.
  std::string language;  ///< ISO 639-1 or empty.
  std::string owner;     ///< From front matter.
  std::map<std::string, std::string>
      metadata;  ///< Front matter scalars (strings), e.g. product, tags.
  std::vector<Block> blocks;
  std::vector<ExtractedLink> links;
  std::vector<std::string> warnings;  ///< For people: "declared UTF-8, but is windows-1252".
};

}  // namespace freshet::pipeline
