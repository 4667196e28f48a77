#include <limits>

#include "base/files.h"
#include "index/vector/vector_index.h"
#include "tests/index/vector/clustered_vectors.h"
#include "tests/support/result_matchers.h"
#include "tests/support/temporary_directory.h"

namespace freshet::index {
namespace {

using testing::clustered_vectors;
using testing::FailsWith;
using ::testing::HasSubstr;
using testing::Succeeds;
using testing::TemporaryDirectory;

constexpr const char* kFiles[] = {"vectors.sq8", "vectors.fp16", "graph.hnsw"};

/// A segment of 200 vectors with a graph, and a search over it.
class VectorDamage : public ::testing::Test {
 protected:
  void SetUp() override {
    VectorSegmentBuilder builder(directory_.path(), 8, 1, 100);
    for (const auto& vector : vectors_) ASSERT_THAT(builder.add(vector), Succeeds());
    ASSERT_THAT(builder.finish(), Succeeds());
    allowed_.add_range(1, 201);
  }

  void search_and_read(const VectorSegment& segment) const {
    for (const std::size_t limit : {std::size_t{1}, std::size_t{300}}) {
      const auto hits = segment.search(vectors_[0], allowed_, limit);
      ASSERT_THAT(hits, Succeeds());
      for (const auto& hit : *hits) ASSERT_TRUE(allowed_.contains(hit.number));
    }
    for (PassageNumber number = 0; number < 205; ++number)
      ASSERT_EQ(segment.vector(number).size(), 8U);
  }

  TemporaryDirectory directory_;
  std::vector<std::vector<float>> vectors_ = clustered_vectors(200, 8, 5, 1);
  PassageSet allowed_;
};

TEST_F(VectorDamage, IsFoundByTheFullCheckAndNeverCrashesWithoutIt) {
  for (const char* name : kFiles) {
    ASSERT_SUCCEEDS(const std::string sound, read_file(directory_ / name));
    for (std::size_t at = 0; at < sound.size(); at += at < 64 ? 1 : 61) {
      std::string bytes = sound;
      bytes[at] = static_cast<char>(bytes[at] ^ 0xFF);
      directory_.write(name, bytes);

      EXPECT_THAT(VectorSegment::open(directory_.path(), VectorSegment::Check::Everything),
                  FailsWith(ErrorKind::Corrupt, HasSubstr(name)))
          << at;
      const auto unchecked = VectorSegment::open(directory_.path(), VectorSegment::Check::Headers);
      if (unchecked) search_and_read(*unchecked);
    }
    directory_.write(name, sound);
  }
}

TEST_F(VectorDamage, OfAFileCutShortIsFoundOnOpening) {
  for (const char* name : kFiles) {
    ASSERT_SUCCEEDS(const std::string sound, read_file(directory_ / name));
    for (const std::size_t length :
         {std::size_t{0}, std::size_t{7}, std::size_t{64}, sound.size() - 1}) {
      directory_.write(name, sound.substr(0, length));
      EXPECT_THAT(VectorSegment::open(directory_.path(), VectorSegment::Check::Headers),
                  FailsWith(ErrorKind::Corrupt, HasSubstr("freshet rebuild")))
          << name << " " << length;
    }
    directory_.write(name, sound);
  }
}

TEST_F(VectorDamage, NamesAFileOfAnotherSegment) {
  const TemporaryDirectory other;
  VectorSegmentBuilder builder(other.path(), 8, 2, 1000);
  for (const auto& vector : vectors_) ASSERT_THAT(builder.add(vector), Succeeds());
  ASSERT_THAT(builder.finish(), Succeeds());
  ASSERT_SUCCEEDS(const std::string foreign, read_file(other / "vectors.fp16"));

  directory_.write("vectors.fp16", foreign);

  EXPECT_THAT(VectorSegment::open(directory_.path(), VectorSegment::Check::Headers),
              FailsWith(ErrorKind::Corrupt, HasSubstr("vectors.fp16")));
}

}  // namespace
}  // namespace freshet::index
