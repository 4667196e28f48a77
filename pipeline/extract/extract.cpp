#include "pipeline/extract/extract.h"

#include <algorithm>
#include <iterator>

#include "base/text/decode.h"
#include "pipeline/extract/formats.h"
#include "pipeline/extract/front_matter.h"
#include "pipeline/extract/language.h"
#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

std::string first_title(const ExtractedDocument& document) {
  for (const Block& block : document.blocks) {
    if (block.kind == BlockKind::Heading && block.level == 1) return block.text;
  }
  return {};
}

std::vector<std::string> make_globs() {
  std::vector<std::string> globs;
  for (const Format& format : formats()) {
    for (const std::string_view ending : split_at(format.endings, ' ')) {
      if (!ending.empty()) globs.push_back("**/*" + std::string(ending));
    }
  }
  return globs;
}

}  // namespace

Result<ExtractedDocument> extract(const ExtractInput& input) {
  FRESHET_TRY(DecodedText decoded, decode_text(input.body));
  const Format& format = format_of(input.path, input.media_type, decoded.text);
  FRESHET_TRY(ExtractedDocument document, format.extract(decoded.text));
  if (document.title.empty()) document.title = first_title(document);
  std::stable_sort(document.links.begin(), document.links.end(),
                   [](const ExtractedLink& a, const ExtractedLink& b) { return a.line < b.line; });
  document.warnings.insert(document.warnings.begin(),
                           std::make_move_iterator(decoded.warnings.begin()),
                           std::make_move_iterator(decoded.warnings.end()));
  if (!input.language.empty()) {
    document.language = language_code(input.language);
  } else if (document.language.empty()) {
    document.language = detect_language(document);
  }
  return document;
}

const std::vector<std::string>& readable_globs() {
  static const std::vector<std::string> kGlobs = make_globs();
  return kGlobs;
}

}  // namespace freshet::pipeline
