#include "sources/http_api/reading/presence.h"

namespace freshet::sources::http_api {

namespace {

Result<Presence> answer_of(SourceView& source, const ProbeSpec& probe, const std::string& key) {
  Scope scope = source.scope;
  const Value record = Value::object({{"id", Value::text(key)}, {"key", Value::text(key)}});
  scope.roots["rec"] = record;
  Variables asked_for;
  asked_for.parent = record;
  asked_for.config = source.variables.config;
  const ListingSpec& listing = probe.listing;
  FRESHET_TRY(const Page page,
              source.listings.page(listing, scope, first_page(listing.pages), source.interruption));
  const Reaction reaction = page.answer.decision.reaction;
  const int status = page.answer.response.status;
  if (reaction == Reaction::Accept) {
    FRESHET_TRY(const Value gone, probe.gone ? probe.gone->first(page.answer.body, asked_for)
                                             : Result<Value>(Value()));
    return gone.truthy() ? Presence::Gone : Presence::There;
  }
  if (reaction == Reaction::Tombstone) return Presence::NotFound;
  const bool not_found = reaction == Reaction::Fail && (status == 404 || status == 410);
  return not_found ? Presence::NotFound : Presence::Unknown;
}

}  // namespace

Result<Presence> presence_of(SourceView& source, const StreamSpec& stream, const std::string& key) {
  if (!stream.probe) return Presence::Unknown;
  FRESHET_TRY(const Presence listed, answer_of(source, *stream.probe, key));
  if (listed != Presence::NotFound || !stream.archive) return listed;
  FRESHET_TRY(const Presence kept, answer_of(source, *stream.archive, key));
  return kept == Presence::There ? Presence::Archived : kept;
}

}  // namespace freshet::sources::http_api
