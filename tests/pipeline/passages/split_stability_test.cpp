#include <random>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pipeline/passages/split.h"
#include "tests/pipeline/passages/words.h"

namespace freshet::pipeline::testing {
namespace {

using Generator = std::mt19937_64;

std::size_t up_to(Generator& random, std::size_t most) {
  return std::uniform_int_distribution<std::size_t>(0, most)(random);
}

std::string random_text(Generator& random, std::size_t most_words) {
  std::string text;
  for (std::size_t i = up_to(random, most_words) + 1; i > 0; --i) {
    text.append(up_to(random, 20) == 0 ? 60 : 1 + up_to(random, 9),
                static_cast<char>('a' + up_to(random, 25)));
    text += up_to(random, 7) == 0 ? ". " : " ";
  }
  text.pop_back();
  return text;
}

Block random_block(Generator& random) {
  constexpr BlockKind kKinds[] = {BlockKind::Paragraph, BlockKind::ListItem, BlockKind::Code,
                                  BlockKind::TableRow, BlockKind::Quote};
  Block block;
  block.kind = kKinds[up_to(random, 4)];
  block.table_header = block.kind == BlockKind::TableRow && up_to(random, 3) == 0;
  block.text = random_text(random, up_to(random, 5) == 0 ? 300 : 30);
  return block;
}

using Sections = std::vector<std::vector<Block>>;

Sections random_sections(Generator& random) {
  Sections sections(2 + up_to(random, 6));
  for (std::size_t i = 0; i < sections.size(); ++i) {
    Block heading;
    heading.kind = BlockKind::Heading;
    heading.level = 1 + up_to(random, 3);
    heading.text = heading.anchor = "section" + std::to_string(i);
    sections[i].push_back(heading);
    for (std::size_t blocks = 1 + up_to(random, 7); blocks > 0; --blocks)
      sections[i].push_back(random_block(random));
  }
  return sections;
}

ExtractedDocument join(const Sections& sections) {
  ExtractedDocument document;
  document.title = "Random";
  for (const auto& section : sections)
    document.blocks.insert(document.blocks.end(), section.begin(), section.end());
  return document;
}

std::multiset<std::string> hashes_outside(const std::vector<index::Passage>& passages,
                                          const std::string& anchor) {
  std::multiset<std::string> hashes;
  for (const auto& passage : passages) {
    if (passage.anchor != anchor) hashes.insert(passage.text_hash);
  }
  return hashes;
}

TEST(SplitProperties, AnEditInOneSectionChangesNoOtherSectionsPassages) {
  Generator random(1);
  for (int round = 0; round < 300; ++round) {
    Sections sections = random_sections(random);
    const auto before = split(join(sections), Words(64), {40, 8});
    const std::size_t edited = up_to(random, sections.size() - 1);
    const std::string anchor = sections[edited][0].anchor;
    sections[edited].insert(
        sections[edited].begin() + 1 +
            static_cast<std::ptrdiff_t>(up_to(random, sections[edited].size() - 1)),
        random_block(random));

    const auto after = split(join(sections), Words(64), {40, 8});

    ASSERT_EQ(hashes_outside(before, anchor), hashes_outside(after, anchor)) << "round " << round;
  }
}

TEST(SplitProperties, EveryWordIsInSomePassageAndEveryPassageFits) {
  Generator random(2);
  const Words tokens(64);
  for (int round = 0; round < 300; ++round) {
    const ExtractedDocument document = join(random_sections(random));

    const auto passages = split(document, tokens, {40, 8});

    std::string all;
    for (std::size_t i = 0; i < passages.size(); ++i) {
      ASSERT_EQ(passages[i].ordinal, i);
      ASSERT_LE(tokens.count(passages[i].encoded_text), 64U);
      ASSERT_FALSE(passages[i].text.empty());
      all += passages[i].encoded_text + "\n";
    }
    for (const Block& block : document.blocks) {
      for (std::size_t at = 0; at < block.text.size();) {
        const std::size_t end = std::min(block.text.find(' ', at), block.text.size());
        ASSERT_NE(all.find(block.text.substr(at, end - at)), std::string::npos)
            << "round " << round;
        at = end + 1;
      }
    }
  }
}

}  // namespace
}  // namespace freshet::pipeline::testing
