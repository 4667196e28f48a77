#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "sources/http_api/value.h"

namespace freshet::sources::http_api {

/// The records of a stream that a listing showed but that could not be read whole or mapped. The
/// mark of the listing moves past them, so they are kept here, as they were listed, and tried again
/// a minute later and then less and less often, at last once a day. Part of the cursor.
class UnreadRecords {
 public:
  struct Record {
    std::string part;  ///< Of the stream; "" where it has none.
    Value listed;
    int tries = 0;
    Instant next;           ///< Not tried before.
    std::size_t bytes = 0;  ///< Of `listed` as JSON.
  };

  /// A try of a record that failed.
  struct Failure {
    const std::string& key;
    const std::string& part;
    const Value& listed;
    const std::string& why;
  };
  /// Keeps it, unless it is larger than 250 kB. Unavailable when there are so many that the stream
  /// had better wait where it is: over 200 records, or a megabyte of them.
  Result<Done> add(const Failure& failure, Instant now);
  void erase(std::string_view key);
  /// Those that a complete listing does not show.
  void erase_absent(const std::set<std::string>& shown);
  void erase_part(std::string_view part);

  [[nodiscard]] bool contains(std::string_view key) const { return records_.contains(key); }
  [[nodiscard]] bool empty() const { return records_.empty(); }
  [[nodiscard]] std::vector<std::pair<std::string, Record>> due(std::string_view part,
                                                                Instant now) const;
  /// Whether a record that a listing shows again, as it was, is to be left for its next try.
  [[nodiscard]] bool waits(std::string_view key, const Value& listed, Instant now) const;
  [[nodiscard]] std::vector<std::string> keys() const;

  [[nodiscard]] Value to_value() const;
  static UnreadRecords from_value(const Value& value);

 private:
  std::map<std::string, Record, std::less<>> records_;  ///< By key.
};

}  // namespace freshet::sources::http_api
