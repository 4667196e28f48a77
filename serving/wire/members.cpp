#include "serving/wire/members.h"

#include "base/nearest_name.h"

namespace freshet::serving {

std::string no_such(std::string_view what, std::string_view name,
                    std::span<const std::string_view> known) {
  const std::string start = "no such " + std::string(what) + "; ";
  if (const auto nearest = nearest_name(name, known)) {
    return start + "did you mean \"" + std::string(*nearest) + "\"?";
  }
  std::string list;
  for (const auto candidate : known) list += (list.empty() ? "" : ", ") + std::string(candidate);
  return start + "known are " + list;
}

std::string pointer_to(std::string_view name) {
  std::string pointer = "/";
  for (const char c : name) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
  return pointer;
}

}  // namespace freshet::serving
