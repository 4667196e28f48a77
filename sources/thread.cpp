#include "sources/thread.h"

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/json.h"

namespace freshet::sources {
namespace {

using std::string;
using std::string_view;

constexpr int kFormat = 1;
constexpr std::array<string_view, 4> kSides{"customer", "agent", "bot", "unknown"};
constexpr std::array<string_view, 6> kLevels{"public",     "signed_in", "segment",
                                             "restricted", "internal",  "private"};

// --- writing

void put(Json& object, const char* name, const string& text) {
  if (!text.empty()) object[name] = text;
}

void put(Json& object, const char* name, const std::optional<Instant>& instant) {
  if (instant) object[name] = to_rfc3339(*instant);
}

Json json_of(const Audience& audience) {
  Json object{{"level", name_of(audience.level)}};
  if (!audience.principals.empty()) object["principals"] = audience.principals;
  return object;
}

Json json_of(const Attachment& attachment) {
  Json object = Json::object();
  put(object, "id", attachment.id);
  put(object, "name", attachment.name);
  put(object, "media_type", attachment.media_type);
  object["bytes"] = attachment.bytes;
  put(object, "url", attachment.url);
  put(object, "text", attachment.text);
  return object;
}

Json json_of(const Message& message) {
  Json object{{"id", message.id}, {"created_at", to_rfc3339(message.created_at)}};
  put(object, "edited_at", message.edited_at);
  put(object, "author", message.author);
  object["side"] = name_of(message.side);
  object["audience"] = json_of(message.audience);
  put(object, "media_type", message.media_type);
  object["body"] = message.body;
  for (const Attachment& attachment : message.attachments)
    object["attachments"].push_back(json_of(attachment));
  if (message.marked) object["marked"] = true;
  return object;
}

// --- reading

/// Takes one object apart; the first thing that does not fit is kept as the problem.
class Reader {
 public:
  Thread thread(const Json& object);
  [[nodiscard]] const string& problem() const { return problem_; }

 private:
  void complain(string_view where, string_view what) {
    if (problem_.empty()) problem_ = "\"" + string(where) + "\" " + string(what);
  }
  bool is_object(const Json& value, string_view where, std::initializer_list<string_view> names) {
    if (!value.is_object()) {
      complain(where, "is no object");
      return false;
    }
    for (const auto& [name, member] : value.items()) {
      if (std::find(names.begin(), names.end(), name) == names.end())
        complain(name.substr(0, 60), "is no member of " + string(where));
    }
    return true;
  }
  string text(const Json& object, string_view name) {
    const Json* member = json_member(object, name);
    if (member == nullptr) return {};
    if (!member->is_string()) complain(name, "is no text");
    return json_string(object, name).value_or(string());
  }
  bool flag(const Json& object, string_view name) {
    const Json* member = json_member(object, name);
    if (member != nullptr && !member->is_boolean()) complain(name, "is neither true nor false");
    return json_boolean(object, name).value_or(false);
  }
  std::optional<Instant> instant(const Json& object, string_view name) {
    if (json_member(object, name) == nullptr) return std::nullopt;
    auto parsed = parse_rfc3339(text(object, name));
    if (parsed) return *parsed;
    complain(name, "is no RFC 3339 time");
    return std::nullopt;
  }
  template <typename Enum, std::size_t Count>
  Enum word(const Json& object, string_view name, const std::array<string_view, Count>& words,
            Enum otherwise) {
    if (json_member(object, name) == nullptr) return otherwise;
    const auto found = std::find(words.begin(), words.end(), text(object, name));
    if (found != words.end()) return static_cast<Enum>(found - words.begin());
    complain(name, "is none of the words it may be");
    return otherwise;
  }
  /// Calls `add` for each item of a list.
  template <typename Add>
  void list(const Json& object, string_view name, Add add) {
    const Json* member = json_member(object, name);
    if (member == nullptr) return;
    if (!member->is_array()) return complain(name, "is no list");
    for (const Json& item : *member) add(item);
  }
  std::vector<string> texts(const Json& object, string_view name) {
    std::vector<string> found;
    list(object, name, [&](const Json& item) {
      if (!item.is_string()) return complain(name, "holds something else than texts");
      found.push_back(item.get<string>());
    });
    return found;
  }
  Audience audience(const Json& object);
  Attachment attachment(const Json& object);
  Message message(const Json& object);
  std::vector<Message> messages(const Json& object, string_view name) {
    std::vector<Message> found;
    list(object, name, [&](const Json& item) { found.push_back(message(item)); });
    return found;
  }

  string problem_;
};

Audience Reader::audience(const Json& object) {
  const Json* member = json_member(object, "audience");
  if (member == nullptr || !is_object(*member, "audience", {"level", "principals"})) return {};
  return {word(*member, "level", kLevels, Level::Internal), texts(*member, "principals")};
}

Attachment Reader::attachment(const Json& object) {
  if (!is_object(object, "attachments", {"id", "name", "media_type", "bytes", "url", "text"}))
    return {};
  const Json* bytes = json_member(object, "bytes");
  const auto count = json_integer(object, "bytes").value_or(bytes == nullptr ? 0 : -1);
  if (count < 0) complain("bytes", "is no number of bytes");
  return {text(object, "id"),         text(object, "name"),
          text(object, "media_type"), static_cast<std::uint64_t>(std::max<std::int64_t>(0, count)),
          text(object, "url"),        text(object, "text")};
}

Message Reader::message(const Json& object) {
  Message message;
  if (!is_object(object, "messages",
                 {"id", "created_at", "edited_at", "author", "side", "audience", "media_type",
                  "body", "attachments", "marked"}))
    return message;
  message.id = text(object, "id");
  message.created_at = instant(object, "created_at").value_or(Instant());
  message.edited_at = instant(object, "edited_at");
  message.author = text(object, "author");
  message.side = word(object, "side", kSides, Side::Unknown);
  message.audience = audience(object);
  message.media_type = text(object, "media_type");
  message.body = text(object, "body");
  list(object, "attachments",
       [&](const Json& item) { message.attachments.push_back(attachment(item)); });
  message.marked = flag(object, "marked");
  return message;
}

Thread Reader::thread(const Json& object) {
  Thread thread;
  if (!is_object(object, "thread",
                 {"thread", "kind", "title", "state", "outcome", "solved_at", "resolved", "pick",
                  "audience", "opening", "messages", "fields"}))
    return thread;
  if (json_integer(object, "thread") != kFormat)
    complain("thread", "is no version of this format that is known here");
  thread.kind = text(object, "kind");
  thread.title = text(object, "title");
  thread.state = text(object, "state");
  thread.outcome = text(object, "outcome");
  thread.solved_at = instant(object, "solved_at");
  thread.resolved = flag(object, "resolved");
  thread.pick = texts(object, "pick");
  thread.audience = audience(object);
  if (const Json* opening = json_member(object, "opening")) thread.opening = message(*opening);
  thread.messages = messages(object, "messages");
  thread.fields = messages(object, "fields");
  return thread;
}

}  // namespace

string_view name_of(Side side) {
  return kSides.at(static_cast<std::size_t>(side));
}

string_view name_of(Level level) {
  return kLevels.at(static_cast<std::size_t>(level));
}

string write_thread(const Thread& thread) {
  Json object{{"thread", kFormat}};
  put(object, "kind", thread.kind);
  put(object, "title", thread.title);
  put(object, "state", thread.state);
  put(object, "outcome", thread.outcome);
  put(object, "solved_at", thread.solved_at);
  if (thread.resolved) object["resolved"] = true;
  if (!thread.pick.empty()) object["pick"] = thread.pick;
  object["audience"] = json_of(thread.audience);
  if (thread.opening) object["opening"] = json_of(*thread.opening);
  object["messages"] = Json::array();
  for (const Message& message : thread.messages) object["messages"].push_back(json_of(message));
  for (const Message& field : thread.fields) object["fields"].push_back(json_of(field));
  return dump_json(object);
}

Result<Thread> parse_thread(string_view text) {
  auto json = parse_json(text);
  if (!json) return while_doing("read a thread", std::move(json).error());
  Reader reader;
  Thread thread = reader.thread(*json);
  if (reader.problem().empty()) return thread;
  return Error{ErrorKind::Invalid, "cannot read a thread: " + reader.problem()};
}

}  // namespace freshet::sources
