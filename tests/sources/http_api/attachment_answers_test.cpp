#include "tests/sources/http_api/support/attachment_desk.h"

namespace freshet::sources::http_api {
namespace {

using freshet::testing::FailsWith;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::Not;
using ::testing::SizeIs;

TEST_F(AttachmentsTest, AtListedHostsAreReadWithoutTheCredentials) {
  attach("a.txt", "https://files.example/1");
  attach("b.txt", "https://desk.example/files/2");
  answers_.emplace("https://files.example/1", file("one"));
  answers_.emplace("https://desk.example/files/2",
                   http::Response{302, {{"location", "https://p1.cdn.example.net/2?key=k"}}, ""});
  answers_.emplace("https://p1.cdn.example.net/2?key=k", file("two"));

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_THAT(texts(), ElementsAre("one", "two"));
  for (const http::Request& request : requests_) {
    const bool ours = request.url.starts_with("https://desk.example/");
    EXPECT_EQ(request.headers.empty(), !ours) << request.url;
  }
}

TEST_F(AttachmentsTest, AtOtherHostsAreRefusedAndTheLineSaysWhatToDo) {
  attach("a.txt", "https://evil.example/steal?x=1");
  attach("b.txt", "https://cdn.example.net/1");
  attach("c.txt", "file:///etc/passwd");

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_THAT(asked(), IsEmpty());
  EXPECT_THAT(texts(), ElementsAre("", "", ""));
  EXPECT_THAT(
      batches.back().problems,
      ElementsAre(AllOf(HasSubstr("tickets: 3 attachments are listed but could not be read"),
                        HasSubstr("tickets/7"), HasSubstr("https://evil.example, which is no"),
                        HasSubstr("add it to hosts"))));
  EXPECT_TRUE(batches.back().complete);
}

TEST_F(AttachmentsTest, DoNotFollowRedirectsIntoTheNetwork) {
  attach("a.txt", "https://desk.example/files/1");
  answers_.emplace(
      "https://desk.example/files/1",
      http::Response{302, {{"location", "http://169.254.169.254/latest/meta-data/"}}, ""});

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_THAT(asked(), ElementsAre("https://desk.example/files/1"));
  EXPECT_THAT(batches.back().problems,
              ElementsAre(HasSubstr("http://169.254.169.254, which is no")));
}

TEST_F(AttachmentsTest, LetNobodyElseChooseWhatIsAskedWithTheCredentials) {
  attach("a.txt", "https://files.example/1");
  answers_.emplace(
      "https://files.example/1",
      http::Response{302, {{"location", "https://desk.example/api/tickets/8/notes"}}, ""});
  answers_.emplace("https://desk.example/api/tickets/8/notes", file("what is open to everybody"));

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_EQ(requests_.back().url, "https://desk.example/api/tickets/8/notes");
  EXPECT_THAT(requests_.back().headers, IsEmpty());
}

TEST_F(AttachmentsTest, AreNoErrorsThatARuleTakesForAnAnswer) {
  attach("a.txt", "https://desk.example/files/1");
  answers_.emplace("https://desk.example/files/1", http::Response{410, {}, "\"gone\""});

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_THAT(texts(), ElementsAre(""));
  EXPECT_THAT(batches.back().problems, ElementsAre(HasSubstr("answered 410")));
}

TEST_F(AttachmentsTest, AreNoLoginPages) {
  attach("server.log", "https://desk.example/files/1");
  attach("guide.html", "https://desk.example/files/2");
  const http::Response page{200, {{"content-type", "text/html; charset=utf-8"}}, "<p>Sign in</p>"};
  answers_.emplace("https://desk.example/files/1", page);
  answers_.emplace("https://desk.example/files/2", page);

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_THAT(texts(), ElementsAre("", "<p>Sign in</p>"));
  EXPECT_THAT(batches.back().problems, ElementsAre(HasSubstr("it wants a login")));
}

TEST_F(AttachmentsTest, ThatFailAreOneLineThatTellsNoPath) {
  attach("a.txt", "https://desk.example/attachments/token/c4nary/a.txt?sig=c4nary");
  attach("b.txt", "https://desk.example/attachments/token/c4nary/b.txt");
  answers_.emplace(
      "https://desk.example/attachments/token/c4nary/b.txt",
      Error{ErrorKind::Invalid,
            "cannot get an answer from https://desk.example/attachments/token/c4nary/b.txt: no"});

  ASSERT_SUCCEEDS(const auto batches, sync());
  EXPECT_THAT(batches.back().problems,
              ElementsAre(AllOf(HasSubstr("2 attachments are"), HasSubstr("answered 404"),
                                Not(HasSubstr("c4nary")))));

  answers_.emplace("https://desk.example/attachments/token/c4nary/a.txt?sig=c4nary", file("a"));
  options().max_bytes = 99;
  ASSERT_SUCCEEDS(const auto second, sync());
  EXPECT_THAT(second.back().problems, ElementsAre(AllOf(HasSubstr("1 attachment is"),
                                                        HasSubstr("from https://desk.example:"),
                                                        Not(HasSubstr("c4nary")))));
}

TEST_F(AttachmentsTest, AreNotWaitedForAtAHostThatDoesNotAnswer) {
  for (int i = 0; i < 10; ++i) {
    const std::string url = "https://files.example/" + std::to_string(i);
    attach(std::to_string(i) + ".log", url);
    answers_.emplace(url, Error{ErrorKind::Unavailable, "timed out"});
  }

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_THAT(asked(), SizeIs(6));  // Three files, twice each.
  EXPECT_THAT(batches.back().problems,
              ElementsAre(AllOf(HasSubstr("10 attachments"), HasSubstr("timed out"))));
}

TEST_F(AttachmentsTest, EndTheFetchWhereItIsInterrupted) {
  attach("a.txt", "https://desk.example/files/1");
  answers_.emplace("https://desk.example/files/1", Error{ErrorKind::Interrupted, "stopped"});

  EXPECT_THAT(sync(), FailsWith(ErrorKind::Interrupted, HasSubstr("stopped")));
  EXPECT_THAT(ledger_.documents, Not(Contains(Key(Eq("tickets/7")))));
}

}  // namespace
}  // namespace freshet::sources::http_api
