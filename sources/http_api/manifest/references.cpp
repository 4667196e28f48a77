#include "sources/http_api/manifest/references.h"

#include <algorithm>
#include <string>

#include "base/nearest_name.h"
#include "config/table_reader.h"

namespace freshet::sources::http_api {
namespace {

/// Reports names of lookup streams that are not there, and lookups that come too late.
class ReferenceCheck {
 public:
  ReferenceCheck(const Manifest& manifest, const config::Node& root, config::Problems& problems)
      : manifest_(&manifest), root_(&root), problems_(&problems) {}

  void check(const StreamSpec& stream) {
    stream_ = &stream;
    if (stream.partition && !stream.partition->stream.empty()) {
      refer(stream.partition->stream, "partition.from");
    }
    if (!stream.map) return;
    const MapSpec& map = *stream.map;
    for (const auto* field : {&map.url, &map.title, &map.language, &map.author, &map.state,
                              &map.outcome, &map.draft, &map.labels, &map.breadcrumb}) {
      check(*field);
    }
    check(map.visibility);
    if (map.messages) check(map.messages->visibility);
  }

 private:
  void check(const OptionalField& field) {
    if (!field) return;
    if (const auto* lookup = std::get_if<LookupField>(&field->form)) refer(lookup->stream, "map");
  }
  void check(const std::vector<VisibilityRule>& rules) {
    for (const VisibilityRule& rule : rules) {
      check(rule.when);
      check(rule.principals);
    }
  }
  void refer(const std::string& name, std::string_view where) {
    const auto& streams = manifest_->streams;
    std::vector<std::string_view> known;
    for (const StreamSpec& stream : streams) {
      if (stream.lookup) known.push_back(stream.name);
      // Lookups are read in the order of the file, so one can only build on an earlier one.
      if (&stream == stream_) break;
      if (stream.lookup && stream.name == name) return;
    }
    const config::Node* at = root_->member("streams")->member(stream_->name);
    const auto nearest = nearest_name(name, known);
    problems_->error(
        at->key_at, "streams." + stream_->name + "." + std::string(where),
        "\"" + name + "\" is no lookup stream before this one" +
            (nearest && *nearest != stream_->name ? "; did you mean " + std::string(*nearest) + "?"
                                                  : ""));
  }

  const Manifest* manifest_;
  const config::Node* root_;
  config::Problems* problems_;
  const StreamSpec* stream_ = nullptr;
};

}  // namespace

void check_references(const Manifest& manifest, const config::Node& root,
                      config::Problems& problems) {
  ReferenceCheck check(manifest, root, problems);
  for (const StreamSpec& stream : manifest.streams) check.check(stream);
}

}  // namespace freshet::sources::http_api
