#include "sources/document_form.h"

#include <utility>

#include "base/hash.h"

namespace freshet::sources {
namespace {

/// Joins texts so that no two different lists give the same result.
std::string key_of(const std::vector<std::string>& texts) {
  std::string key;
  for (const auto& text : texts) key += std::to_string(text.size()) + ':' + text;
  return key;
}

}  // namespace

Result<DocumentForm> DocumentForm::create(const config::SourceSettings& settings) {
  FRESHET_TRY(auto filter, PathFilter::create(settings.include, settings.exclude));
  FRESHET_TRY(auto url, UrlTemplate::parse(settings.url));
  DocumentForm form(std::move(filter), std::move(url));
  form.allow_ = settings.principals;
  form.allow_key_ = key_of(settings.principals);
  form.max_document_bytes_ = settings.max_document_bytes;
  form.fingerprint_ =
      to_hex(hash128(key_of({key_of(settings.include), key_of(settings.exclude), settings.url,
                             form.allow_key_, std::to_string(settings.max_document_bytes)})));
  return form;
}

Document DocumentForm::blank(std::string_view path, std::string_view owner) const {
  Document document;
  document.external_id = path;
  document.path = path;
  document.url = url_.fill(path);
  document.allow = allow_;
  document.provenance.owner = owner;
  return document;
}

std::string DocumentForm::stamp(std::string_view path, std::string_view owner) const {
  return to_hex(hash128(key_of({url_.fill(path), allow_key_, std::string(owner)}))).substr(0, 16);
}

}  // namespace freshet::sources
