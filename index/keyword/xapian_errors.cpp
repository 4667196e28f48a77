#include "index/keyword/xapian_errors.h"

namespace freshet::index {
namespace {

ErrorKind kind_of(const std::string& type) {
  if (type == "DatabaseLockError") return ErrorKind::Locked;
  if (type == "DatabaseModifiedError" || type == "NetworkError") return ErrorKind::Unavailable;
  if (type.starts_with("Database") || type == "DocNotFoundError" || type == "RangeError" ||
      type == "FeatureUnavailableError" || type == "SerialisationError") {
    return ErrorKind::Corrupt;
  }
  return ErrorKind::Internal;
}

}  // namespace

Error xapian_error(std::string_view activity, const Xapian::Error& error) {
  const char* reason = error.get_error_string();
  std::string message = "cannot " + std::string(activity) + ": " + error.get_msg();
  if (reason != nullptr) message += std::string(" (") + reason + ")";
  const bool full =
      reason != nullptr && std::string_view(reason).find("No space") != std::string_view::npos;
  const ErrorKind kind = full ? ErrorKind::Exhausted : kind_of(error.get_type());
  if (kind == ErrorKind::Corrupt) message += "; run `freshet rebuild`";
  return Error{kind, std::move(message)};
}

}  // namespace freshet::index
