#pragma once

#include <string>
#include <vector>

#include "base/interruption.h"
#include "base/result.h"
#include "sources/http_api/manifest/stream_spec.h"
#include "sources/http_api/reading/listing.h"

namespace freshet::sources::http_api {

/// What became of a listed record when the rest of it was read.
struct ReadRecord {
  enum class State {
    Whole,    ///< `record` and `children` are complete.
    Gone,     ///< The source says that it is deleted.
    Skipped,  ///< A rule says to leave it as it is.
    Failed,   ///< It exists but cannot be read; `why` says what went wrong.
  };
  State state = State::Whole;
  std::string key;
  Value record;
  Value children = Value::object();
  std::string why;
};

struct ListedRecord {
  std::string key;
  Value record;
  std::string version;
};

/// Reads what a listing leaves out: the whole record by its id, and what hangs under it. Errors are
/// those that end the stream: the source cannot be reached or refuses everything, or fails at
/// several records in a row. One thread owns it.
class RecordReader {
 public:
  RecordReader(ListingReader& listings, const StreamSpec& stream)
      : listings_(&listings), stream_(&stream) {}

  /// In the order given.
  Result<std::vector<ReadRecord>> complete(const std::vector<ListedRecord>& listed, Scope& scope,
                                           const Interruption& interruption);

 private:
  Result<Done> settle(const Decision& decision, ReadRecord& record);
  Result<Done> hydrate_each(std::vector<ReadRecord>& records, Scope& scope,
                            const Interruption& interruption);
  Result<Done> hydrate_batches(std::vector<ReadRecord>& records, Scope& scope,
                               const Interruption& interruption);
  Result<Done> hydrate_range(std::vector<ReadRecord>& records, std::size_t begin, std::size_t end,
                             Scope& scope, const Interruption& interruption);
  Result<Done> read_children(ReadRecord& record, const ChildrenSpec& spec, Scope& scope,
                             const Interruption& interruption);
  Result<Value> children_by_id(const ReadRecord& record, const ChildrenSpec& spec, Scope& scope,
                               const Interruption& interruption, std::optional<Decision>& stopped);
  Result<Value> listed_children(const Value& parent, const ChildrenSpec& spec, Scope& scope,
                                const Interruption& interruption, std::size_t depth,
                                std::optional<Decision>& stopped);

  ListingReader* listings_;
  const StreamSpec* stream_;
  int unavailable_in_a_row_ = 0;
};

}  // namespace freshet::sources::http_api
