#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "sources/http_api/reading/source_view.h"
#include "sources/http_api/reading/state.h"
#include "sources/http_api/reading/stream_pass.h"
#include "sources/http_api/reading/tasks.h"

namespace freshet::sources::http_api {

/// What listings showed in the run under way: complete only where one process saw all of it.
struct Enumerations {
  std::map<std::string, std::set<std::string>, std::less<>> seen;  ///< Keys, by stream.
  std::set<std::string, std::less<>> broken;  ///< Streams of which something was not seen.
};

/// One fetch's share of a run over all streams of a source. A stream that fails is left for the
/// next run; the others go on.
class SourceRun {
 public:
  SourceRun(SourceView& source, State& state, Enumerations& enumerations,
            std::optional<OpenPage>& open_page)
      : source_(&source), state_(&state), enumerations_(&enumerations), open_page_(&open_page) {}

  /// Works until the request is filled, interruption is due or the run is over. An error is of the
  /// whole source: nothing of it could be read.
  Result<Batch> fetch(const FetchRequest& request);

 private:
  void open(FetchMode mode);
  Result<bool> perform(const Task& task, Batch& batch);
  StreamPass pass_over(const Task& task, Selection selection);
  Result<bool> list(const Task& task, Batch& batch);
  Result<Done> finish_list(const Task& task, Batch& batch);
  Result<Done> read_deleted_feed(const Task& task);
  Result<Done> sweep(const Task& task, Batch& batch);
  Result<bool> collect(const ListingSpec& listing, const Task& task, std::set<std::string>& keys);
  Result<std::set<std::string>> lacking(const Task& task, const std::set<std::string>& keys);
  void give_up(const Task& task, const Error& error);
  Result<Done> close(Batch& batch);
  std::size_t next_task(const std::vector<Task>& tasks);
  void leave_failed_streams(std::size_t& next, const std::vector<Task>& tasks) const;
  [[nodiscard]] RunState& run() { return *state_->run; }
  StreamState& stream_state(const Task& task) { return state_->streams[task.stream->name]; }

  SourceView* source_;
  State* state_;
  Enumerations* enumerations_;
  std::optional<OpenPage>* open_page_;
};

}  // namespace freshet::sources::http_api
