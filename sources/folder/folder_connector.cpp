#include "sources/folder/folder_connector.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "sources/comparison.h"
#include "sources/folder/folder_pass.h"

namespace freshet::sources::folder {
namespace {

// Coarser than any file system's time stamps (FAT has 2 s).
constexpr std::int64_t kRacyWindow = 2'000'000'000;

class FolderConnector final : public Connector {
 public:
  FolderConnector(FolderSource source, std::unique_ptr<Clock> owned, const Clock& clock)
      : source_(std::move(source)), owned_clock_(std::move(owned)), clock_(clock) {}

  Result<Batch> fetch(const FetchRequest& request) override {
    if (request.interruption.due()) return interrupted();
    if (!continuation_ || continuation_->text != request.cursor || starts_over(request)) {
      continuation_.reset();
      FolderCursor cursor = begin(request);
      FRESHET_TRY(auto plan, plan_pass(source_, cursor, request));
      continuation_ = Continuation{std::string(request.cursor), std::move(cursor), std::move(plan)};
    }
    auto batch = next(request);
    if (!batch || !batch->more) {
      continuation_.reset();
    } else {
      continuation_->text = batch->next_cursor;
    }
    return batch;
  }

 private:
  /// A pass held in memory only saves planning it again: it is dropped unless the caller goes on
  /// exactly where it stopped.
  struct Continuation {
    std::string text;
    FolderCursor cursor;
    FolderPlan plan;
  };

  static bool starts_over(const FetchRequest& request) {
    const auto cursor = parse_folder_cursor(request.cursor);
    return request.mode == FetchMode::Full && !(cursor.pass && cursor.pass->full);
  }

  FolderCursor begin(const FetchRequest& request) const {
    auto cursor = parse_folder_cursor(request.cursor);
    if (!cursor.pass || starts_over(request)) {
      const auto now = clock_.now().time_since_epoch();
      cursor.pass = FolderPass{std::chrono::duration_cast<std::chrono::nanoseconds>(now).count(),
                               request.mode == FetchMode::Full,
                               {}};
    }
    return cursor;
  }

  Result<Batch> next(const FetchRequest& request) {
    auto& [text, cursor, plan] = *continuation_;
    auto step = read_documents(
        plan.reads, cursor.pass->position, request, source_.form,
        [this](const PlannedRead& planned) { return read_document(source_, planned); });
    if (!step.finished && step.batch.changes.empty()) return interrupted();
    cursor.pass->position = std::move(step.position);
    if (step.finished) return close(std::move(step.batch), request);
    step.batch.more = true;
    step.batch.next_cursor = format_folder_cursor(cursor);
    return std::move(step.batch);
  }

  Batch close(Batch batch, const FetchRequest& request) {
    auto& [text, cursor, plan] = *continuation_;
    batch.complete = plan.problems.empty() && !cursor.pass->position.withhold;
    std::move(plan.problems.begin(), plan.problems.end(), std::back_inserter(batch.problems));
    for (const auto& [reason, count] : plan.skipped) batch.skipped[reason] += count;
    if (batch.complete) {
      std::move(plan.deletes.begin(), plan.deletes.end(), std::back_inserter(batch.changes));
    }
    const auto settled = cursor.pass->began - kRacyWindow;
    const bool was_at_rest = !request.cursor.empty() && !parse_folder_cursor(request.cursor).pass;
    if (was_at_rest && !(learned_something(batch) && would_settle_more(settled))) {
      batch.next_cursor =
          request.cursor;  // Nothing to remember, so nothing for the ledger to write.
      return batch;
    }
    cursor.settled = settled;
    cursor.pass.reset();
    batch.next_cursor = format_folder_cursor(cursor);
    return batch;
  }

  static bool learned_something(const Batch& batch) {
    return std::any_of(batch.changes.begin(), batch.changes.end(),
                       [](const Change& change) { return change.kind != ChangeKind::Unknown; });
  }

  /// Whether a later `settled` would spare reading a file next time. Without this question a
  /// document that the ledger will not take (it was forgotten there) would move the cursor in every
  /// sync.
  [[nodiscard]] bool would_settle_more(std::int64_t settled) const {
    const auto& [text, cursor, plan] = *continuation_;
    const auto before = cursor.settled;
    return std::any_of(plan.times.begin(), plan.times.end(),
                       [=](std::int64_t time) { return time > before && time <= settled; });
  }

  FolderSource source_;
  std::unique_ptr<Clock> owned_clock_;
  const Clock& clock_;
  std::optional<Continuation> continuation_;
};

Result<std::unique_ptr<Connector>> create(const config::SourceSettings& settings,
                                          std::unique_ptr<Clock> owned, const Clock& clock) {
  const auto* folder = std::get_if<config::FolderSettings>(&settings.kind);
  if (folder == nullptr) {
    return Error{ErrorKind::Invalid, "source " + settings.name + " has no folder settings"};
  }
  auto form = DocumentForm::create(settings);
  if (!form) return while_doing("set up source " + settings.name, std::move(form).error());
  const auto symlinks = folder->follow_symlinks ? Symlinks::Follow : Symlinks::Skip;
  FolderSource source{folder->path, symlinks, *std::move(form)};
  return std::unique_ptr<Connector>(
      std::make_unique<FolderConnector>(std::move(source), std::move(owned), clock));
}

}  // namespace

Result<std::unique_ptr<Connector>> create_folder(const config::SourceSettings& settings) {
  auto clock = std::make_unique<SystemClock>();
  const Clock& borrowed = *clock;
  return create(settings, std::move(clock), borrowed);
}

Result<std::unique_ptr<Connector>> create_folder(const config::SourceSettings& settings,
                                                 const Clock& clock) {
  return create(settings, nullptr, clock);
}

}  // namespace freshet::sources::folder
