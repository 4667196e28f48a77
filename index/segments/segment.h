#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "index/segments/field_index.h"
#include "index/segments/manifest.h"
#include "index/segments/record_file.h"
#include "index/segments/snapshot.h"
#include "index/segments/stored_fields.h"

namespace freshet::index {

/// The stored fields of one segment, mapped read-only; its vectors are opened beside it.
/// Thread-safe.
class Segment {
 public:
  /// Corrupt when the segment is not the one the entry names or a file is missing, cut or
  /// (Everything) changed.
  static Result<Segment> open(const std::filesystem::path& index_directory,
                              const SegmentEntry& entry, Snapshot::Check check);

  [[nodiscard]] const SegmentEntry& entry() const { return entry_; }
  [[nodiscard]] const FieldIndex& fields() const { return fields_; }
  [[nodiscard]] std::size_t document_count() const { return documents_.count(); }
  /// Documents are in ascending id and, alike, in ascending passage number.
  [[nodiscard]] Result<StoredDocument> document(std::size_t place) const;
  [[nodiscard]] Result<std::string_view> document_id(std::size_t place) const;
  [[nodiscard]] Result<std::optional<StoredDocument>> find(std::string_view id) const;
  /// `number` is one of this segment's.
  [[nodiscard]] Result<StoredPassage> passage(PassageNumber number) const;
  [[nodiscard]] Result<Passage> passage_alone(PassageNumber number) const;

 private:
  [[nodiscard]] Result<PassageRecord> passage_record(PassageNumber number) const;
  Segment(const SegmentEntry& entry, RecordFile documents, RecordFile passages, FieldIndex fields)
      : entry_(entry),
        documents_(std::move(documents)),
        passages_(std::move(passages)),
        fields_(std::move(fields)) {}

  SegmentEntry entry_;
  RecordFile documents_;
  RecordFile passages_;
  FieldIndex fields_;
};

}  // namespace freshet::index
