#include "base/result.h"

namespace freshet {

std::string_view name_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::NotFound:
      return "not_found";
    case ErrorKind::Invalid:
      return "invalid";
    case ErrorKind::Unavailable:
      return "unavailable";
    case ErrorKind::Denied:
      return "denied";
    case ErrorKind::Locked:
      return "locked";
    case ErrorKind::Refused:
      return "refused";
    case ErrorKind::Interrupted:
      return "interrupted";
    case ErrorKind::Exhausted:
      return "exhausted";
    case ErrorKind::Corrupt:
      return "corrupt";
    case ErrorKind::Internal:
      return "internal";
  }
  return "internal";
}

Error while_doing(std::string_view activity, Error error) {
  error.message = "cannot " + std::string(activity) + ": " + error.message;
  return error;
}

}  // namespace freshet
