#include "sources/thread.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "tests/support/result_matchers.h"

namespace freshet::sources {
namespace {

using testing::FailsWith;
using ::testing::HasSubstr;
using testing::Succeeds;

Instant at(int second) {
  return Instant(std::chrono::seconds(1'800'000'000 + second));
}

Thread full_thread() {
  Thread thread;
  thread.kind = "ticket";
  thread.title = "Cannot sign in \"again\"";
  thread.state = "solved";
  thread.outcome = "answered";
  thread.solved_at = at(300);
  thread.opening =
      Message{.id = "0",
              .created_at = at(0),
              .edited_at = at(5),
              .author = "7",
              .side = Side::Customer,
              .audience = {Level::Public, {}},
              .media_type = "text/html",
              .body = "<p>Grüße</p>",
              .attachments = {{"a", "log.txt", "text/plain", 12, "https://x/a", "Zeile 1 \"ü\"\n"}},
              .marked = false};
  thread.messages = {{.id = "1",
                      .created_at = at(60),
                      .edited_at = {},
                      .author = "9",
                      .side = Side::Agent,
                      .audience = {Level::Restricted, {"org:1"}},
                      .media_type = "",
                      .body = "Clear the cache.",
                      .attachments = {},
                      .marked = true}};
  thread.fields.resize(1);
  thread.fields[0].id = "close_notes";
  thread.fields[0].body = "cache";
  thread.resolved = true;
  thread.pick = {"field:close_notes", "flagged"};
  thread.audience = {Level::Restricted, {"org:1"}};
  return thread;
}

TEST(Thread, ComesBackAsItWasWritten) {
  const Thread thread = full_thread();

  const auto read = parse_thread(write_thread(thread));

  ASSERT_THAT(read, Succeeds());
  EXPECT_EQ(*read, thread);
  EXPECT_EQ(write_thread(*read), write_thread(thread));
}

TEST(Thread, WithoutAnAudienceIsInternal) {
  const auto read = parse_thread(
      R"({"thread":1,"messages":[{"id":"1","created_at":"2026-11-21T09:00:00Z","body":"x"}]})");

  ASSERT_THAT(read, Succeeds());
  EXPECT_EQ(read->audience.level, Level::Internal);
  EXPECT_EQ(read->messages.at(0).audience.level, Level::Internal);
}

TEST(Thread, NamesTheMemberThatDoesNotFit) {
  const auto error_for = [](const std::string& members) {
    auto read = parse_thread("{\"thread\":1," + members + "}");
    return read ? std::string() : read.error().message;
  };

  EXPECT_THAT(error_for(R"("title":7)"), HasSubstr("\"title\" is no text"));
  EXPECT_THAT(error_for(R"("titel":"x")"), HasSubstr("\"titel\" is no member of thread"));
  EXPECT_THAT(error_for(R"("messages":{})"), HasSubstr("\"messages\" is no list"));
  EXPECT_THAT(error_for(R"("messages":[3])"), HasSubstr("\"messages\" is no object"));
  EXPECT_THAT(error_for(R"("audience":{"level":"everyone"})"), HasSubstr("\"level\" is none of"));
  EXPECT_THAT(error_for(R"("audience":"public")"), HasSubstr("\"audience\" is no object"));
  EXPECT_THAT(error_for(R"("solved_at":"yesterday")"), HasSubstr("\"solved_at\" is no RFC 3339"));
  EXPECT_THAT(error_for(R"("resolved":"true")"), HasSubstr("\"resolved\" is neither"));
  EXPECT_THAT(error_for(R"("messages":[{"attachments":[{"bytes":-1}]}])"), HasSubstr("\"bytes\""));
}

TEST(Thread, OfAnotherFormatIsRefused) {
  EXPECT_THAT(parse_thread(R"({"thread":2})"),
              FailsWith(ErrorKind::Invalid, HasSubstr("read a thread")));
  EXPECT_THAT(parse_thread("[]"), FailsWith(ErrorKind::Invalid, HasSubstr("read a thread")));
  EXPECT_THAT(parse_thread("\xff{"), FailsWith(ErrorKind::Invalid, HasSubstr("read a thread")));
}

/// What a source fails to say must hide, never show.
TEST(Thread, LosesReadersWhenAnyMemberOfAnAudienceIsLost) {
  const auto written = parse_json(write_thread(full_thread()));
  ASSERT_THAT(written, Succeeds());
  for (const char* member : {"level", "principals"}) {
    Json damaged = *written;
    damaged["audience"].erase(member);

    const auto read = parse_thread(dump_json(damaged));

    ASSERT_THAT(read, Succeeds());
    const auto principals = principals_of(read->audience, {"public"});
    EXPECT_EQ(principals, std::vector<std::string>{"internal"}) << member;
  }
}

}  // namespace
}  // namespace freshet::sources
