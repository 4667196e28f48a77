#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace freshet::index {

/// A stretch of a document, as bytes [begin, end) of its UTF-8 text and as 1-based lines [first,
/// last].
struct SourceRange {
  std::size_t byte_begin = 0;
  std::size_t byte_end = 0;
  std::size_t line_first = 0;
  std::size_t line_last = 0;
  bool operator==(const SourceRange&) const = default;
};

/// One passage: the unit that is encoded, found and cited.
struct Passage {
  std::size_t ordinal = 0;  ///< 0-based place in its document.
  std::vector<std::string>
      heading_path;          ///< Headings above it, outermost first, without the title.
  std::string anchor;        ///< Fragment of the nearest heading; may be empty.
  std::string text;          ///< What a reader sees, UTF-8.
  std::string encoded_text;  ///< What the encoder reads: title, headings, text.
  std::string text_hash;     ///< to_hex(hash128(encoded_text)).
  SourceRange range;
};

/// What all passages of one document share.
struct DocumentFields {
  std::string id;  ///< "source:external id".
  std::string source;
  std::string path;
  std::string title;  ///< Shown; from the file's name where the text has none.
  std::string url;
  std::string language;      ///< ISO 639-1, empty when unknown.
  std::string content_hash;  ///< Of the raw body: links the index to the ledger.
  std::string updated_at;    ///< RFC 3339 or empty.
  std::string owner;
  std::vector<std::string> allow;
  std::vector<std::string> deny;
  std::map<std::string, std::string> metadata;
};

/// A document ready for the index: fields, passages, and one unit-length vector per passage.
struct IndexedDocument {
  DocumentFields fields;
  std::vector<Passage> passages;
  std::vector<std::vector<float>>
      vectors;  ///< Same length as passages; each of the encoder's dimension.
};

/// The number of a passage within one data directory's index: unique over all its segments, never
/// reused.
using PassageNumber = std::uint32_t;

}  // namespace freshet::index
