#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace freshet::simulation {

using Id = std::int64_t;

enum class Kind { Article, Page, Ticket, Topic, Issue };

/// Who may read a document.
enum class Access {
  Public,
  SignedIn,
  Group,         ///< Members of `Document::group` only.
  Participants,  ///< Those on the ticket, and staff. All tickets are so.
  Draft,         ///< Authors only; not published.
  Hidden,        ///< Not even the account that reads for us.
};

enum class State {
  Live,
  Trashed,  ///< Deleted, may come back.
  Gone,     ///< Deleted for good.
  Merged,   ///< Lives on as `Document::merged_into`.
};

/// Who may read a message, given that they may read its document.
enum class Audience { Everyone, Staff };

struct Message {
  Id id = 0;
  Id author = 0;
  Audience audience = Audience::Everyone;
  std::string text;    ///< Holds `marker`.
  std::string marker;  ///< PUB-n or INT-n, never used twice.
  Instant created{};
  Instant edited{};
};

struct Document {
  Id id = 0;
  Kind kind = Kind::Article;
  Access access = Access::Public;
  Id group = 0;
  Id parent = 0;     ///< Of a page: the page above it.
  Id container = 0;  ///< Project, space, repository, section.
  Id author = 0;
  State state = State::Live;
  Id merged_into = 0;
  bool solved = false;
  int revision = 0;    ///< Counts changes of any kind.
  int version = 0;     ///< Counts texts of the body.
  std::string marker;  ///< PUB-n of the body as it is now.
  Instant created{};
  Instant edited{};   ///< The body.
  Instant updated{};  ///< The body, a message or the state: what a vendor calls "updated".
  Instant touched{};  ///< Anything, also what moves no time that users see.
  Instant removed{};  ///< When it was trashed or erased.
  std::vector<Message> messages;

  [[nodiscard]] std::string title() const { return "Document " + std::to_string(id); }
  /// VER-<id>-<version>: stands in the body beside `marker`.
  [[nodiscard]] std::string version_marker() const {
    return "VER-" + std::to_string(id) + "-" + std::to_string(version);
  }
  [[nodiscard]] std::string text() const {
    return "How to live with document " + std::to_string(id) + ". " + version_marker() + " " +
           marker;
  }
};

/// A version of a document: the store and the index hold the same one, or different ones for a
/// while, which is why it is shared.
using DocumentVersion = std::shared_ptr<const Document>;

/// What a copy of a live document has to look like.
struct Truth {
  Id id = 0;
  Kind kind = Kind::Article;
  std::string version_marker;
  std::vector<std::string> public_markers;    ///< Of the body and of messages to everyone.
  std::vector<std::string> internal_markers;  ///< Of messages to staff.
  Access access = Access::Public;             ///< The strictest of its own and its ancestors'.
  std::set<Id> groups;                        ///< A reader must be in each of them.
  bool solved = false;
};

struct Account {
  Id id;
  std::string_view name;
  bool staff;
};
const std::vector<Account>& accounts();
const Account& account(Id id);

struct Group {
  Id id;
  std::string_view name;
};
const std::vector<Group>& groups();

}  // namespace freshet::simulation
