#include "index/segments/field_index.h"

#include <tuple>

#include "index/segments/bytes.h"

namespace freshet::index {

namespace {

std::string full_key(FieldKind kind, std::string_view key) {
  return static_cast<char>(kind) + std::string(key);
}

/// The fields that every document has, by their name in filters; a metadata key of the same name is
/// hidden.
std::map<std::string, std::string> filterable(const DocumentFields& fields) {
  std::map<std::string, std::string> values = fields.metadata;
  values["source"] = fields.source;
  values["document_id"] = fields.id;
  values["path"] = fields.path;
  values["language"] = fields.language;
  values["owner"] = fields.owner;
  values["updated_at"] = fields.updated_at;
  values["title"] = fields.title;
  return values;
}

}  // namespace

void FieldIndexBuilder::add_value(FieldKind kind, std::string_view key, std::string_view value,
                                  const StoredDocument& document) {
  Ranges& ranges = values_[{full_key(kind, key), std::string(value)}];
  const auto end = static_cast<PassageNumber>(document.first + document.count);
  if (!ranges.empty() && ranges.back().second >= document.first) {
    ranges.back().second = end;
  } else {
    ranges.emplace_back(document.first, end);
  }
}

void FieldIndexBuilder::add(const StoredDocument& document) {
  for (const auto& [key, value] : filterable(document.fields)) {
    if (!value.empty()) add_value(FieldKind::Field, key, value, document);
  }
  for (const std::string& principal : document.fields.allow) {
    add_value(FieldKind::Allow, "", principal, document);
  }
  for (const std::string& principal : document.fields.deny) {
    add_value(FieldKind::Deny, "", principal, document);
  }
}

Result<Done> FieldIndexBuilder::write(const std::filesystem::path& path) const {
  RecordFileBuilder file;
  for (const auto& [name, ranges] : values_) {
    ByteWriter ranges_out;
    for (const auto& [begin, end] : ranges) {
      ranges_out.u32(begin);
      ranges_out.u32(end);
    }
    ByteWriter out;
    out.text(name.first);
    out.text(name.second);
    out.text(ranges_out.bytes());
    file.add(out.bytes());
  }
  return file.write(path);
}

Result<FieldIndex> FieldIndex::open(const std::filesystem::path& path, PassageNumber first,
                                    PassageNumber end) {
  FRESHET_TRY(RecordFile file, RecordFile::open(path));
  return FieldIndex(std::move(file), first, end);
}

Result<FieldIndex::Entry> FieldIndex::entry(std::size_t number) const {
  FRESHET_TRY(const std::string_view record, file_.record(number));
  ByteReader in(record);
  Entry entry;
  entry.key = in.text();
  entry.value = in.text();
  entry.ranges = in.text();
  if (!in.finished()) return file_.damaged("a value's record is cut");
  return entry;
}

Result<std::size_t> FieldIndex::lower_bound(std::string_view key, std::string_view value) const {
  std::size_t low = 0;
  std::size_t high = file_.count();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    FRESHET_TRY(const Entry at, entry(middle));
    if (std::tie(at.key, at.value) < std::tie(key, value)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

Result<Done> FieldIndex::add_ranges(std::string_view ranges, PassageSet& passages) const {
  ByteReader in(ranges);
  while (!in.finished()) {
    const PassageNumber begin = in.u32();
    const PassageNumber end = in.u32();
    if (!in.ok() || begin < first_ || begin >= end || end > end_) {
      return file_.damaged("a value's passages lie outside the segment");
    }
    passages.add_range(begin, end);
  }
  return Done{};
}

Result<Done> FieldIndex::collect_equal(FieldKind kind, std::string_view key, std::string_view value,
                                       PassageSet& passages) const {
  const std::string wanted = full_key(kind, key);
  FRESHET_TRY(const std::size_t at, lower_bound(wanted, value));
  if (at == file_.count()) return Done{};
  FRESHET_TRY(const Entry found, entry(at));
  if (found.key != wanted || found.value != value) return Done{};
  return add_ranges(found.ranges, passages);
}

Result<Done> FieldIndex::collect(FieldKind kind, std::string_view key,
                                 const std::function<bool(std::string_view)>& matches,
                                 PassageSet& passages) const {
  const std::string wanted = full_key(kind, key);
  FRESHET_TRY(std::size_t at, lower_bound(wanted, ""));
  for (; at < file_.count(); ++at) {
    FRESHET_TRY(const Entry found, entry(at));
    if (found.key != wanted) break;
    if (matches(found.value)) FRESHET_CHECK(add_ranges(found.ranges, passages));
  }
  return Done{};
}

}  // namespace freshet::index
