#include "pipeline/redacted_document.h"

#include <filesystem>
#include <utility>

#include "pipeline/extract/extract.h"
#include "pipeline/redaction/policy.h"
#include "pipeline/resolutions/extract_thread.h"
#include "pipeline/resolutions/renditions.h"
#include "sources/thread.h"

namespace freshet::pipeline {
namespace {

Result<ExtractedDocument> extracted_from(const sources::Document& document,
                                         std::string_view language) {
  if (document.media_type == sources::kThreadMediaType) {
    return extract_thread(document.body, language);
  }
  return extract({document.path, document.media_type, document.body, language});
}

}  // namespace

Redactor redactor_for(const DocumentRecord& record, const config::SourceSettings& source) {
  const bool is_thread = record.document.media_type == sources::kThreadMediaType;
  return {redact_policy(source.redact, is_thread ? RedactAction::Mask : RedactAction::Keep),
          thread_id_of(record.id)};
}

RedactedDocument redacted_document(const DocumentRecord& record, std::string_view language,
                                   Redactor& redactor) {
  const sources::Document& document = record.document;
  RedactedDocument redacted;
  auto extracted = extracted_from(document, language);
  if (!extracted) redacted.failure = record.id + ": " + extracted.error().message;
  if (extracted) redacted.text = *std::move(extracted);
  ExtractedDocument& text = redacted.text;
  if (text.title.empty()) text.title = document.title;
  if (text.owner.empty()) text.owner = document.provenance.owner;
  text.metadata.insert(document.metadata.begin(), document.metadata.end());
  redactor.redact(text);
  return redacted;
}

std::string title_from_path(const std::string& path, Redactor& redactor) {
  return redactor.redact_title(std::filesystem::path(path).stem().string());
}

}  // namespace freshet::pipeline
