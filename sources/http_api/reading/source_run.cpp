#include "sources/http_api/reading/source_run.h"

#include <algorithm>
#include <utility>

#include "sources/comparison.h"
#include "sources/http_api/reading/absence.h"
#include "sources/http_api/reading/stream_pass.h"

namespace freshet::sources::http_api {
namespace {

bool is_full(const Batch& batch, const FetchRequest& request) {
  return batch.changes.size() >= request.max_documents || bytes_of(batch) >= request.max_bytes;
}

/// The error of a source of which no stream could be read: of the kind of the first.
Error nothing_read(const std::map<std::string, std::string>& failed, ErrorKind kind) {
  return {kind, failed.begin()->second};
}

bool reads_again(TaskKind kind) {
  return kind == TaskKind::Rescan || kind == TaskKind::Access;
}

}  // namespace

void SourceRun::open(FetchMode mode) {
  state_->run = RunState{};
  run().full = mode == FetchMode::Full;
  *enumerations_ = {};
}

Result<Batch> SourceRun::fetch(const FetchRequest& request) {
  if (!state_->run) {
    open(request.mode);
  } else if (enumerations_->seen.empty() && !(run().task.empty() && run().finished.empty())) {
    // Another process saw the beginning.
    for (const StreamSpec& stream : source_->manifest.streams)
      enumerations_->broken.insert(stream.name);
  }
  const Instant now = source_->listings.exchange().server_now();
  FRESHET_TRY(const auto tasks, due_tasks(*source_, *state_, now));
  std::size_t next = next_task(tasks);

  Batch batch;
  bool worked = false;
  for (; next < tasks.size(); leave_failed_streams(next, tasks)) {
    if (is_full(batch, request) || (request.interruption.due() && worked)) {
      batch.more = true;
      break;
    }
    if (request.interruption.due()) return interrupted();
    auto done = perform(tasks[next], batch);
    if (!done && done.error().kind == ErrorKind::Interrupted) {
      if (!worked) return std::move(done).error();
      batch.more = true;
      break;
    }
    if (!done) give_up(tasks[next], done.error());
    worked = true;
    if (!done || *done) {
      run().finished = tasks[next].name();
      ++next;
      run().task.clear();
    }
  }
  if (!batch.more) FRESHET_CHECK(close(batch));
  batch.next_cursor = state_->cursor();
  return batch;
}

/// The task under way, or the one behind the last that was finished.
std::size_t SourceRun::next_task(const std::vector<Task>& tasks) {
  const auto place_of = [&](const std::string& name) {
    const auto found = std::find_if(tasks.begin(), tasks.end(),
                                    [&](const Task& task) { return task.name() == name; });
    return static_cast<std::size_t>(found - tasks.begin());
  };
  const std::size_t under_way = place_of(run().task);
  if (under_way < tasks.size()) return under_way;
  run().task.clear();
  const std::size_t finished = place_of(run().finished);
  std::size_t next = finished < tasks.size() ? finished + 1 : 0;
  leave_failed_streams(next, tasks);
  return next;
}

void SourceRun::leave_failed_streams(std::size_t& next, const std::vector<Task>& tasks) const {
  while (next < tasks.size() && state_->run->failed.contains(tasks[next].stream->name)) ++next;
}

/// One page of a listing, or all of another task; less where the batch is full before. True when
/// the task is done.
Result<bool> SourceRun::perform(const Task& task, Batch& batch) {
  if (task.kind == TaskKind::Retry) {
    FRESHET_TRY(const auto step, pass_over(task, Selection::All).retry(run(), batch));
    return step == StreamPass::Step::Done;
  }
  if (task.kind == TaskKind::Feed || task.kind == TaskKind::Sweep) {
    FRESHET_CHECK(task.kind == TaskKind::Feed ? read_deleted_feed(task) : sweep(task, batch));
    return true;
  }
  return list(task, batch);
}

StreamPass SourceRun::pass_over(const Task& task, Selection selection) {
  StreamState& state = stream_state(task);
  return {
      *source_, *task.stream, task.part, selection,
      PassNotes{enumerations_->seen[task.stream->name], state.unread, state.missed, *open_page_}};
}

Result<bool> SourceRun::list(const Task& task, Batch& batch) {
  const StreamSpec& stream = *task.stream;
  const bool everything = run().full || reads_again(task.kind);
  StreamPass pass = pass_over(task, everything ? Selection::All : Selection::Changed);
  // A pass that reads again must not move the mark of the listing of changes back or forth.
  Position scratch;
  Position& position = reads_again(task.kind) ? scratch : stream_state(task).parts[task.part];
  if (run().task.empty()) {
    run().task = task.name();
    if (run().full && task.kind == TaskKind::List) {
      position = {};
      stream_state(task).unread.erase_part(task.part);
    }
    FRESHET_TRY(auto from, pass.lower_bound(position));
    if (task.kind == TaskKind::Rescan) {
      const auto recent = source_->listings.exchange().server_now() - stream.rescan->newer_than;
      from = std::max(from.value_or(0), recent.time_since_epoch().count());
    }
    pass.begin(run(), from);
  }
  FRESHET_TRY(const auto step, pass.page(run(), position, batch));
  if (step == StreamPass::Step::More) return false;
  FRESHET_CHECK(finish_list(task, batch));
  return true;
}

Result<Done> SourceRun::finish_list(const Task& task, Batch& batch) {
  const StreamSpec& stream = *task.stream;
  FRESHET_TRY(const auto parts, parts_of(*source_, stream));
  if (parts.empty() || parts.back() != task.part) return Done{};
  const Instant now = source_->listings.exchange().server_now();
  auto& passes = stream_state(task).passes;
  if (reads_again(task.kind)) passes[pass_name(task.kind)] = now;
  if (task.kind != TaskKind::List) return Done{};
  if (!passes.contains(pass_name(TaskKind::List))) {
    // What was read for the first time needs no second look before its time.
    for (const auto kind :
         {TaskKind::List, TaskKind::Rescan, TaskKind::Access, TaskKind::Feed, TaskKind::Sweep}) {
      passes[pass_name(kind)] = now;
    }
  }
  const bool whole =
      stream.cursor.type == CursorType::Full && !enumerations_->broken.contains(stream.name);
  if (!whole) return Done{};
  const double max_drop = stream.sweep ? stream.sweep->max_drop : SweepSpec().max_drop;
  FRESHET_TRY(Absences absences, judge_absences(*source_, stream, enumerations_->seen[stream.name],
                                                max_drop, stream_state(task), run()));
  if (!absences.doubt.empty()) batch.problems.push_back(std::move(absences.doubt));
  return Done{};
}

/// Keys of a whole listing. False when its end is in doubt.
Result<bool> SourceRun::collect(const ListingSpec& listing, const Task& task,
                                std::set<std::string>& keys) {
  constexpr std::size_t kMost = 50'000'000;
  const StreamSpec& stream = *task.stream;
  FRESHET_TRY(const auto parts, parts_of(*source_, stream));
  for (const std::string& part : parts) {
    Scope scope = source_->scope;
    scope.roots["part"] = Value::text(part);
    const auto seed =
        stream.cursor.seed ? stream.cursor.seed->render(scope) : Result<Value>(Value());
    scope.roots["cursor"] =
        Value::object({{"from", seed ? *seed : Value()},
                       {"to", Value::text(to_rfc3339(source_->listings.exchange().server_now()))}});
    FRESHET_TRY(auto all, source_->listings.all(listing, scope, kMost, source_->interruption));
    if (all.stopped) return error_of(*all.stopped);
    if (all.looped) return false;
    const auto& key = listing.key ? listing.key : stream.listing.key;
    for (const Value& record : all.records) {
      // In a feed of deleted records every record is one.
      const bool judged = task.kind == TaskKind::Sweep && stream.tombstone;
      const auto dead = judged ? stream.tombstone->first(record) : Result<Value>(Value());
      if (dead && dead->truthy()) continue;
      FRESHET_TRY(const Value id, key->first(record));
      keys.insert(id.scalar().value_or(""));
    }
  }
  return true;
}

Result<Done> SourceRun::read_deleted_feed(const Task& task) {
  const StreamSpec& stream = *task.stream;
  // Which of them exist again stood in listings that another process saw.
  if (enumerations_->broken.contains(stream.name)) return Done{};
  std::set<std::string> keys;
  FRESHET_TRY(const bool whole, collect(stream.deleted_feed->listing, task, keys));
  const auto& seen = enumerations_->seen[stream.name];
  for (const std::string& key : keys) {
    // What was listed in this very run exists again.
    if (!seen.contains(key))
      run().gone[document_id(stream, key)] = "the source lists it as deleted";
  }
  if (whole)
    stream_state(task).passes[pass_name(task.kind)] = source_->listings.exchange().server_now();
  return Done{};
}

Result<Done> SourceRun::sweep(const Task& task, Batch& batch) {
  const StreamSpec& stream = *task.stream;
  std::set<std::string> keys;
  FRESHET_TRY(const bool whole, collect(stream.sweep->listing, task, keys));
  if (!whole) {
    batch.problems.push_back(stream.name +
                             ": its listing led back to where it was, so nothing was deleted");
    return Done{};
  }
  StreamState& state = stream_state(task);
  state.unread.erase_absent(keys);
  FRESHET_TRY(Absences absences,
              judge_absences(*source_, stream, keys, stream.sweep->max_drop, state, run()));
  if (!absences.doubt.empty()) batch.problems.push_back(std::move(absences.doubt));
  FRESHET_TRY(const auto missed, lacking(task, keys));
  if (state.missed.note(missed)) state.parts.clear();
  // Something missing is looked for again on the next sync, not after a whole interval.
  if (!absences.look_again)
    state.passes[pass_name(task.kind)] = source_->listings.exchange().server_now();
  return Done{};
}

void SourceRun::give_up(const Task& task, const Error& error) {
  const std::string line = task.stream->name + ": " + error.message;
  run().failed.emplace(task.stream->name, line);
  if (error.kind == ErrorKind::Exhausted) {
    // A quota is the whole source's.
    for (const StreamSpec& stream : source_->manifest.streams)
      run().failed.emplace(stream.name, line);
  }
  run().first_failure = run().first_failure.value_or(error.kind);
  enumerations_->broken.insert(task.stream->name);
}

/// Of the keys of a complete listing, those of records that were never read nor given up.
Result<std::set<std::string>> SourceRun::lacking(const Task& task,
                                                 const std::set<std::string>& keys) {
  const auto& seen = enumerations_->seen[task.stream->name];
  const UnreadRecords& unread = stream_state(task).unread;
  std::set<std::string> lacking;
  for (const std::string& key : keys) {
    if (key.empty() || seen.contains(key) || unread.contains(key)) continue;
    FRESHET_TRY(const auto known, source_->known.version_of(document_id(*task.stream, key)));
    if (!known) lacking.insert(key);
  }
  return lacking;
}

/// The last batch: what is to be deleted, and what went wrong.
Result<Done> SourceRun::close(Batch& batch) {
  if (!run().failed.empty() && !run().moved) {
    return nothing_read(run().failed, run().first_failure.value_or(ErrorKind::Unavailable));
  }
  for (auto& [name, stream] : state_->streams) {
    for (const std::string& key : stream.unread.keys()) {
      if (run().gone.contains(document_id(name, key))) stream.unread.erase(key);
    }
  }
  for (const auto& [id, evidence] : run().gone) {
    FRESHET_TRY(const auto known, source_->known.version_of(id));
    const bool returned =
        std::any_of(batch.changes.begin(), batch.changes.end(),
                    [&, key = id](const Change& change) { return change.external_id == key; });
    if (!known || returned) continue;
    Change change;
    change.kind = ChangeKind::Delete;
    change.external_id = id;
    change.evidence = evidence;
    change.proven = true;  // Streams are judged one by one; see judge_absences().
    batch.changes.push_back(std::move(change));
  }
  std::set<std::string> lines;
  for (const auto& [stream, line] : run().failed) lines.insert(line);
  batch.problems.insert(batch.problems.end(), lines.begin(), lines.end());
  batch.complete = batch.problems.empty();
  state_->run.reset();
  return Done{};
}

}  // namespace freshet::sources::http_api
