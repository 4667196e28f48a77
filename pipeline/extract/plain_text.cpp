#include "pipeline/extract/plain_text.h"

#include <algorithm>

#include "pipeline/extract/addresses.h"
#include "pipeline/extract/document_builder.h"
#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

using std::string_view;

void add_links(string_view line, std::size_t number, DocumentBuilder& builder) {
  for (Span address = find_address(line, 0); address.begin < line.size();
       address = find_address(line, address.end)) {
    const std::string target(line.substr(address.begin, address.end - address.begin));
    builder.add_link({target, target, "link"}, number);
  }
}

class ParagraphReader {
 public:
  explicit ParagraphReader(DocumentBuilder& builder) : builder_(builder) {}

  void read() {
    const Lines& lines = builder_.lines();
    for (std::size_t number = 1; number <= lines.count(); ++number) {
      const string_view line = lines.line(number);
      if (is_blank(line)) {
        finish();
        continue;
      }
      add_links(line, number, builder_);
      if (text_.empty()) span_.begin = lines.begin(number) + indentation(line);
      span_.end = lines.begin(number) + trim_right(line).size();
      quoted_ = (text_.empty() || quoted_) && trim(line).starts_with('>');
      text_.append(trim_right(line)).push_back('\n');
    }
    finish();
  }

 private:
  void finish() {
    builder_.add(quoted_ ? BlockKind::Quote : BlockKind::Paragraph, clean_code(text_), span_);
    text_.clear();
  }

  DocumentBuilder& builder_;
  std::string text_;
  Span span_;
  bool quoted_ = false;
};

}  // namespace

Result<ExtractedDocument> extract_plain_text(string_view text) {
  ExtractedDocument document;
  DocumentBuilder builder(text, document);
  ParagraphReader(builder).read();
  return document;
}

}  // namespace freshet::pipeline
