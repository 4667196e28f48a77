#include "pipeline/extract/language.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include "base/utf8.h"

// Declared by CLD2 in an internal header that drags its tables in.
namespace CLD2 {
const char* LanguageCode(Language lang);
}

namespace freshet::pipeline {
namespace {

constexpr std::size_t kMaxProbeBytes = 32 << 10;
constexpr std::size_t kMinProbeBytes = 60;

std::string prose_of(const ExtractedDocument& document) {
  std::string prose;
  for (const Block& block : document.blocks) {
    if (block.kind == BlockKind::Code) continue;
    prose.append(truncate_utf8(block.text, kMaxProbeBytes)).append("\n");
    if (prose.size() > kMaxProbeBytes) break;
  }
  return prose;
}

}  // namespace

std::string detect_language(const ExtractedDocument& document) {
  const std::string prose = prose_of(document);
  if (prose.size() < kMinProbeBytes) return {};
  bool reliable = false;
  int valid_bytes = 0;
  const CLD2::Language language = CLD2::DetectLanguageCheckUTF8(
      prose.data(), static_cast<int>(prose.size()), true, &reliable, &valid_bytes);
  if (!reliable || language == CLD2::UNKNOWN_LANGUAGE) return {};
  const std::string code = CLD2::LanguageCode(language);
  const bool two_letters = code.size() == 2 || (code.size() > 2 && code[2] == '-');
  return two_letters ? code.substr(0, 2) : std::string();
}

}  // namespace freshet::pipeline
