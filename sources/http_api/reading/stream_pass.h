#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "sources/http_api/mapping/document_mapper.h"
#include "sources/http_api/reading/record_reader.h"
#include "sources/http_api/reading/source_view.h"
#include "sources/http_api/reading/state.h"

namespace freshet::sources::http_api {

/// Which records of a listing are read whole.
enum class Selection {
  Changed,  ///< Those whose version is not the known one.
  All,
};

/// A page whose documents do not all fit into one batch. Kept in memory alone: whoever does not
/// have the one that the run's `handed_over` speaks of reads the page again.
struct OpenPage {
  std::string task;
  Page page;
  bool past_mark = false;    ///< feed: a record older than the mark was among them.
  std::int64_t horizon = 0;  ///< When it was fetched: a mark may not pass it.
  std::vector<ListedRecord> listed;
  std::vector<ReadRecord> records;  ///< Of `listed`, those from `first` on that were read.
  std::size_t first = 0;
  std::size_t next = 0;  ///< The first that no batch has.
};

/// What a pass writes down besides how far it came.
struct PassNotes {
  std::set<std::string>& seen;  ///< The keys that listings showed.
  UnreadRecords& unread;
  MissedRecords& missed;
  std::optional<OpenPage>& open_page;
};

/// Of the documents in it.
std::size_t bytes_of(const Batch& batch);

/// Reads a stream, or one partition of it, page by page. Marks move only over what was read whole,
/// and never past the server's clock less the lag; a record whose time is younger than that is read
/// again until it is older, for two changes within one unit of the field look the same. One thread
/// owns it.
class StreamPass {
 public:
  StreamPass(SourceView& source, const StreamSpec& stream, std::string part, Selection selection,
             PassNotes notes);

  /// Sets the run up for the first page. `from` is the lower bound of the listing.
  void begin(RunState& run, std::optional<std::int64_t> from) const;

  /// Where a listing that goes on from `position` starts: its mark less the overlap, or the seed.
  [[nodiscard]] Result<std::optional<std::int64_t>> lower_bound(const Position& position) const;

  enum class Step { More, Done };
  /// Reads one page into `batch`, or what a full batch left of it. `position` moves as far as is
  /// safe.
  Result<Step> page(RunState& run, Position& position, Batch& batch);

  /// Reads the records whose next try has come into `batch`, until that is full.
  Result<Step> retry(RunState& run, Batch& batch);

 private:
  struct Judged {
    std::vector<ListedRecord> to_read;
    bool past_mark = false;  ///< feed: a record older than the mark was among them.
  };

  Result<Page> fetch(RunState& run, const Position& position);
  Result<Done> open(Page page, bool begins, RunState& run, Batch& batch);
  Result<Done> read_some(OpenPage& page);
  Result<Done> hand_over(RunState& run, Batch& batch);
  void note_passed_over(const std::vector<Value>& records, RunState& run);
  void check_times(const Page& page, const RunState& run, Batch& batch) const;
  Result<Judged> judge(const std::vector<Value>& records, RunState& run, Batch& batch);
  Result<Done> judge_one(Value record, RunState& run, Batch& batch, Judged& judged);
  Result<std::string> version_of(const Value& record, std::optional<std::int64_t> changed) const;
  Result<std::optional<std::int64_t>> mark_of(const Value& record) const;
  Result<std::vector<ReadRecord>> complete(const std::vector<ListedRecord>& listed);
  Result<Done> upsert(ReadRecord record, const ListedRecord& listed, RunState& run, Batch& batch);
  Result<Done> retry_one(const std::string& key, const Value& listed, RunState& run, Batch& batch);
  void shrink(PagePosition& page) const;
  Result<Done> set_aside(const ListedRecord& listed, const std::string& why, Batch& batch);
  void report(const std::string& key, const std::string& why, Batch& batch) const;
  Result<Step> react(const Decision& decision, RunState& run, Position& position);
  Result<Step> advance(OpenPage& read, RunState& run, Position& position);
  Result<Step> advance_token(const Page& page, RunState& run, Position& position) const;
  Result<std::optional<std::int64_t>> resume_mark(const Page& page) const;
  void move_mark(std::optional<std::int64_t> to, std::int64_t horizon, Position& position) const;
  [[nodiscard]] std::int64_t horizon() const;
  [[nodiscard]] Result<bool> roll_window(const Page& page, RunState& run) const;

  SourceView* source_;
  const StreamSpec* stream_;
  std::string part_;
  Selection selection_;
  DocumentMapper mapper_;
  RecordReader reader_;
  PassNotes notes_;
};

}  // namespace freshet::sources::http_api
