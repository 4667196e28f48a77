#include "index/segments/segment.h"

#include "index/segments/layout.h"
#include "index/segments/segment_header.h"
#include "index/segments/stored_fields.h"

namespace freshet::index {

Result<Segment> Segment::open(const std::filesystem::path& index_directory,
                              const SegmentEntry& entry, Snapshot::Check check) {
  const std::filesystem::path directory = segment_directory(index_directory, entry.id);
  FRESHET_TRY(const SegmentHeader header, read_segment_header(directory, entry.header_checksum));
  if (header.first != entry.first || header.passages != entry.passages) {
    return damaged_file(directory / kHeaderFile, "it does not fit the manifest");
  }
  FRESHET_CHECK(check_file_sizes(directory, header));
  if (check == Snapshot::Check::Everything) FRESHET_CHECK(check_file_contents(directory, header));
  FRESHET_TRY(RecordFile documents, RecordFile::open(directory / kDocumentsFile));
  FRESHET_TRY(RecordFile passages, RecordFile::open(directory / kPassagesFile));
  FRESHET_TRY(FieldIndex fields,
              FieldIndex::open(directory / kFieldsFile, entry.first, entry.end()));
  if (documents.count() != header.documents)
    return documents.damaged("it has another number of documents");
  if (passages.count() != header.passages)
    return passages.damaged("it has another number of passages");
  return Segment(entry, std::move(documents), std::move(passages), std::move(fields));
}

Result<StoredDocument> Segment::document(std::size_t place) const {
  FRESHET_TRY(const std::string_view record, documents_.record(place));
  FRESHET_TRY(StoredDocument document, decode_document(documents_, record));
  if (document.count == 0 || document.count > entry_.passages || document.first < entry_.first ||
      document.first - entry_.first > entry_.passages - document.count) {
    return documents_.damaged("a document's passages lie outside the segment");
  }
  return document;
}

Result<std::string_view> Segment::document_id(std::size_t place) const {
  FRESHET_TRY(const std::string_view record, documents_.record(place));
  return decode_document_id(documents_, record);
}

Result<std::optional<StoredDocument>> Segment::find(std::string_view id) const {
  std::size_t low = 0;
  std::size_t high = documents_.count();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    FRESHET_TRY(const std::string_view at, document_id(middle));
    if (at < id) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == documents_.count()) return std::optional<StoredDocument>{};
  FRESHET_TRY(StoredDocument document, this->document(low));
  if (document.fields.id != id) return std::optional<StoredDocument>{};
  return std::optional<StoredDocument>(std::move(document));
}

Result<PassageRecord> Segment::passage_record(PassageNumber number) const {
  FRESHET_TRY(const std::string_view record, passages_.record(number - entry_.first));
  return decode_passage(passages_, record);
}

Result<StoredPassage> Segment::passage(PassageNumber number) const {
  FRESHET_TRY(PassageRecord decoded, passage_record(number));
  FRESHET_TRY(StoredDocument document, this->document(decoded.document));
  return StoredPassage{std::move(document.fields), std::move(decoded.passage)};
}

Result<Passage> Segment::passage_alone(PassageNumber number) const {
  FRESHET_TRY(PassageRecord decoded, passage_record(number));
  return std::move(decoded.passage);
}

}  // namespace freshet::index
