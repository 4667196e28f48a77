#include <nlohmann/json.hpp>

#include "base/json.h"
#include "index/filter.h"
namespace freshet::index {
Result<Filter> parse_filter(const Json& json) {
  if (!json.is_object() || !json.contains("type") || json["type"] != "eq")
    return Error{ErrorKind::Invalid, "/type: bad"};
  Filter f;
  f.op = FilterOperator::Equal;
  f.key = json["key"];
  f.values = {json["value"].get<std::string>()};
  return f;
}
}  // namespace freshet::index
