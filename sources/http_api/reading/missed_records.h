#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "sources/http_api/value.h"

namespace freshet::sources::http_api {

/// The records of a stream that complete listings show but that its listing of changes never gave.
/// Rows move from page to page when others are changed or deleted while pages are read, and what
/// moves to a page already read is missed for good once the mark is past it. Part of the cursor.
class MissedRecords {
 public:
  /// Takes what a complete listing shows and the copy lacks. True when the listing of changes had
  /// better begin from its beginning: some of it was lacking after two complete listings in a row,
  /// or still after four. Later it is taken for what that listing does not give. Of 100,000 keys.
  bool note(const std::set<std::string>& lacking);
  /// The listing gave it, and a rule says to leave it out: it counts no more.
  void settle(std::string_view key);

  [[nodiscard]] Value to_value() const;
  static MissedRecords from_value(const Value& value);

 private:
  std::map<std::string, unsigned> listings_;  ///< In a row that showed it, by hash of the key.
};

}  // namespace freshet::sources::http_api
