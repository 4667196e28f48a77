#include "sources/thread.h"

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/json.h"
#include "base/json_text.h"

namespace freshet::sources {
namespace {

using std::string;
using std::string_view;

constexpr int kFormat = 1;
constexpr std::array<string_view, 4> kSides{"customer", "agent", "bot", "unknown"};
constexpr std::array<string_view, 6> kLevels{"public",     "signed_in", "segment",
                                             "restricted", "internal",  "private"};

// --- writing

/// Writes one object, member by member; what is empty is left out.
class ObjectWriter {
 public:
  explicit ObjectWriter(string& out) : out_(&out) {}

  string& member(string_view name) {
    *out_ += separator_;
    separator_ = ',';
    append_json_text(*out_, name);
    *out_ += ':';
    return *out_;
  }
  void text(string_view name, string_view text) { append_json_text(member(name), text); }
  void text_if_any(string_view name, string_view any) {
    if (!any.empty()) text(name, any);
  }
  void time(string_view name, const std::optional<Instant>& instant) {
    if (instant) text(name, to_rfc3339(*instant));
  }
  void flag_if_set(string_view name, bool set) {
    if (set) member(name) += "true";
  }
  /// `write` appends one item.
  template <typename Items, typename Write>
  void list(string_view name, const Items& items, Write write) {
    string& out = member(name);
    char separator = '[';
    for (const auto& item : items) {
      out += separator;
      separator = ',';
      write(out, item);
    }
    out += separator == '[' ? "[]" : "]";
  }
  template <typename Items, typename Write>
  void list_if_any(string_view name, const Items& items, Write write) {
    if (!items.empty()) list(name, items, write);
  }
  void end() { *out_ += separator_ == '{' ? "{}" : "}"; }

 private:
  string* out_;
  char separator_ = '{';
};

void write(string& out, const Audience& audience) {
  ObjectWriter object(out);
  object.text("level", name_of(audience.level));
  object.list_if_any("principals", audience.principals, append_json_text);
  object.end();
}

void write(string& out, const Attachment& attachment) {
  ObjectWriter object(out);
  object.text_if_any("id", attachment.id);
  object.text_if_any("name", attachment.name);
  object.text_if_any("media_type", attachment.media_type);
  object.member("bytes") += std::to_string(attachment.bytes);
  object.text_if_any("url", attachment.url);
  object.text_if_any("text", attachment.text);
  object.end();
}

void write(string& out, const Message& message) {
  ObjectWriter object(out);
  object.text("id", message.id);
  object.time("created_at", message.created_at);
  object.time("edited_at", message.edited_at);
  object.text_if_any("author", message.author);
  object.text("side", name_of(message.side));
  write(object.member("audience"), message.audience);
  object.text_if_any("media_type", message.media_type);
  object.text("body", message.body);
  object.list_if_any("attachments", message.attachments,
                     [](string& to, const Attachment& file) { write(to, file); });
  object.flag_if_set("marked", message.marked);
  object.end();
}

void write_message(string& out, const Message& message) {
  write(out, message);
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
  constexpr std::size_t kAround = 256;  // What stands about a body.
  std::size_t size = kAround;
  for (const Message& message : thread.messages) size += message.body.size() + kAround;
  string out;
  out.reserve(size);
  ObjectWriter object(out);
  object.member("thread") += std::to_string(kFormat);
  object.text_if_any("kind", thread.kind);
  object.text_if_any("title", thread.title);
  object.text_if_any("state", thread.state);
  object.text_if_any("outcome", thread.outcome);
  object.time("solved_at", thread.solved_at);
  object.flag_if_set("resolved", thread.resolved);
  object.list_if_any("pick", thread.pick, append_json_text);
  write(object.member("audience"), thread.audience);
  if (thread.opening) write(object.member("opening"), *thread.opening);
  object.list("messages", thread.messages, write_message);
  object.list_if_any("fields", thread.fields, write_message);
  object.end();
  return out;
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
