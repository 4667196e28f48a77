#include "index/vector/graph.h"

#include <algorithm>
#include <cstring>

#include "tests/index/vector/clustered_vectors.h"
#include "tests/support/result_matchers.h"
#include "tests/support/temporary_directory.h"

namespace freshet::index {
namespace {

using testing::clustered_vectors;
using testing::Succeeds;
using testing::TemporaryDirectory;

/// Rows in memory.
struct Matrix {
  explicit Matrix(const std::vector<std::vector<float>>& vectors)
      : dimension(vectors.front().size()), count(vectors.size()) {
    for (const auto& vector : vectors) {
      const QuantisedVector row = quantise(vector);
      codes.append(reinterpret_cast<const char*>(row.codes.data()), row.codes.size());
      scales.append(reinterpret_cast<const char*>(&row.scale), sizeof row.scale);
    }
  }
  [[nodiscard]] QuantisedRows rows() const {
    return {codes.data(), scales.data(), padded(dimension, kInt8Block), count};
  }
  std::size_t dimension;
  std::size_t count;
  std::string codes;
  std::string scales;
};

Result<Graph> open_graph(const TemporaryDirectory& directory, std::string bytes,
                         std::size_t count) {
  const VectorFileHeader header{1, 1, count};
  FRESHET_CHECK(write_vector_file(directory.path(), VectorFileKind::Graph, header, bytes));
  FRESHET_TRY(auto file, VectorFile::open(directory.path(), VectorFileKind::Graph));
  return Graph::open(std::move(file));
}

PassageSet everything(std::size_t count) {
  PassageSet set;
  set.add_range(1, static_cast<PassageNumber>(count + 1));
  return set;
}

TEST(Graph, FindsNearlyAllOfTheNearestRows) {
  const TemporaryDirectory directory;
  const auto vectors = clustered_vectors(3000, 48, 40, 1);
  const Matrix matrix(vectors);
  ASSERT_SUCCEEDS(auto bytes, build_graph(matrix.rows()));
  ASSERT_SUCCEEDS(const auto graph, open_graph(directory, bytes, 3000));
  const PassageSet all = everything(3000);
  std::size_t found = 0;

  for (std::uint32_t i = 0; i < 100; ++i) {
    const QuantisedVector query = quantise(vectors[i * 30]);
    NearestRows exact(10);
    for (std::uint32_t row = 0; row < 3000; ++row)
      exact.offer({matrix.rows().similarity(query, row), row});
    const auto nearest = graph.nearest(matrix.rows(), {query, all, 1, 64, 3000});
    ASSERT_TRUE(nearest.has_value());
    for (const auto& wanted : exact.rows()) {
      found += static_cast<std::size_t>(
          std::count_if(nearest->begin(), nearest->end(),
                        [&](const auto& row) { return row.row == wanted.row; }));
    }
  }

  EXPECT_GE(found, 980U);
}

TEST(Graph, IsBuiltEquallyFromEqualRows) {
  const Matrix matrix(clustered_vectors(1000, 16, 10, 3));
  ASSERT_SUCCEEDS(const auto one, build_graph(matrix.rows()));
  ASSERT_SUCCEEDS(const auto other, build_graph(matrix.rows()));
  EXPECT_TRUE(one == other);
}

TEST(Graph, ReachesEveryOneOfManyEqualRows) {
  const TemporaryDirectory directory;
  const Matrix matrix(std::vector<std::vector<float>>(500, {0.6F, 0.8F}));
  ASSERT_SUCCEEDS(auto bytes, build_graph(matrix.rows()));
  ASSERT_SUCCEEDS(const auto graph, open_graph(directory, bytes, 500));
  const QuantisedVector query = quantise(std::vector<float>{0.6F, 0.8F});

  const auto nearest = graph.nearest(matrix.rows(), {query, everything(500), 1, 500, 500});

  ASSERT_TRUE(nearest.has_value());
  EXPECT_EQ(nearest->size(), 500U);
}

TEST(Graph, GivesUpWhenItWouldVisitMoreThanAsked) {
  const TemporaryDirectory directory;
  const auto vectors = clustered_vectors(2000, 16, 20, 4);
  const Matrix matrix(vectors);
  ASSERT_SUCCEEDS(auto bytes, build_graph(matrix.rows()));
  ASSERT_SUCCEEDS(const auto graph, open_graph(directory, bytes, 2000));
  const QuantisedVector query = quantise(vectors[0]);

  EXPECT_FALSE(graph.nearest(matrix.rows(), {query, everything(2000), 1, 64, 50}).has_value());
}

TEST(Graph, StaysInsideTheFileWhateverItsLinksSay) {
  const auto vectors = clustered_vectors(300, 8, 5, 5);
  const Matrix matrix(vectors);
  ASSERT_SUCCEEDS(const auto sound, build_graph(matrix.rows()));
  const QuantisedVector query = quantise(vectors[0]);
  const PassageSet all = everything(300);

  for (std::size_t at = kVectorHeaderBytes; at + 4 <= sound.size(); at += 1004) {
    for (const std::uint32_t word : {0xFFFFFFFFU, 0x7FFFFFFFU, 300U, 0U}) {
      const TemporaryDirectory directory;
      std::string bytes = sound;
      std::memcpy(bytes.data() + at, &word, sizeof word);
      const auto graph = open_graph(directory, bytes, 300);
      if (!graph) continue;
      const auto nearest = graph->nearest(matrix.rows(), {query, all, 1, 32, 300});
      ASSERT_TRUE(nearest.has_value());
      for (const auto& row : *nearest) ASSERT_LT(row.row, 300U);
    }
  }
}

}  // namespace
}  // namespace freshet::index
