#include "pipeline/passages/sections.h"

#include "base/utf8.h"

namespace freshet::pipeline {
namespace {

class SectionReader {
 public:
  explicit SectionReader(const ExtractedDocument& document) : document_(document) {}

  std::vector<Section> read() {
    for (const Block& block : document_.blocks) {
      if (block.kind == BlockKind::Heading) {
        finish(block.level);
        start(block);
      } else {
        body_.push_back(&block);
      }
    }
    finish(0);
    return std::move(sections_);
  }

 private:
  void start(const Block& heading) {
    while (!above_.empty() && above_.back()->level >= heading.level) above_.pop_back();
    above_.push_back(&heading);
  }

  void finish(std::size_t next_level) {
    const Block* own = above_.empty() ? nullptr : above_.back();
    const bool lonely = body_.empty() && own != nullptr && own->level >= next_level;
    const bool too_long = own != nullptr && own->text.size() > kMaxHeadingBytes;
    if (lonely || too_long) body_.insert(body_.begin(), own);
    if (body_.empty()) return;
    Section section;
    section.blocks = std::move(body_);
    body_.clear();
    section.anchor = own == nullptr ? std::string() : own->anchor;
    for (const Block* heading : above_) {
      const bool repeated = heading->text == document_.title || (lonely && heading == own);
      if (!repeated) section.path.push_back(shortened_heading(heading->text));
    }
    sections_.push_back(std::move(section));
  }

  const ExtractedDocument& document_;
  std::vector<const Block*> above_;
  std::vector<const Block*> body_;
  std::vector<Section> sections_;
};

}  // namespace

std::string shortened_heading(const std::string& heading) {
  if (heading.size() <= kMaxHeadingBytes) return heading;
  return std::string(truncate_utf8(heading, kMaxHeadingBytes)) + "…";
}

std::vector<Section> sections_of(const ExtractedDocument& document) {
  return SectionReader(document).read();
}

}  // namespace freshet::pipeline
