#include "sources/url_template.h"

#include <utility>

#include "base/percent_encode.h"

namespace freshet::sources {
Result<UrlTemplate> UrlTemplate::parse(std::string_view text) {
  UrlTemplate result;
  while (!text.empty()) {
    const auto open = text.find('{');
    if (open != 0) result.parts_.push_back({Kind::Text, std::string(text.substr(0, open))});
    if (open == std::string_view::npos) break;
    const auto close = text.find('}', open);
    if (close == std::string_view::npos) {
      return Error{ErrorKind::Invalid, "a \"{\" in the url template is never closed"};
    }
    FRESHET_TRY(const auto kind, placeholder(text.substr(open + 1, close - open - 1)));
    result.parts_.push_back({kind, {}});
    text.remove_prefix(close + 1);
  }
  return result;
}

Result<UrlTemplate::Kind> UrlTemplate::placeholder(std::string_view name) {
  if (name == "path") return Kind::Path;
  if (name == "path_without_extension") return Kind::PathWithoutExtension;
  if (name == "file") return Kind::File;
  if (name == "directory") return Kind::Directory;
  return Error{ErrorKind::Invalid,
               "the url template has an unknown placeholder {" + std::string(name) +
                   "}; use {path}, {path_without_extension}, {file} or {directory}"};
}

std::string_view UrlTemplate::select(Kind kind, std::string_view path) {
  const auto slash = path.rfind('/');
  const auto file_start = slash == std::string_view::npos ? 0 : slash + 1;
  switch (kind) {
    case Kind::File:
      return path.substr(file_start);
    case Kind::Directory:
      return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
    case Kind::PathWithoutExtension: {
      const auto dot = path.rfind('.');
      // A leading dot names a hidden file; it does not start an extension.
      return dot == std::string_view::npos || dot <= file_start ? path : path.substr(0, dot);
    }
    default:
      return path;
  }
}

std::string UrlTemplate::fill(std::string_view path) const {
  std::string url;
  bool drop_slash = false;
  for (const auto& part : parts_) {
    if (part.kind == Kind::Text) {
      const bool skip = drop_slash && part.text.starts_with('/');
      url += std::string_view(part.text).substr(skip ? 1 : 0);
      drop_slash = false;
      continue;
    }
    const auto value = select(part.kind, path);
    drop_slash = part.kind == Kind::Directory && value.empty();
    url += percent_encode(value, "/");
  }
  return url;
}

}  // namespace freshet::sources
