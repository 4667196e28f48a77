#include <filesystem>

#include "base/files.h"
#include "tests/index/segments/index_fixture.h"

namespace freshet::index {
namespace {

using testing::Content;
using testing::content_of;
using testing::document;
using testing::FailsWith;
using ::testing::HasSubstr;
using testing::IndexFixture;
using testing::Succeeds;

/// Reads all there is to read; whatever the damage, each answer is a value or an error.
void read_everything(const Snapshot& snapshot) {
  const std::vector<std::string> principals{"public", "eve"};
  const Filter filter{FilterOperator::Greater, "version", {"0"}, {}};
  const auto allowed = snapshot.allowed(principals, filter);
  for (PassageNumber number = 0; number < 12; ++number) {
    const auto passage = snapshot.passage(number);
    if (passage) {
      EXPECT_LE(passage->passage.text.size(), 1000U);
    }
  }
  for (const char* id : {"d:a", "d:b", "d:c"}) (void)snapshot.document(id).has_value();
  (void)content_of(snapshot).has_value();
  for (const VectorSegment& segment : snapshot.vector_segments()) {
    const auto hits = segment.search(std::vector<float>{1, 0, 0, 0}, snapshot.live(), 5);
    EXPECT_THAT(hits, Succeeds());
  }
}

/// Every file of an index of two segments.
class Damage : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_THAT(index_.publish({document("d:a", 3), document("d:b", 2)}, {}, 1), Succeeds());
    ASSERT_THAT(index_.publish({document("d:a", 1, 2), document("d:c", 2)}, {}, 2), Succeeds());
    ASSERT_SUCCEEDS(content_, index_.content());
    for (const auto& entry : std::filesystem::recursive_directory_iterator(index_.path())) {
      if (entry.is_regular_file()) files_.push_back(entry.path());
    }
    std::erase(files_, index_.path() / "generations/00000000000000000001.manifest");
  }

  /// Found, or without effect.
  void expect_found_or_harmless(const std::filesystem::path& path) const {
    const auto checked = index_.open();
    if (checked) {
      const auto content = content_of(**checked);
      ASSERT_THAT(content, Succeeds()) << path;
      EXPECT_EQ(*content, content_) << path;
    } else {
      EXPECT_THAT(checked, FailsWith(ErrorKind::Corrupt, HasSubstr("freshet rebuild"))) << path;
    }
    const auto unchecked = Snapshot::open(index_.path());
    if (unchecked) read_everything(**unchecked);
  }

  void write(const std::filesystem::path& path, std::string_view bytes) const {
    index_.directory.write(std::filesystem::relative(path, index_.directory.path()).string(),
                           bytes);
  }

  IndexFixture index_;
  Content content_;
  std::vector<std::filesystem::path> files_;
};

TEST_F(Damage, OfAnyByteOfAnyFileIsFoundOrHasNoEffect) {
  ASSERT_GE(files_.size(), 16U);
  for (const auto& path : files_) {
    ASSERT_SUCCEEDS(const std::string sound, read_file(path));
    const std::size_t step = sound.size() > 4096 ? 1009 : 13;
    for (std::size_t at = 0; at < sound.size(); at += step) {
      std::string bytes = sound;
      bytes[at] = static_cast<char>(bytes[at] ^ (at % 2 == 0 ? 0xFF : 0x01));
      write(path, bytes);
      expect_found_or_harmless(path);
    }
    write(path, sound);
  }
}

TEST_F(Damage, OfAFileCutShortIsFound) {
  for (const auto& path : files_) {
    ASSERT_SUCCEEDS(const std::string sound, read_file(path));
    for (std::size_t part = 0; part < 8; ++part) {
      write(path, sound.substr(0, sound.size() * part / 8));
      EXPECT_THAT(Snapshot::open(index_.path()),
                  FailsWith(ErrorKind::Corrupt, HasSubstr("freshet rebuild")))
          << path << " " << part;
    }
    write(path, sound);
  }
}

TEST_F(Damage, OfAFileTakenFromAnotherSegmentIsFound) {
  const auto first = index_.path() / "segments/00000000000000000001";
  const auto second = index_.path() / "segments/00000000000000000002";
  for (const auto& entry : std::filesystem::directory_iterator(first)) {
    const auto target = second / entry.path().filename();
    ASSERT_SUCCEEDS(const std::string sound, read_file(target));
    ASSERT_SUCCEEDS(const std::string foreign, read_file(entry.path()));
    write(target, foreign);
    EXPECT_THAT(index_.open(), FailsWith(ErrorKind::Corrupt, HasSubstr(second.string()))) << target;
    write(target, sound);
  }
}

}  // namespace
}  // namespace freshet::index
