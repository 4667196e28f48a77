#include "index/segments/bytes.h"

#include "index/segments/layout.h"
#include "index/segments/record_file.h"
#include "tests/support/result_matchers.h"
#include "tests/support/temporary_directory.h"

namespace freshet::index {
namespace {

using ::testing::ElementsAre;
using testing::FailsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Succeeds;
using testing::TemporaryDirectory;

TEST(Bytes, AreReadAsTheyWereWritten) {
  ByteWriter out;
  out.u32(7);
  out.text("one");
  out.texts({"", "two"});
  out.u64(1ULL << 40);

  ByteReader in(out.bytes());

  EXPECT_EQ(in.u32(), 7U);
  EXPECT_EQ(in.text(), "one");
  EXPECT_THAT(in.texts(), ElementsAre("", "two"));
  EXPECT_EQ(in.u64(), 1ULL << 40);
  EXPECT_TRUE(in.finished());
}

TEST(Bytes, CutShortReadAsEmptyAndAreNotOk) {
  ByteWriter out;
  out.texts({"first", "second"});
  for (std::size_t length = 0; length < out.bytes().size(); ++length) {
    ByteReader in(std::string_view(out.bytes()).substr(0, length));
    EXPECT_LE(in.texts().size(), 2U);
    EXPECT_FALSE(in.ok()) << length;
    EXPECT_EQ(in.u64(), 0U);
  }
}

TEST(Bytes, WithALengthOutOfRangeEndAtTheRecord) {
  ByteWriter out;
  out.u64(~0ULL);
  ByteReader text(out.bytes());
  EXPECT_EQ(text.text(), "");
  EXPECT_FALSE(text.ok());
  ByteReader texts(out.bytes());
  EXPECT_LE(texts.texts().size(), 1U);
  EXPECT_FALSE(texts.ok());
}

TEST(RecordFile, GivesBackRecordsAndRefusesOthers) {
  const TemporaryDirectory directory;
  RecordFileBuilder builder;
  builder.add("one");
  builder.add("");
  ASSERT_THAT(builder.write(directory / "r"), Succeeds());

  ASSERT_SUCCEEDS(const auto file, RecordFile::open(directory / "r"));

  EXPECT_EQ(file.count(), 2U);
  EXPECT_EQ(*file.record(0), "one");
  EXPECT_EQ(*file.record(1), "");
  EXPECT_THAT(file.record(2), FailsWith(ErrorKind::Corrupt, HasSubstr("freshet rebuild")));
}

TEST(RecordFile, NeverReadsOutsideADamagedFile) {
  const TemporaryDirectory directory;
  RecordFileBuilder builder;
  for (const char* text : {"one", "two", "three"}) builder.add(text);
  ASSERT_THAT(builder.write(directory / "r"), Succeeds());
  ASSERT_SUCCEEDS(const std::string sound, read_file(directory / "r"));
  for (std::size_t at = 0; at < sound.size(); ++at) {
    std::string bytes = sound;
    bytes[at] = static_cast<char>(bytes[at] ^ 0xFF);
    directory.write("r", bytes);
    const auto file = RecordFile::open(directory / "r");
    if (!file) continue;
    for (std::size_t i = 0; i < 4; ++i) {
      const auto record = file->record(i);
      if (record) {
        EXPECT_LE(record->size(), sound.size());
      }
    }
  }
  for (std::size_t length = 0; length < 40; ++length) {
    directory.write("r", sound.substr(0, length));
    EXPECT_THAT(RecordFile::open(directory / "r"),
                FailsWith(ErrorKind::Corrupt, HasSubstr("shorter")));
  }
}

TEST(Layout, ReadsTheNumbersItWrites) {
  EXPECT_EQ(number_in_name(segment_directory("i", 42)), 42U);
  EXPECT_EQ(number_in_name(manifest_path("i", 18446744073709551615ULL)), 18446744073709551615ULL);
  EXPECT_EQ(number_in_name("i/notes.txt"), std::nullopt);
  EXPECT_EQ(number_in_name("i/99999999999999999999"), std::nullopt);
  EXPECT_EQ(from_hex64(to_hex64(0xABCDEFULL)), 0xABCDEFULL);
  EXPECT_EQ(from_hex64("12"), std::nullopt);
  EXPECT_EQ(from_hex64("zzzzzzzzzzzzzzzz"), std::nullopt);
}

}  // namespace
}  // namespace freshet::index
