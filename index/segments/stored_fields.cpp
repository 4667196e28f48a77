#include "index/segments/stored_fields.h"

#include <array>

#include "index/segments/bytes.h"

namespace freshet::index {
namespace {

// The order in the record, for writer and reader alike.
template <typename Fields>
auto texts_of(Fields& fields) {
  return std::array{&fields.source,   &fields.path,         &fields.title,      &fields.url,
                    &fields.language, &fields.content_hash, &fields.updated_at, &fields.owner};
}

template <typename Range>
auto bounds_of(Range& range) {
  return std::array{&range.byte_begin, &range.byte_end, &range.line_first, &range.line_last};
}

Error cut(const RecordFile& file, const std::string& whose) {
  return file.damaged(whose + " record is cut");
}

}  // namespace

std::string encode_document(const StoredDocument& document) {
  const DocumentFields& fields = document.fields;
  ByteWriter out;
  out.text(fields.id);
  out.u32(document.first);
  out.u32(static_cast<std::uint32_t>(document.count));
  for (const std::string* text : texts_of(fields)) out.text(*text);
  out.texts(fields.allow);
  out.texts(fields.deny);
  out.u64(fields.metadata.size());
  for (const auto& [key, value] : fields.metadata) {
    out.text(key);
    out.text(value);
  }
  return out.bytes();
}

Result<StoredDocument> decode_document(const RecordFile& file, std::string_view record) {
  StoredDocument document;
  DocumentFields& fields = document.fields;
  ByteReader in(record);
  fields.id = in.text();
  document.first = in.u32();
  document.count = in.u32();
  for (std::string* text : texts_of(fields)) *text = in.text();
  fields.allow = in.texts();
  fields.deny = in.texts();
  for (std::uint64_t left = in.u64(); left > 0 && in.ok(); --left) {
    const std::string key(in.text());
    fields.metadata[key] = in.text();
  }
  if (!in.finished()) return cut(file, "a document's");
  return document;
}

Result<std::string_view> decode_document_id(const RecordFile& file, std::string_view record) {
  ByteReader in(record);
  const std::string_view id = in.text();
  if (!in.ok()) return cut(file, "a document's");
  return id;
}

std::string encode_passage(std::size_t document, const Passage& passage) {
  ByteWriter out;
  out.u64(document);
  out.u64(passage.ordinal);
  out.texts(passage.heading_path);
  out.text(passage.anchor);
  out.text(passage.text);
  out.text(passage.text_hash);
  for (const std::size_t* bound : bounds_of(passage.range)) out.u64(*bound);
  return out.bytes();
}

Result<PassageRecord> decode_passage(const RecordFile& file, std::string_view record) {
  PassageRecord decoded;
  Passage& passage = decoded.passage;
  ByteReader in(record);
  decoded.document = in.u64();
  passage.ordinal = in.u64();
  passage.heading_path = in.texts();
  passage.anchor = in.text();
  passage.text = in.text();
  passage.text_hash = in.text();
  for (std::size_t* bound : bounds_of(passage.range)) *bound = in.u64();
  if (!in.finished()) return cut(file, "a passage's");
  return decoded;
}

}  // namespace freshet::index
