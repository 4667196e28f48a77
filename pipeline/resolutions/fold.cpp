#include "pipeline/resolutions/fold.h"

#include <algorithm>

#include "pipeline/extract/text.h"
#include "pipeline/resolutions/fold_forms.h"

namespace freshet::pipeline {

void blank_out(std::string& text, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < std::min(end, text.size()); ++i) {
    if (text[i] != '\n' && text[i] != '\r') text[i] = ' ';
  }
}

std::string fold(std::string_view body, std::string_view media_type) {
  const std::string type = to_lower(trim(media_type.substr(0, media_type.find(';'))));
  if (type == "text/html" || type == "application/xhtml+xml") return fold_html(body);
  if (type.empty() || type.starts_with("text/")) return fold_lines(body);
  return std::string(body);
}

}  // namespace freshet::pipeline
