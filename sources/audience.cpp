#include "sources/audience.h"

#include <algorithm>

namespace freshet::sources {
namespace {

bool lists_groups(const Audience& audience) {
  return (audience.level == Level::Segment || audience.level == Level::Restricted) &&
         !audience.principals.empty();
}

bool lists(const std::vector<std::string>& principals, std::string_view principal) {
  return std::find(principals.begin(), principals.end(), principal) != principals.end();
}

Level effective_level(const Audience& audience) {
  const bool groups = audience.level == Level::Segment || audience.level == Level::Restricted;
  return groups && audience.principals.empty() ? Level::Internal : audience.level;
}

}  // namespace

std::vector<std::string> principals_of(const Audience& audience,
                                       const std::vector<std::string>& source_principals) {
  switch (effective_level(audience)) {
    case Level::Public:
      return source_principals;
    case Level::SignedIn:
      return {std::string(kSignedInPrincipal)};
    case Level::Segment:
    case Level::Restricted:
      return audience.principals;
    case Level::Internal:
      return {std::string(kInternalPrincipal)};
    case Level::Private:
      return {};
  }
  return {};
}

bool covers(const Audience& readers, const Audience& audience) {
  switch (effective_level(audience)) {
    case Level::Public:
      return true;
    case Level::SignedIn:
      return readers.level != Level::Public && !lists(readers.principals, "public");
    case Level::Segment:
    case Level::Restricted: {
      const auto readers_of = principals_of(readers, {});
      return (lists_groups(readers) || effective_level(readers) == Level::Internal) &&
             std::all_of(readers_of.begin(), readers_of.end(), [&](const std::string& reader) {
               return lists(audience.principals, reader);
             });
    }
    case Level::Internal: {
      const auto readers_of = principals_of(readers, {});
      return effective_level(readers) == Level::Internal ||
             (lists_groups(readers) &&
              std::all_of(readers_of.begin(), readers_of.end(),
                          [](const std::string& reader) { return reader == kInternalPrincipal; }));
    }
    case Level::Private:
      return false;
  }
  return false;
}

}  // namespace freshet::sources
