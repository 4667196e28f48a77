#include "serving/wire/passage_json.h"

#include <nlohmann/json.hpp>

#include "serving/wire/search_response.h"

namespace freshet::serving {

Json document_json(const index::DocumentFields& fields) {
  return {{"document_id", fields.id},
          {"title", fields.title},
          {"url", text_or_null(fields.url)},
          {"source", fields.source},
          {"path", fields.path},
          {"locale", text_or_null(fields.language)},
          {"updated_at", text_or_null(fields.updated_at)},
          {"owner", text_or_null(fields.owner)},
          {"metadata", fields.metadata}};
}

Json passage_json(const index::Passage& passage) {
  return {{"content", passage.text},
          {"heading_path", passage.heading_path},
          {"anchor", text_or_null(passage.anchor)},
          {"range",
           {{"byte_begin", passage.range.byte_begin},
            {"byte_end", passage.range.byte_end},
            {"line_first", passage.range.line_first},
            {"line_last", passage.range.line_last}}}};
}

}  // namespace freshet::serving
