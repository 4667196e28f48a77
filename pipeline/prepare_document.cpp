#include "pipeline/prepare_document.h"

#include <utility>

#include "base/clock.h"
#include "pipeline/passages/split.h"
#include "pipeline/redacted_document.h"

namespace freshet::pipeline {

namespace {

std::string joined(const std::vector<std::string>& headings) {
  std::string path;
  for (const std::string& heading : headings) {
    if (!path.empty()) path += " > ";
    path += heading;
  }
  return path;
}

const std::string& first_of(const std::string& one, const std::string& other) {
  return one.empty() ? other : one;
}

index::DocumentFields fields_of(const DocumentRecord& record, const ExtractedDocument& extracted,
                                const config::SourceSettings& source) {
  const sources::Document& document = record.document;
  const auto& updated_at = document.provenance.updated_at;
  index::DocumentFields fields;
  fields.id = record.id;
  fields.source = record.source;
  fields.path = document.path;
  fields.title = extracted.title;
  fields.url = document.url;
  fields.language = first_of(extracted.language, source.language);
  fields.content_hash = record.content_hash;
  fields.updated_at = updated_at ? to_rfc3339(*updated_at) : std::string();
  fields.owner = first_of(extracted.owner, source.owner);
  fields.allow = document.allow;
  fields.deny = document.deny;
  fields.metadata = extracted.metadata;
  return fields;
}

DerivedDocument derived_of(const index::IndexedDocument& indexed,
                           const ExtractedDocument& extracted) {
  const index::DocumentFields& fields = indexed.fields;
  DerivedDocument derived{fields.id, fields.title, fields.language, fields.owner, {}, {}, {}};
  for (const index::Passage& passage : indexed.passages) {
    derived.passages.push_back(
        {passage.ordinal, passage.text_hash, joined(passage.heading_path), passage.range});
  }
  for (const ExtractedLink& link : extracted.links) {
    derived.links.push_back(
        {fields.id, fields.path, link.target, link.text, link.quote, link.line, link.kind});
  }
  for (const Block& block : extracted.blocks) {
    if (!block.anchor.empty()) derived.anchors.push_back(block.anchor);
  }
  return derived;
}

}  // namespace

PreparedDocument prepare_document(const DocumentRecord& record,
                                  const config::SourceSettings& source,
                                  const index::TokenCounter& tokens,
                                  const config::PassageSettings& passages) {
  PreparedDocument prepared;
  Redactor redactor = redactor_for(record, source);
  auto [text, failure] = redacted_document(record, source.language, redactor);
  prepared.failure = std::move(failure);
  if (prepared.failure.empty()) prepared.indexed.passages = split(text, tokens, passages);
  prepared.indexed.fields = fields_of(record, text, source);
  if (prepared.indexed.fields.title.empty())
    prepared.indexed.fields.title = title_from_path(record.document.path, redactor);
  prepared.derived = derived_of(prepared.indexed, text);
  return prepared;
}

}  // namespace freshet::pipeline
