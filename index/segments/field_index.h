#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "index/allowed.h"
#include "index/passage.h"
#include "index/segments/record_file.h"
#include "index/segments/snapshot.h"

namespace freshet::index {

/// What a value of fields.bin says of its passages. Fields and permissions never meet, whatever a
/// document's metadata is called.
enum class FieldKind : char { Allow = 'a', Deny = 'd', Field = 'f' };

/// Which passages carry which value: the inverted form of the stored fields, for filters and
/// permissions.
class FieldIndexBuilder {
 public:
  /// Documents come in ascending passage numbers.
  void add(const StoredDocument& document);
  Result<Done> write(const std::filesystem::path& path) const;

 private:
  using Ranges = std::vector<std::pair<PassageNumber, PassageNumber>>;
  void add_value(FieldKind kind, std::string_view key, std::string_view value,
                 const StoredDocument& document);

  std::map<std::pair<std::string, std::string>, Ranges> values_;
};

/// fields.bin, mapped: records (key, value, ranges of passage numbers) in ascending order of key
/// and value.
class FieldIndex {
 public:
  /// Ranges outside [first, end) are damage.
  static Result<FieldIndex> open(const std::filesystem::path& path, PassageNumber first,
                                 PassageNumber end);

  /// Adds the passages whose key has exactly this value.
  Result<Done> collect_equal(FieldKind kind, std::string_view key, std::string_view value,
                             PassageSet& passages) const;
  /// Adds the passages that have some value of the key for which `matches` holds.
  Result<Done> collect(FieldKind kind, std::string_view key,
                       const std::function<bool(std::string_view)>& matches,
                       PassageSet& passages) const;

 private:
  struct Entry {
    std::string_view key;
    std::string_view value;
    std::string_view ranges;
  };
  FieldIndex(RecordFile file, PassageNumber first, PassageNumber end)
      : file_(std::move(file)), first_(first), end_(end) {}
  [[nodiscard]] Result<Entry> entry(std::size_t number) const;
  [[nodiscard]] Result<std::size_t> lower_bound(std::string_view key, std::string_view value) const;
  [[nodiscard]] Result<Done> add_ranges(std::string_view ranges, PassageSet& passages) const;

  RecordFile file_;
  PassageNumber first_;
  PassageNumber end_;
};

}  // namespace freshet::index
