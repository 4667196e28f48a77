#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>

#include "sources/http_api/value.h"

namespace freshet::sources::http_api {

/// The records of a stream that complete listings show but that its listing of changes never gave.
/// Rows move from page to page when others are changed or deleted while pages are read, and what
/// moves to a page already read is missed for good once the mark is past it. Part of the cursor.
class MissedRecords {
 public:
  /// Takes what a complete listing shows and the copy lacks. True when the listing of changes had
  /// better begin from its beginning: something was missed by two complete listings in a row, and
  /// after 4, 8, ... where nothing is gained by it. Of many, the first 1,000 count.
  bool note(const std::set<std::string>& lacking);
  /// The listing gave it, and it makes no document: it counts no more.
  void settle(const std::string& key);

  [[nodiscard]] Value to_value() const;
  static MissedRecords from_value(const Value& value);

 private:
  /// How many in a row have shown it, by key; 0 for what is settled.
  std::map<std::string, std::size_t> listings_;
};

}  // namespace freshet::sources::http_api
