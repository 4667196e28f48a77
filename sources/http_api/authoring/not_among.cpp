#include "sources/http_api/authoring/not_among.h"

#include "base/nearest_name.h"

namespace freshet::sources::http_api {

std::string not_among(std::string_view written, std::span<const std::string_view> known) {
  std::string text = "\"" + std::string(written) + "\", which is none of ";
  for (const auto& name : known) text += (&name == known.data() ? "" : ", ") + std::string(name);
  if (known.empty()) text += "what there is";
  const auto nearest = nearest_name(written, known);
  return nearest ? text + "; did you mean \"" + std::string(*nearest) + "\"?" : text;
}

}  // namespace freshet::sources::http_api
