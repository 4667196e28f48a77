#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "sources/audience.h"

namespace freshet::sources {

/// A document of this type holds a conversation: `write_thread`'s JSON.
inline constexpr std::string_view kThreadMediaType = "application/vnd.freshet.thread+json";

enum class Side { Customer, Agent, Bot, Unknown };

struct Attachment {
  std::string id;
  std::string name;
  std::string media_type;
  std::uint64_t bytes = 0;
  std::string url;
  std::string text{};  ///< UTF-8: what is in it, where it was read; empty where it is only listed.
  bool operator==(const Attachment&) const = default;
};

struct Message {
  std::string id;
  Instant created_at;
  std::optional<Instant> edited_at;
  std::string author;
  Side side = Side::Unknown;
  Audience audience;
  std::string media_type;  ///< Of the body; empty means plain text.
  std::string body;        ///< UTF-8.
  std::vector<Attachment> attachments;
  bool marked = false;  ///< Accepted, or rated as helpful, by the people themselves.
  bool operator==(const Message&) const = default;
};

/// A ticket or a forum thread, as a connector hands it over. Levels such as "as the ticket" are
/// already resolved: every message carries its own audience.
struct Thread {
  std::string kind;     ///< "ticket", "thread", or "resolution" for what was made of one.
  std::string title;    ///< Seen by whoever sees any of its messages.
  std::string state;    ///< "open", "waiting", "solved", "closed".
  std::string outcome;  ///< "answered", "duplicate", "declined" ...; empty: the source has none.
  std::optional<Instant> solved_at;
  std::optional<Message> opening;  ///< The description, where it is no message of its own.
  std::vector<Message> messages;
  /// Texts beside the conversation, by their id: "close_notes", "duplicate_of" (an address).
  std::vector<Message> fields;
  bool resolved = false;          ///< The source's own rule says that it was solved.
  std::vector<std::string> pick;  ///< Where the solution stands: rules, tried in order.
  Audience audience;              ///< Who takes part in the whole.
  bool operator==(const Thread&) const = default;
};

/// The rules that `Thread::pick` may name, beside `field:NAME` for one of `Thread::fields`; what
/// each finds stands in pipeline/resolutions/resolution.h.
inline constexpr std::array<std::string_view, 8> kPickRules{"marked_message",
                                                            "flagged",
                                                            "note_marked",
                                                            "last_public_agent_before_close",
                                                            "last_public_agent_message",
                                                            "last_public_agent",
                                                            "last_agent_message",
                                                            "none"};

/// The word for it in `write_thread`'s JSON.
std::string_view name_of(Side side);
std::string_view name_of(Level level);

/// The same thread gives the same bytes. Times are kept to the second; malformed UTF-8 becomes
/// U+FFFD.
std::string write_thread(const Thread& thread);

/// Invalid, naming the member, for anything write_thread would not write: other types, words or
/// members. An audience that is missing is Internal.
Result<Thread> parse_thread(std::string_view text);

}  // namespace freshet::sources
