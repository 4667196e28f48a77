#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "index/keyword/keyword_index.h"
#include "tests/support/result_matchers.h"
#include "tests/support/temporary_directory.h"

namespace freshet::testing {

struct SmallPassage {
  index::PassageNumber number = 0;
  std::string text = {};
  std::string title = {};
  std::string language = "en";
  std::vector<std::string> headings = {};
};

/// Writes one segment; the test fails when that does not work.
inline void write_segment(const std::filesystem::path& directory,
                          const std::vector<SmallPassage>& passages) {
  std::filesystem::create_directories(directory);
  ASSERT_SUCCEEDS(auto builder, index::KeywordSegmentBuilder::create(directory));
  for (const SmallPassage& small : passages) {
    index::DocumentFields fields;
    fields.id = "test:" + std::to_string(small.number);
    fields.title = small.title;
    fields.language = small.language;
    index::Passage passage;
    passage.text = small.text;
    passage.heading_path = small.headings;
    ASSERT_THAT(builder.add(small.number, fields, passage), Succeeds());
  }
  ASSERT_THAT(builder.finish(), Succeeds());
}

/// A keyword index over one or several segments in a directory of its own.
class KeywordCorpus {
 public:
  explicit KeywordCorpus(const std::vector<std::vector<SmallPassage>>& segments) {
    for (const auto& passages : segments) {
      directories_.push_back(directory_ / std::to_string(directories_.size()));
      write_segment(directories_.back(), passages);
      for (const auto& passage : passages) all_.add(passage.number);
    }
  }

  /// Passages that are in the files but no longer live.
  void bury(const std::vector<index::PassageNumber>& numbers) {
    for (const auto number : numbers) {
      dead_.add(number);
      all_.remove(number);
    }
  }

  [[nodiscard]] const index::PassageSet& all() const { return all_; }
  [[nodiscard]] const std::vector<std::filesystem::path>& directories() const {
    return directories_;
  }

  [[nodiscard]] index::KeywordIndex open() const {
    auto opened = index::KeywordIndex::open(directories_, dead_);
    EXPECT_THAT(opened, Succeeds());
    return *std::move(opened);
  }

  [[nodiscard]] index::KeywordMatches search(const std::string& text) const {
    return search(text, all_);
  }
  [[nodiscard]] index::KeywordMatches search(const std::string& text,
                                             const index::PassageSet& allowed) const {
    auto matches = open().search(text, allowed, 1000);
    EXPECT_THAT(matches, Succeeds());
    return matches ? *matches : index::KeywordMatches{};
  }

  /// Passage numbers, best first.
  [[nodiscard]] std::vector<index::PassageNumber> find(const std::string& text) const {
    std::vector<index::PassageNumber> numbers;
    for (const auto& hit : search(text).hits) numbers.push_back(hit.number);
    return numbers;
  }

 private:
  TemporaryDirectory directory_;
  std::vector<std::filesystem::path> directories_;
  index::PassageSet all_;
  index::PassageSet dead_;
};

}  // namespace freshet::testing
