#include "sources/http_api/reading/absence.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "sources/http_api/reading/presence.h"

namespace freshet::sources::http_api {
namespace {

constexpr std::size_t kPage = 1000;
constexpr std::size_t kFew = 2;       ///< So many may be missing from however small a stream.
constexpr std::size_t kProbed = 200;  ///< Absent records asked for by id in one run.
constexpr std::size_t kMostArchived = 100'000;

/// So long is what was found in an archive believed to be there.
constexpr std::chrono::microseconds kArchived = std::chrono::hours(24 * 30);

/// So long must listings lack a record that can still be asked for by its id.
constexpr std::chrono::microseconds kLongEnough = std::chrono::hours(24 * 7);

struct Absent {
  std::string key;
  std::string version;  ///< The known one.
};

struct Known {
  std::size_t count = 0;
  std::vector<Absent> absent;
};

/// Passes over what is known to be in the source's archive.
Result<Known> compare(const SourceView& source, const StreamSpec& stream,
                      const std::set<std::string>& seen, const StreamState& state) {
  const std::string prefix = document_id(stream, "");
  Known known;
  for (std::string after = prefix;;) {
    FRESHET_TRY(const auto page, source.known.after(after, kPage));
    for (const KnownDocument& document : page) {
      if (!document.external_id.starts_with(prefix)) return known;
      std::string key = document.external_id.substr(prefix.size());
      if (state.archived.contains(key)) continue;
      ++known.count;
      if (!seen.contains(key)) known.absent.push_back({std::move(key), document.version});
    }
    if (page.empty()) return known;
    after = page.back().external_id;
  }
}

/// What is listed again is archived no longer, and the others are asked for again after a while.
void forget_old_archived(const std::set<std::string>& seen, Instant now, StreamState& state) {
  std::erase_if(state.archived, [&](const auto& one) {
    return seen.contains(one.first) || now - one.second >= kArchived;
  });
}

/// Those behind the last one that was asked for by its id come first.
void rotate_to_unasked(std::vector<Absent>& absent, const std::string& asked_to) {
  const auto next = std::find_if(absent.begin(), absent.end(),
                                 [&](const Absent& one) { return one.key > asked_to; });
  std::rotate(absent.begin(), next, absent.end());
}

/// "Not found" proves something only where a record that is there is found by the same question.
Result<bool> finds_what_is_there(SourceView& source, const StreamSpec& stream,
                                 const std::set<std::string>& seen) {
  if (!stream.probe || seen.empty()) return false;
  FRESHET_TRY(const Presence witness, presence_of(source, stream, *seen.begin()));
  return witness == Presence::There;
}

std::string too_much(const StreamSpec& stream, const Known& known) {
  return stream.name + ": " + std::to_string(known.absent.size()) + " of " +
         std::to_string(known.count) +
         " documents are missing from its listing; nothing was deleted. If they are really gone, "
         "raise max_drop of its "
         "sweep; else check what this source's account may see";
}

/// Judges absent records one by one.
class Judge {
 public:
  Judge(SourceView& source, const StreamSpec& stream, bool few, bool witnessed, StreamState& state)
      : source_(&source),
        stream_(&stream),
        few_(few),
        witnessed_(witnessed),
        state_(&state),
        now_(source.listings.exchange().server_now()) {}

  /// Why the record is gone; empty where it is not known to be. What is left open is noted in
  /// `missing`.
  Result<std::string> evidence(const Absent& absent) {
    const auto before = state_->missing.find(absent.key);
    const bool again = before != state_->missing.end();
    const Instant since = again ? before->second : now_;
    if (stream_->probe && asked_ == kProbed) {
      missing_.emplace(absent.key, since);  // Nothing is deleted unasked.
      open_ = true;
      return std::string();
    }
    FRESHET_TRY(const Presence presence, presence_of(*source_, *stream_, absent.key));
    ++asked_;
    state_->asked_to = absent.key;
    if (presence == Presence::Gone || (presence == Presence::NotFound && witnessed_)) {
      return std::string("the source says that it does not exist");
    }
    if (presence == Presence::Archived) {
      if (state_->archived.size() < kMostArchived) state_->archived[absent.key] = now_;
      return std::string();
    }
    // Never seen under the manifest and configuration of now: it is outside of what they select.
    const bool other_scope = !absent.version.starts_with(source_->scope_hash.substr(0, 8));
    const bool long_enough = presence != Presence::There || now_ - since >= kLongEnough;
    if (again && (other_scope || (few_ && long_enough))) {
      return std::string("absent from complete listings");
    }
    missing_.emplace(absent.key, since);
    open_ = open_ || presence != Presence::There || other_scope;
    return std::string();
  }

  [[nodiscard]] std::map<std::string, Instant> missing() && { return std::move(missing_); }
  /// Something is worth another look on the next sync.
  [[nodiscard]] bool open() const { return open_; }

 private:
  SourceView* source_;
  const StreamSpec* stream_;
  bool few_;
  bool witnessed_;
  StreamState* state_;
  Instant now_;
  std::size_t asked_ = 0;
  bool open_ = false;
  std::map<std::string, Instant> missing_;
};

}  // namespace

Result<Absences> judge_absences(SourceView& source, const StreamSpec& stream,
                                const std::set<std::string>& seen, double max_drop,
                                StreamState& state, RunState& run) {
  forget_old_archived(seen, source.listings.exchange().server_now(), state);
  FRESHET_TRY(Known known, compare(source, stream, seen, state));
  rotate_to_unasked(known.absent, state.asked_to);
  const auto most =
      std::max(kFew, static_cast<std::size_t>(max_drop * static_cast<double>(known.count)));
  const bool few = known.absent.size() <= most && (!seen.empty() || known.count <= 1);
  FRESHET_TRY(const bool witnessed, known.absent.empty()
                                        ? Result<bool>(false)
                                        : finds_what_is_there(source, stream, seen));
  Judge judge(source, stream, few, witnessed, state);
  for (const Absent& absent : known.absent) {
    const std::string id = document_id(stream, absent.key);
    if (run.gone.contains(id)) continue;
    FRESHET_TRY(std::string evidence, judge.evidence(absent));
    if (!evidence.empty()) run.gone[id] = std::move(evidence);
  }
  Absences absences;
  absences.look_again = judge.open();
  state.missing = std::move(judge).missing();
  if (!few && !state.missing.empty()) absences.doubt = too_much(stream, known);
  return absences;
}

}  // namespace freshet::sources::http_api
