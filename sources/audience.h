#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace freshet::sources {

/// Who may see a text, widest first.
enum class Level {
  Public,      ///< Everybody whom the source's settings let in.
  SignedIn,    ///< Whoever has an account.
  Segment,     ///< The listed groups of customers.
  Restricted,  ///< The listed principals.
  Internal,    ///< Staff.
  Private,     ///< Nobody here: shown in no search.
};

/// The default is what is assumed wherever a source does not say (promise 7).
struct Audience {
  Level level = Level::Internal;
  std::vector<std::string> principals;  ///< Segment and Restricted only.
  bool operator==(const Audience&) const = default;
};

inline constexpr std::string_view kInternalPrincipal = "internal";
inline constexpr std::string_view kSignedInPrincipal = "signed_in";

/// Public: the source's configured principals. Segment and Restricted without a principal are
/// Internal. Private: none, which hides.
std::vector<std::string> principals_of(const Audience& audience,
                                       const std::vector<std::string>& source_principals);

/// Whether everybody among `readers` may see a text meant for `audience`. False on any doubt: a
/// text for other groups than the readers' is not covered, and a private one never is.
bool covers(const Audience& readers, const Audience& audience);

}  // namespace freshet::sources
