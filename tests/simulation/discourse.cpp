#include "tests/simulation/discourse.h"

#include <algorithm>
#include <set>

namespace freshet::simulation {

namespace {

using http::Method;

constexpr std::size_t kFirstPosts = 20;
constexpr Id kOpenCategory = 1;
constexpr Id kMembersCategory = 2;        ///< Signed in only.
constexpr Id kFirstPost = 1'000'000'000;  ///< Plus the topic.
constexpr int kRegular = 1;
constexpr int kWhisper = 4;  ///< To staff.

Id category_of(const Document& topic) {
  if (topic.access == Access::Group) return topic.group;
  return topic.access == Access::SignedIn ? kMembersCategory : kOpenCategory;
}

/// Every fiftieth topic is pinned and leads the list whatever its age.
bool is_pinned(const Document& topic) {
  return topic.id % 50 == 0;
}

/// A new post moves a topic up, and so does editing the last one; editing an older one does not.
Instant bumped(const Document& topic) {
  Instant latest = topic.messages.empty() ? topic.edited : topic.created;
  for (const Message& message : topic.messages) {
    const bool is_last = &message == &topic.messages.back();
    if (message.audience == Audience::Everyone) {
      latest = std::max(latest, is_last ? message.edited : message.created);
    }
  }
  return latest;
}

http::Response refused(int status, std::string_view type) {
  return reply(status, object({{"errors", array({"The requested resource could not be shown."})},
                               {"error_type", type}}));
}

bool sees_everything(const Call& call) {
  return call.header("api-key").has_value();
}

bool may_read(const Call& call, const Document& topic) {
  return sees_everything(call) || topic.access == Access::Public;
}

Value post_row(const Document& topic, const Message& message, std::size_t number) {
  const bool whisper = message.audience == Audience::Staff;
  return object({{"id", message.id},
                 {"name", account(message.author).name},
                 {"username", "user" + std::to_string(message.author)},
                 {"created_at", with_milliseconds(message.created)},
                 {"cooked", html(message.text)},
                 {"post_number", number},
                 {"post_type", whisper ? kWhisper : kRegular},
                 {"updated_at", with_milliseconds(message.edited)},
                 {"topic_id", topic.id},
                 {"version", 1},
                 {"hidden", false},
                 {"deleted_at", nullptr},
                 {"user_deleted", false},
                 {"staff", account(message.author).staff},
                 {"accepted_answer", topic.solved && number == topic.messages.size() + 1}});
}

/// The first post is the topic's text.
std::vector<Message> posts_of(const Document& topic, bool staff) {
  std::vector<Message> posts;
  posts.push_back({.id = kFirstPost + topic.id,
                   .author = topic.author,
                   .audience = Audience::Everyone,
                   .text = topic.text(),
                   .marker = topic.marker,
                   .created = topic.created,
                   .edited = topic.edited});
  std::ranges::copy_if(topic.messages, std::back_inserter(posts), [&](const Message& message) {
    return staff || message.audience == Audience::Everyone;
  });
  return posts;
}

Value topic_row(const Document& topic) {
  const Instant posted = topic.messages.empty() ? topic.created : topic.messages.back().created;
  return object({{"id", topic.id},
                 {"title", topic.title()},
                 {"fancy_title", topic.title()},
                 {"slug", "document-" + std::to_string(topic.id)},
                 {"posts_count", topic.messages.size() + 1},
                 {"reply_count", 0},
                 {"highest_post_number", topic.messages.size() + 1},
                 {"created_at", with_milliseconds(topic.created)},
                 {"last_posted_at", with_milliseconds(posted)},
                 {"bumped", true},
                 {"bumped_at", with_milliseconds(bumped(topic))},
                 {"archetype", "regular"},
                 {"pinned", is_pinned(topic)},
                 {"pinned_globally", is_pinned(topic)},
                 {"visible", true},
                 {"closed", false},
                 {"archived", false},
                 {"category_id", category_of(topic)},
                 {"has_accepted_answer", topic.solved && !topic.messages.empty()},
                 {"tags", array({})}});
}

Value category_row(Id id, std::string_view name, bool restricted) {
  return object({{"id", id}, {"name", name}, {"slug", name}, {"read_restricted", restricted}});
}

}  // namespace

const Profile& DiscourseServer::profile() const {
  static const Profile kProfile{
      .name = "Discourse",
      .capabilities = {.kinds = {Kind::Topic},
                       .accesses = {Access::Public, Access::SignedIn, Access::Group},
                       .staff_messages = true,
                       .revision = Revision::Silent},
      .credential = "api-key",
      .anonymous = true,
      .rows = {"/topic_list/topics"},
      .parts = {"/posts"},
      .page_tokens = {},
      .ends = {{"/topic_list/more_topics_url", ""}},
      .expired_token_status = 400,
      .expired_token_body = "{}"};
  return kProfile;
}

http::Response DiscourseServer::answer(const Call& call) {
  if (call.matches(Method::Get, "/latest")) return latest(call);
  if (call.matches(Method::Get, "/t/*/posts")) return posts(call);
  if (call.matches(Method::Get, "/t/*")) return topic(call);
  if (call.matches(Method::Get, "/posts")) return newest_posts(call);
  if (call.matches(Method::Get, "/categories")) return categories(call);
  if (call.matches(Method::Get, "/site/settings"))
    return reply(object({{"login_required", false}}));
  return refused(404, "not_found");
}

http::Response DiscourseServer::latest(const Call& call) {
  auto rows = indexed(Kind::Topic, [&](const Document& topic) {
    return topic.state == State::Live && may_read(call, topic);
  });
  const bool by_creation = call.parameter("order") == "created";
  const bool ascending = call.parameter("ascending") == "true";
  std::ranges::stable_sort(rows, [&](const DocumentVersion& a, const DocumentVersion& b) {
    if (is_pinned(*a) != is_pinned(*b)) return is_pinned(*a);
    const Instant first = by_creation ? a->created : bumped(*a);
    const Instant second = by_creation ? b->created : bumped(*b);
    return ascending ? first < second : first > second;
  });
  const auto number = call.number("page", 0);
  if (!number || *number < 0) return refused(400, "invalid_parameters");
  const std::size_t size = page_rows(call.number("per_page", 30).value_or(30), 100);
  const std::size_t first = static_cast<std::size_t>(*number) * size;
  Value list = object(
      {{"can_create_topic", false},
       {"per_page", size},
       {"topics", listing(rows, first, size, [](const auto& row) { return topic_row(*row); })}});
  if (first + size < rows.size()) {
    list = extended(list, {{"more_topics_url",
                            "/latest?no_definitions=true&page=" + std::to_string(*number + 1)}});
  }
  return reply(object({{"users", array({})}, {"topic_list", list}}));
}

http::Response DiscourseServer::topic(const Call& call) {
  const Document* found = current(call.id(1), Kind::Topic);
  if (found == nullptr || found->state == State::Gone) return refused(404, "not_found");
  if (!may_read(call, *found)) return refused(403, "invalid_access");
  if (found->state == State::Trashed) return refused(410, "not_found");
  const auto posts = posts_of(*found, sees_everything(call));
  std::vector<Value> stream;
  for (const Message& post : posts) stream.emplace_back(post.id);
  std::vector<Value> first;
  for (std::size_t i = 0; i < std::min(posts.size(), page_rows(kFirstPosts, kFirstPosts)); ++i) {
    first.push_back(post_row(*found, posts[i], i + 1));
  }
  return reply(
      extended(topic_row(*found),
               {{"post_stream", object({{"posts", array(first)}, {"stream", array(stream)}})},
                {"deleted_at", nullptr},
                {"views", 3}}));
}

http::Response DiscourseServer::posts(const Call& call) {
  const Document* found = current(call.id(1), Kind::Topic);
  if (found == nullptr || found->state != State::Live) return refused(404, "not_found");
  if (!may_read(call, *found)) return refused(403, "invalid_access");
  std::set<std::string> wanted;
  for (const auto& [name, value] : call.query) {
    if (name == "post_ids[]") wanted.insert(value);
  }
  const auto posts = posts_of(*found, sees_everything(call));
  std::vector<Value> rows;
  for (std::size_t i = 0; i < posts.size(); ++i) {
    const bool asked =
        wanted.empty() ? i < kFirstPosts : wanted.contains(std::to_string(posts[i].id));
    if (asked) rows.push_back(post_row(*found, posts[i], i + 1));
  }
  return reply(object({{"post_stream", object({{"posts", array(rows)}})}, {"id", found->id}}));
}

/// The newest fifty posts below an id, over all topics.
http::Response DiscourseServer::newest_posts(const Call& call) {
  const auto before = call.number("before", std::numeric_limits<Id>::max());
  if (!before) return refused(400, "invalid_parameters");
  std::vector<std::pair<Message, DocumentVersion>> posts;
  for (const auto& [id, topic] : world().index()) {
    if (topic->kind != Kind::Topic || topic->state != State::Live) continue;
    if (!may_read(call, *topic)) continue;
    for (const Message& message : topic->messages) {
      const bool shown = sees_everything(call) || message.audience == Audience::Everyone;
      if (shown && message.id < *before) posts.emplace_back(message, topic);
    }
  }
  std::ranges::sort(posts, std::greater<>{}, [](const auto& post) { return post.first.id; });
  return reply(object({{"latest_posts", listing(posts, 0, 50, [](const auto& post) {
                          return post_row(*post.second, post.first, 0);
                        })}}));
}

http::Response DiscourseServer::categories(const Call& call) const {
  std::vector<Value> rows{category_row(kOpenCategory, "general", false)};
  if (sees_everything(call)) {
    rows.push_back(category_row(kMembersCategory, "members", true));
    for (const Group& group : groups()) rows.push_back(category_row(group.id, group.name, true));
  }
  return reply(object({{"category_list", object({{"categories", array(rows)}})}}));
}

}  // namespace freshet::simulation
