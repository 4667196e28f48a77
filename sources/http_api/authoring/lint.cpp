#include "sources/http_api/authoring/lint.h"

#include <algorithm>
#include <string>

#include "config/tree.h"
#include "sources/http_api/mapping/visibility.h"
#include "sources/thread.h"

namespace freshet::sources::http_api {
namespace {

class Linter {
 public:
  Linter(const config::Node& root, config::Problems& problems)
      : root_(&root), problems_(&problems) {}

  void check(const StreamSpec& stream) {
    const config::Node& node = *root_->member("streams")->member(stream.name);
    name_ = "streams." + stream.name;
    at_ = node.key_at;
    if (stream.lookup) check_lookup(node);
    if (!stream.map) return;
    check(stream.map->visibility, "map.visibility");
    if (stream.map->messages) check(stream.map->messages->visibility, "map.messages.visibility");
    const bool finds_deletions = stream.tombstone || stream.sweep || stream.deleted_feed ||
                                 stream.cursor.type == CursorType::Full;
    if (!finds_deletions)
      problems_->error(
          at_, name_ + ".deletes",
          "is missing: nothing would ever be deleted. Add a sweep, a feed or a tombstone");
    if (!stream.sweep && stream.cursor.type != CursorType::Full &&
        stream.cursor.type != CursorType::Token) {
      problems_->warning(at_, name_ + ".deletes.sweep",
                         "is missing: what vanishes without a trace stays for ever");
    }
  }

 private:
  /// The rows of a lookup are what its listing gives, anew with every sync.
  void check_lookup(const config::Node& stream) {
    for (const auto* name : {"hydrate", "deletes", "tombstone", "rescan", "access"}) {
      if (const config::Node* member = stream.member(name)) {
        problems_->error(member->key_at, name_ + "." + name,
                         "does nothing on a lookup, whose rows are what its listing gives; "
                         "take it out");
      }
    }
  }

  void check_principals(const VisibilityRule& rule, const std::string& where) {
    const bool is_for_groups = rule.level == Level::Restricted || rule.level == Level::Segment;
    if (!is_for_groups || rule.principals) return;
    problems_->warning(at_, name_ + "." + where,
                       "has a rule of level " + std::string(name_of(*rule.level)) +
                           " without principals, so only staff sees what it holds for: add "
                           "principals: EXPR, or write level: internal");
  }

  /// A record without any field, and one of nulls, must not be open to anybody but staff.
  void check(const std::vector<VisibilityRule>& rules, const std::string& where) {
    const FieldValues fields({}, {});
    for (const VisibilityRule& rule : rules) {
      check_principals(rule, where);
      if (rule.level != Level::Public && rule.level != Level::SignedIn) continue;
      for (const Value& record : {Value::object(), Value()}) {
        const auto holds = fields.value(rule.when, record);
        const bool open = !rule.when || (holds && holds->truthy());
        if (!open) continue;
        problems_->error(at_, name_ + "." + where,
                         "opens a record that lacks the field: test that it is there and what it "
                         "is (has(\"x\") and .x == false), not what it is not");
        return;
      }
    }
  }

  const config::Node* root_;
  config::Problems* problems_;
  std::string name_;
  config::Position at_;
};

}  // namespace

void lint(const Manifest& manifest, std::string_view text, config::Problems& problems) {
  config::Problems ignored;
  const auto root = config::parse_tree(text, ignored, config::Anchors::Expanded);
  if (!root) return;
  Linter linter(*root, problems);
  for (const StreamSpec& stream : manifest.streams) linter.check(stream);
  if (manifest.limits.empty())
    problems.warning({}, "limits", "is missing: requests are sent as fast as they are answered");
}

}  // namespace freshet::sources::http_api
