#include "sources/http_api/reading/absence.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace freshet::sources::http_api {
namespace {

constexpr std::size_t kPage = 1000;
constexpr std::size_t kFew = 2;       ///< So many may be missing from however small a stream.
constexpr std::size_t kProbed = 200;  ///< Absent records asked for by id in one run.

struct Known {
  std::size_t count = 0;
  std::vector<std::string> absent;  ///< Keys.
};

Result<Known> compare(const SourceView& source, const StreamSpec& stream,
                      const std::set<std::string>& seen) {
  const std::string prefix = document_id(stream, "");
  Known known;
  for (std::string after = prefix;;) {
    FRESHET_TRY(const auto page, source.known.after(after, kPage));
    for (const KnownDocument& document : page) {
      if (!document.external_id.starts_with(prefix)) return known;
      ++known.count;
      std::string key = document.external_id.substr(prefix.size());
      if (!seen.contains(key)) known.absent.push_back(std::move(key));
    }
    if (page.empty()) return known;
    after = page.back().external_id;
  }
}

/// What asking for a record by its id says.
enum class Presence {
  There,
  Gone,
  Unknown,  ///< It is not asked for, or the answer says neither: no permission, say.
};

Result<Presence> presence_of(SourceView& source, const StreamSpec& stream, const std::string& key) {
  if (!stream.probe) return Presence::Unknown;
  Scope scope = source.scope;
  scope.roots["rec"] = Value::object({{"id", Value::text(key)}, {"key", Value::text(key)}});
  const ListingSpec& listing = stream.probe->listing;
  FRESHET_TRY(const Page page,
              source.listings.page(listing, scope, first_page(listing.pages), source.interruption));
  const Reaction reaction = page.answer.decision.reaction;
  const int status = page.answer.response.status;
  if (reaction == Reaction::Accept) {
    FRESHET_TRY(const Value gone, stream.probe->gone ? stream.probe->gone->first(page.answer.body)
                                                     : Result<Value>(Value()));
    return gone.truthy() ? Presence::Gone : Presence::There;
  }
  const bool gone = reaction == Reaction::Tombstone ||
                    (reaction == Reaction::Fail && (status == 404 || status == 410));
  return gone ? Presence::Gone : Presence::Unknown;
}

/// Asking for absent records proves something only where a record that is there is found by the
/// same question.
Result<bool> can_ask(SourceView& source, const StreamSpec& stream,
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

}  // namespace

Result<std::string> judge_absences(SourceView& source, const StreamSpec& stream,
                                   const std::set<std::string>& seen, double max_drop,
                                   StreamState& state, RunState& run) {
  FRESHET_TRY(const Known known, compare(source, stream, seen));
  const auto most =
      std::max(kFew, static_cast<std::size_t>(max_drop * static_cast<double>(known.count)));
  const bool few = known.absent.size() <= most && (!seen.empty() || known.count <= 1);
  FRESHET_TRY(const bool asked,
              known.absent.empty() ? Result<bool>(false) : can_ask(source, stream, seen));
  std::set<std::string> still_missing;
  std::size_t probed = 0;
  for (const std::string& key : known.absent) {
    const std::string id = document_id(stream, key);
    if (run.gone.contains(id)) continue;
    const bool ask = asked && ++probed <= kProbed;
    FRESHET_TRY(const Presence presence,
                ask ? presence_of(source, stream, key) : Result<Presence>(Presence::Unknown));
    if (presence == Presence::There) continue;
    if (presence == Presence::Gone) {
      run.gone[id] = "the source says that it does not exist";
    } else if (few && state.missing.contains(key)) {
      run.gone[id] = "absent from two complete listings";
    } else {
      still_missing.insert(key);
    }
  }
  const bool doubted = !few && !still_missing.empty();
  if (!doubted) state.missing = std::move(still_missing);
  return doubted ? too_much(stream, known) : std::string();
}

}  // namespace freshet::sources::http_api
