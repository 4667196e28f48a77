#include "sources/http_api/manifest/read_manifest.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "config/names.h"
#include "sources/http_api/manifest/auth_reader.h"
#include "sources/http_api/manifest/listing_reader.h"
#include "sources/http_api/manifest/map_reader.h"
#include "sources/http_api/manifest/references.h"
#include "sources/http_api/manifest/stream_reader.h"

namespace freshet::sources::http_api {
namespace {

using config::Node;
using config::Problems;

void read_pattern(MapReader& reader, ConfigOption& option) {
  const Node* node = reader.member("pattern");
  if (node == nullptr) return;
  option.pattern = reader.text("pattern").value_or("");
  auto fits = Pattern::compile(option.pattern);
  if (!fits) return reader.error(*node, "pattern", fits.error().message);
  option.fits = std::move(*fits);
}

ConfigOption read_option(const Node& node, Problems& problems) {
  MapReader reader(node, "config." + node.key, problems);
  ConfigOption option;
  option.name = node.key;
  reader.required("type");
  const auto type =
      reader.choice("type", {"string", "secret", "url", "number", "flag", "list", "time"});
  if (type) option.type = static_cast<ConfigOption::Type>(*type);
  option.meaning = reader.text("meaning").value_or("");
  read_pattern(reader, option);
  option.fallback = reader.text("default");
  option.optional = reader.flag("optional") || option.fallback.has_value();
  reader.finish();
  return option;
}

AboutSpec read_about(MapReader& manifest) {
  AboutSpec about;
  const Node* node = manifest.member("about");
  if (node == nullptr) return about;
  MapReader reader(*node, "about", manifest.problems());
  about.pulls = reader.text("pulls").value_or("");
  about.changes = reader.text("changes").value_or("");
  about.deletions = reader.text("deletions").value_or("");
  about.authorisation = reader.text("authorisation").value_or("");
  if (const Node* fresh = reader.member("freshness")) {
    MapReader bounds(*fresh, "about.freshness", manifest.problems());
    about.fresh_new = bounds.text("new").value_or("");
    about.fresh_changed = bounds.text("changed").value_or("");
    about.fresh_deleted = bounds.text("deleted").value_or("");
    about.fresh_permission = bounds.text("permission").value_or("");
    bounds.finish();
  }
  reader.finish();
  return about;
}

RateLimit read_limit(const Node& node, Problems& problems) {
  MapReader reader(node, "limits", problems);
  RateLimit rate;
  rate.match = reader.text("match").value_or("");
  reader.required("max");
  rate.max = reader.number("max", 1e9).value_or(1);
  rate.per = reader.duration("per").value_or(rate.per);
  if (rate.max == 0)
    reader.error(*reader.member("max"), "max",
                 "must be 1 or more; take the limit out if there is none");
  if (rate.per.count() == 0)
    reader.error(*reader.member("per"), "per", "must be longer than nothing");
  reader.finish();
  return rate;
}

void read_limits(MapReader& reader, Manifest& manifest) {
  for (const Node& node : reader.items("limits"))
    manifest.limits.push_back(read_limit(node, reader.problems()));
}

void read_rate_headers(MapReader& reader, Manifest& manifest) {
  const Node* node = reader.member("rate_headers");
  if (node == nullptr) return;
  MapReader headers(*node, "rate_headers", reader.problems());
  for (const Node& child : node->children) {
    RateHeader header{child.key, RateHeader::Meaning::WaitSeconds};
    std::transform(header.name.begin(), header.name.end(), header.name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto meaning =
        headers.choice(child.key, {"wait", "reset_epoch", "reset_seconds", "reset_time"});
    if (meaning) header.meaning = static_cast<RateHeader::Meaning>(*meaning);
    manifest.rate_headers.push_back(std::move(header));
  }
}

void read_streams(MapReader& reader, Manifest& manifest) {
  const Node* streams = reader.required("streams");
  if (streams == nullptr) return;
  if (streams->kind != Node::Kind::Map || streams->children.empty()) {
    reader.error(*streams, "streams", "must be a map of streams (articles: {get: ...})");
    return;
  }
  for (const Node& node : streams->children) {
    manifest.streams.push_back(read_stream(node, reader.problems()));
  }
  std::stable_partition(manifest.streams.begin(), manifest.streams.end(),
                        [](const StreamSpec& stream) { return stream.lookup; });
}

Manifest read_top(const Node& root, Problems& problems) {
  MapReader reader(root, "", problems);
  Manifest manifest;
  reader.required("manifest");
  reader.choice("manifest", {"1"});
  manifest.id = reader.required_text("id");
  const Node* id = reader.member("id");
  if (id != nullptr && id->kind == Node::Kind::Scalar && !config::is_source_name(manifest.id)) {
    reader.error(*id, "id", "must be lower-case letters, digits, - and _");
  }
  manifest.title = reader.text("title").value_or(manifest.id);
  manifest.about = read_about(reader);
  for (const Node& node : reader.members("config")) {
    manifest.config.push_back(read_option(node, problems));
  }
  if (reader.required("base") != nullptr) manifest.base = reader.text_template("base");
  for (const Node& host : reader.items("hosts")) {
    auto text = read_template(host, "hosts", SecretUse::Refused, problems);
    if (text) manifest.hosts.push_back(std::move(*text));
  }
  manifest.headers = reader.templates("headers", SecretUse::Allowed);
  manifest.auth = read_auth(reader);
  read_limits(reader, manifest);
  read_rate_headers(reader, manifest);
  manifest.on = read_rules(reader);
  read_streams(reader, manifest);
  reader.member("definitions");  // A place for anchors.
  reader.finish();
  return manifest;
}

std::string_view last_name(std::string_view dotted) {
  return dotted.substr(dotted.rfind('.') + 1);
}

/// What is inherited (a sweep's listing) or named by an alias is read more than once.
std::vector<config::Problem> without_copies(const std::vector<config::Problem>& sorted) {
  std::vector<config::Problem> kept;
  for (const config::Problem& problem : sorted) {
    const bool copy = std::any_of(kept.begin(), kept.end(), [&](const config::Problem& other) {
      return other.at == problem.at && other.message == problem.message &&
             last_name(other.option) == last_name(problem.option);
    });
    if (!copy) kept.push_back(problem);
  }
  return kept;
}

}  // namespace

std::optional<Manifest> read_manifest(std::string_view text, Problems& problems) {
  Problems own;
  const auto root = config::parse_tree(text, own, config::Anchors::Expanded);
  std::optional<Manifest> manifest;
  if (root) {
    manifest = read_top(*root, own);
    manifest->hash = to_hex(hash128(text)).substr(0, 16);
    check_references(*manifest, *root, own);
  }
  bool usable = manifest.has_value();
  for (const auto& problem : without_copies(own.sorted())) {
    if (problem.severity == config::Severity::Error) {
      usable = false;
      problems.error(problem.at, problem.option, problem.message);
    } else {
      problems.warning(problem.at, problem.option, problem.message);
    }
  }
  if (!usable) return std::nullopt;
  return manifest;
}

}  // namespace freshet::sources::http_api
