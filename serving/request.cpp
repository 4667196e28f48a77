#include "serving/request.h"

#include <algorithm>

namespace freshet::serving {

std::optional<std::string_view> header(const Request& request, std::string_view name) {
  const auto found = std::find_if(request.headers.begin(), request.headers.end(),
                                  [&](const auto& field) { return field.first == name; });
  if (found == request.headers.end()) return std::nullopt;
  return found->second;
}

std::size_t header_count(const Request& request, std::string_view name) {
  return static_cast<std::size_t>(
      std::count_if(request.headers.begin(), request.headers.end(),
                    [&](const auto& field) { return field.first == name; }));
}

}  // namespace freshet::serving
