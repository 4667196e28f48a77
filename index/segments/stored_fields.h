#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "index/passage.h"
#include "index/segments/record_file.h"
#include "index/segments/snapshot.h"

namespace freshet::index {

/// The record of documents.bin.
std::string encode_document(const StoredDocument& document);
Result<StoredDocument> decode_document(const RecordFile& file, std::string_view record);
/// The id alone, for look-ups: a view into the record.
Result<std::string_view> decode_document_id(const RecordFile& file, std::string_view record);

/// The record of passages.bin: the passage without its encoded text, and the place of its document
/// in documents.bin.
struct PassageRecord {
  std::size_t document = 0;
  Passage passage;
};
std::string encode_passage(std::size_t document, const Passage& passage);
Result<PassageRecord> decode_passage(const RecordFile& file, std::string_view record);

}  // namespace freshet::index
