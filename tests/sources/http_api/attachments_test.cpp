#include "tests/sources/http_api/support/attachment_desk.h"

namespace freshet::sources::http_api {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;
using namespace std::string_literals;

TEST_F(AttachmentsTest, AreReadIntoTheirMessage) {
  attach("server.log", "https://desk.example/files/1", 6);
  answers_.emplace("https://desk.example/files/1", file("line 1"));

  ASSERT_SUCCEEDS(const auto batches, sync());

  const auto attachment = thread().messages.at(0).attachments.at(0);
  EXPECT_EQ(attachment.text, "line 1");
  EXPECT_EQ(attachment.name, "server.log");
  EXPECT_THAT(requests_.back().headers, Contains(Pair("Authorization", "Bearer s3cret")));
  EXPECT_EQ(requests_.back().max_body_bytes, 100U);
  EXPECT_TRUE(batches.back().complete);
}

TEST_F(AttachmentsTest, OfTheRecordItselfHangUnderItsOpening) {
  own_files_.push_back({{"id", "1"}, {"name", "a.txt"}, {"url", "/files/1"}});
  answers_.emplace("https://desk.example/files/1", file("of the ticket"));

  ASSERT_SUCCEEDS(const auto batches, sync());

  ASSERT_TRUE(thread().opening.has_value());
  EXPECT_EQ(thread().opening->attachments.at(0).text, "of the ticket");
}

TEST_F(AttachmentsTest, StayListedUnlessTheSettingsAskForThem) {
  options().download = false;
  attach("server.log", "https://desk.example/files/1");

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_THAT(asked(), IsEmpty());
  EXPECT_THAT(thread().messages.at(0).attachments, SizeIs(1));
  EXPECT_THAT(batches.back().problems, IsEmpty());
}

TEST_F(AttachmentsTest, AreReadOnceTheSettingsAskForThem) {
  options().download = false;
  attach("server.log", "https://desk.example/files/1");
  answers_.emplace("https://desk.example/files/1", file("line 1"));
  ASSERT_SUCCEEDS(const auto before, sync());
  options().download = true;

  ASSERT_SUCCEEDS(const auto after, sync());

  EXPECT_THAT(texts(), ElementsAre("line 1"));
  options().max_bytes = 5;
  ASSERT_SUCCEEDS(const auto smaller, sync());
  EXPECT_THAT(texts(), ElementsAre(""));
}

TEST_F(AttachmentsTest, ThatAreNoTextStayListedWithoutARequest) {
  attach("screen.png", "https://desk.example/files/1", 9, "image/png");
  attach("invoice.pdf", "https://desk.example/files/2", 9, "application/pdf");
  attach("server.log", "");

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_THAT(asked(), IsEmpty());
  EXPECT_THAT(thread().messages.at(0).attachments, SizeIs(3));
}

TEST_F(AttachmentsTest, OfPrivateMessagesAreNotRead) {
  public_ = false;
  attach("server.log", "https://desk.example/files/1");

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_THAT(asked(), IsEmpty());
}

TEST_F(AttachmentsTest, AreLeftOutWhereTheyAreDeclaredTooLarge) {
  attach("exactly.log", "https://desk.example/files/1", 100);
  attach("over.log", "https://desk.example/files/2", 101);
  answers_.emplace("https://desk.example/files/1", file(std::string(100, 'x')));

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_THAT(asked(), ElementsAre("https://desk.example/files/1"));
  EXPECT_THAT(texts(), ElementsAre(SizeIs(100), IsEmpty()));
  EXPECT_THAT(batches.back().skipped, ElementsAre(Pair("attachments_too_large", 1)));
  EXPECT_THAT(batches.back().problems, IsEmpty());
}

TEST_F(AttachmentsTest, AreNotTakenWhereTheyAreLargerThanTheySay) {
  attach("liar.log", "https://desk.example/files/1", 10);
  answers_.emplace("https://desk.example/files/1", file(std::string(101, 'x')));

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_THAT(texts(), ElementsAre(""));
  EXPECT_THAT(batches.back().problems, ElementsAre(HasSubstr("sent more than was asked for")));
}

TEST_F(AttachmentsTest, ShareWhatADocumentMayHave) {
  for (const char* id : {"1", "2", "3", "4"}) {
    attach(id + ".log"s, "https://desk.example/files/"s + id, 90);
    answers_.emplace("https://desk.example/files/"s + id, file(std::string(90, 'x')));
  }

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_THAT(texts(), ElementsAre(SizeIs(90), SizeIs(90), IsEmpty(), IsEmpty()));
  EXPECT_THAT(asked(), SizeIs(2));
  EXPECT_THAT(batches.back().skipped, ElementsAre(Pair("attachments_too_large", 2)));
}

TEST_F(AttachmentsTest, OfOneDocumentAreNoMoreThanTwoHundred) {
  for (int i = 0; i < 203; ++i) attach(std::to_string(i) + ".log", "https://desk.example/files/1");
  answers_.emplace("https://desk.example/files/1", file("x"));

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_THAT(asked(), SizeIs(200));
  EXPECT_THAT(batches.back().skipped, ElementsAre(Pair("attachments_too_many", 3)));
}

TEST_F(AttachmentsTest, AreRefusedWhereTheirBytesAreNoText) {
  const std::vector<std::string> bodies{"\x89PNG\r\n\x1a\n and more", "a \0 in a line of words"s,
                                        "\xff\xfeh\0a\0l\0f\0\x00\xd8"s, "\x1f\x8b\x08 packed"};
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    const std::string url = "https://desk.example/files/" + std::to_string(i);
    attach("notes.txt", url);
    answers_.emplace(url, file(bodies[i]));
  }

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_THAT(texts(), ElementsAre("", "", "", ""));
  EXPECT_THAT(batches.back().skipped, ElementsAre(Pair("attachments_not_text", 4)));
}

TEST_F(AttachmentsTest, BecomeUtf8) {
  attach("mail.txt", "https://desk.example/files/1");
  attach("notepad.txt", "https://desk.example/files/2");
  answers_.emplace("https://desk.example/files/1",
                   file("Nach dem Update l\xe4uft die \xdc"
                        "bertragung nicht mehr, f\xfcr alle Ger\xe4te. Gr\xfc\xdf"
                        "e aus K\xf6ln"));
  answers_.emplace("https://desk.example/files/2", file("\xff\xfeG\0r\0\xfc\0\xdf\0"s));

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_THAT(texts(), ElementsAre("Nach dem Update läuft die Übertragung nicht mehr, für alle "
                                   "Geräte. Grüße aus Köln",
                                   "Grüß"));
}

}  // namespace
}  // namespace freshet::sources::http_api
