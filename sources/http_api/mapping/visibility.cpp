#include "sources/http_api/mapping/visibility.h"

#include <string_view>
#include <utility>

namespace freshet::sources::http_api {
namespace {

/// Whoever names a group "public" does not make public what is for that group.
void drop_wide_names(std::vector<std::string>& principals) {
  std::erase_if(principals, [](std::string_view principal) {
    return principal == "public" || principal == kSignedInPrincipal;
  });
}

}  // namespace

Audience audience_of(const std::vector<VisibilityRule>& rules, const Value& record,
                     const FieldValues& fields, const Audience& parent) {
  for (const VisibilityRule& rule : rules) {
    if (rule.when) {
      const auto holds = fields.value(rule.when, record);
      if (!holds) return {};
      // Only true itself: a field that happens to be there is no test that was passed.
      const bool passed =
          rule.level == Level::Public ? *holds == Value::boolean(true) : holds->truthy();
      if (!passed) continue;
    }
    if (!rule.level) return parent;
    auto principals = fields.texts(rule.principals, record);
    if (!principals) return {};
    drop_wide_names(*principals);
    return {*rule.level, std::move(*principals)};
  }
  return {};
}

}  // namespace freshet::sources::http_api
