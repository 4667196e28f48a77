#include "pipeline/passages/split.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/hash.h"
#include "pipeline/extract/text.h"
#include "pipeline/passages/cut.h"
#include "pipeline/passages/sections.h"

namespace freshet::pipeline {
namespace {

using index::Passage;
using index::SourceRange;

constexpr std::size_t kUnlimited = 1 << 20;

/// A block, or part of one that is too large, with what it costs.
struct Piece {
  std::string_view text;
  const Block* block = nullptr;
  std::size_t cost = 0;
};

struct Draft {
  const Piece* table_header =
      nullptr;  // Repeated above rows whose table began in an earlier draft.
  std::vector<const Piece*> pieces;
  std::size_t cost = 0;  // Of the pieces alone.
};

/// Parts of one block are put together as they were.
std::string_view separator(const Piece& before, const Piece& after) {
  if (before.block == after.block) {
    const char* end = before.text.data() + before.text.size();
    return {end, static_cast<std::size_t>(after.text.data() - end)};
  }
  const BlockKind kind = after.block->kind;
  const bool same = before.block->kind == kind;
  return same && (kind == BlockKind::TableRow || kind == BlockKind::ListItem) ? "\n" : "\n\n";
}

std::string text_of(const Draft& draft) {
  std::string text;
  const Piece* before = draft.table_header;
  if (before != nullptr) text = before->text;
  for (const Piece* piece : draft.pieces) {
    if (before != nullptr) text += separator(*before, *piece);
    text += piece->text;
    before = piece;
  }
  return text;
}

SourceRange range_of(const Draft& draft) {
  SourceRange range = draft.pieces.front()->block->range;
  for (const Piece* piece : draft.pieces) {
    const SourceRange& next = piece->block->range;
    range.byte_begin = std::min(range.byte_begin, next.byte_begin);
    range.byte_end = std::max(range.byte_end, next.byte_end);
    range.line_first = std::min(range.line_first, next.line_first);
    range.line_last = std::max(range.line_last, next.line_last);
  }
  return range;
}

std::string joined(const std::vector<std::string>& path) {
  std::string line;
  for (const std::string& heading : path) line += (line.empty() ? "" : " > ") + heading;
  return line;
}

/// Puts one section's blocks into drafts.
class Packer {
 public:
  Packer(const std::vector<Piece>& pieces, std::size_t budget) : pieces_(pieces), budget_(budget) {}

  std::vector<Draft> pack() {
    for (const Piece& piece : pieces_) {
      follow_table(piece);
      if (!draft_.pieces.empty() && total(draft_) + piece.cost > budget_) finish();
      if (draft_.pieces.empty()) repeat_header(piece);
      draft_.pieces.push_back(&piece);
      draft_.cost += piece.cost;
    }
    finish();
    return std::move(drafts_);
  }

  static std::size_t total(const Draft& draft) {
    return draft.cost + (draft.table_header == nullptr ? 0 : draft.table_header->cost);
  }

 private:
  void follow_table(const Piece& piece) {
    if (piece.block->kind != BlockKind::TableRow) header_ = nullptr;
    if (piece.block->table_header) header_ = &piece;
  }

  void repeat_header(const Piece& piece) {
    const bool continues = header_ != nullptr && header_->block != piece.block;
    draft_.table_header = continues && header_->cost + piece.cost <= budget_ ? header_ : nullptr;
  }

  void finish() {
    if (!draft_.pieces.empty()) drafts_.push_back(std::exchange(draft_, Draft{}));
  }

  const std::vector<Piece>& pieces_;
  std::size_t budget_;
  const Piece* header_ = nullptr;
  Draft draft_;
  std::vector<Draft> drafts_;
};

class Splitter {
 public:
  Splitter(const ExtractedDocument& document, const index::TokenCounter& tokens,
           const config::PassageSettings& settings)
      : document_(document),
        title_(shortened_heading(document.title)),
        tokens_(tokens),
        window_(std::max<std::size_t>(tokens.window(), 1)),
        limit_(std::min(settings.max_tokens == 0 ? kUnlimited : settings.max_tokens, window_)),
        min_tokens_(settings.min_tokens) {}

  std::vector<Passage> split() {
    for (const Section& section : sections_of(document_)) add_section(section);
    if (passages_.empty() && !title_.empty())
      add_passage(Section{}, SourceRange{}, document_.title);
    return std::move(passages_);
  }

 private:
  void add_section(const Section& section) {
    set_prefix(section);
    const std::size_t budget = std::max<std::size_t>(limit_ - std::min(limit_, prefix_cost_), 1);
    const std::vector<Piece> pieces = pieces_of(section, budget);
    std::vector<Draft> drafts = Packer(pieces, budget).pack();
    join_tiny_end(drafts);
    for (const Draft& draft : drafts) add_passage(section, range_of(draft), text_of(draft));
  }

  // At least half of the limit is for the text: headings give way, the outermost first.
  void set_prefix(const Section& section) {
    std::vector<std::string> path = section.path;
    std::string title = title_;
    const auto cost = [&] { return tokens_.count(title) + tokens_.count(joined(path)); };
    prefix_cost_ = cost();
    while (prefix_cost_ > limit_ / 2 && (!path.empty() || !title.empty())) {
      if (path.size() > 1) {
        path.erase(path.begin());
      } else if (!title.empty()) {
        title.clear();
      } else {
        path.clear();
      }
      prefix_cost_ = cost();
    }
    prefix_ = title + (title.empty() ? "" : "\n") + joined(path) + (path.empty() ? "" : "\n");
  }

  std::vector<Piece> pieces_of(const Section& section, std::size_t budget) const {
    std::vector<Piece> pieces;
    for (const Block* block : section.blocks) {
      const std::size_t cost = cost_of(block->text, tokens_);
      if (cost <= budget) {
        pieces.push_back({block->text, block, cost});
        continue;
      }
      const CutAt at = block->kind == BlockKind::Code ? CutAt::Lines : CutAt::Sentences;
      for (std::string_view part : cut(block->text, at, budget, tokens_)) {
        part = block->kind == BlockKind::Code ? trim_right(part) : trim(part);
        pieces.push_back({part, block, cost_of(part, tokens_)});
      }
    }
    return pieces;
  }

  void join_tiny_end(std::vector<Draft>& drafts) const {
    if (drafts.size() < 2 || drafts.back().cost >= min_tokens_) return;
    Draft& before = drafts[drafts.size() - 2];
    const Draft& last = drafts.back();
    if (prefix_cost_ + Packer::total(before) + last.cost > window_) return;
    before.pieces.insert(before.pieces.end(), last.pieces.begin(), last.pieces.end());
    before.cost += last.cost;
    drafts.pop_back();
  }

  // Counting parts and adding up is exact for encoders that split at white space first. For any
  // other, the text is cut in two until it fits.
  void add_passage(const Section& section, const SourceRange& range, std::string text) {
    std::vector<std::string> todo{std::move(text)};
    while (!todo.empty()) {
      std::string part = std::move(todo.back());
      todo.pop_back();
      std::string encoded = encoded_text(part);
      const std::size_t count = tokens_.count(encoded);
      if (count > window_ && part.size() > 4) {
        const auto halves = cut(part, CutAt::Sentences,
                                std::max<std::size_t>(cost_of(part, tokens_) / 2, 1), tokens_);
        if (halves.size() > 1) {
          std::transform(halves.rbegin(), halves.rend(), std::back_inserter(todo),
                         [](std::string_view half) { return std::string(trim(half)); });
          continue;
        }
        encoded = part;
      }
      Passage passage;
      passage.ordinal = passages_.size();
      passage.heading_path = section.path;
      passage.anchor = section.anchor;
      passage.text = std::move(part);
      passage.encoded_text = std::move(encoded);
      passage.text_hash = to_hex(hash128(passage.encoded_text));
      passage.range = range;
      passages_.push_back(std::move(passage));
    }
  }

  std::string encoded_text(const std::string& text) const {
    const bool only_title = text == document_.title;
    return only_title ? text : prefix_ + text;
  }

  const ExtractedDocument& document_;
  std::string title_;
  const index::TokenCounter& tokens_;
  std::size_t window_;
  std::size_t limit_;
  std::size_t min_tokens_;
  std::string prefix_;
  std::size_t prefix_cost_ = 0;
  std::vector<Passage> passages_;
};

}  // namespace

std::vector<Passage> split(const ExtractedDocument& document, const index::TokenCounter& tokens,
                           const config::PassageSettings& settings) {
  return Splitter(document, tokens, settings).split();
}

}  // namespace freshet::pipeline
