#include "sources/http_api/authoring/connectors_markdown.h"

#include <array>
#include <optional>

#include "sources/http_api/manifest/manifest.h"
#include "sources/http_api/manifest/read_manifest.h"
#include "sources/http_api/manifest/shipped.h"
#include "sources/http_api/template_filters.h"

namespace freshet::sources::http_api {
namespace {

std::optional<Manifest> parsed(const ShippedManifest& shipped) {
  config::Problems problems;
  return read_manifest(shipped.text, problems);
}

std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string type_name(ConfigOption::Type type) {
  constexpr std::array kNames{"text",        "{file: path}", "address", "number",
                              "true, false", "list",         "time"};
  return kNames.at(static_cast<std::size_t>(type));
}

std::string system_row(const Manifest& manifest) {
  const AboutSpec& about = manifest.about;
  return "| " + cell(manifest.title) + " | `" + manifest.id + "` | " + cell(about.pulls) + " | " +
         cell(about.changes) + " | " + cell(about.deletions) + " | " + cell(about.authorisation) +
         " |\n";
}

std::string freshness_row(const Manifest& manifest) {
  const AboutSpec& about = manifest.about;
  return "| `" + manifest.id + "` | " + cell(about.fresh_new) + " | " + cell(about.fresh_changed) +
         " | " + cell(about.fresh_deleted) + " | " + cell(about.fresh_permission) + " |\n";
}

std::string option_rows(const Manifest& manifest) {
  std::string rows;
  for (const ConfigOption& option : manifest.config) {
    const std::string fallback = option.fallback   ? "`" + *option.fallback + "`"
                                 : option.optional ? "none"
                                                   : "required";
    rows += "| `" + manifest.id + "` | `" + option.name + "` | " + type_name(option.type) + " | " +
            fallback + " | " + cell(option.meaning) + " |\n";
  }
  return rows;
}

}  // namespace

std::string connectors_markdown() {
  std::string systems =
      "| System | `manifest` | Pulled | Changes are found | Deletions are found | Needs |\n| --- | "
      "--- | --- | --- | --- | --- |\n";
  std::string freshness =
      "| `manifest` | New | Changed | Deleted | Permission |\n| --- | --- | --- | --- | --- |\n";
  std::string options =
      "| `manifest` | `config` | Written as | Default | Meaning |\n| --- | --- | --- | --- | --- "
      "|\n";
  for (const ShippedManifest& shipped : shipped_manifests()) {
    const auto manifest = parsed(shipped);
    if (!manifest) continue;
    systems += system_row(*manifest);
    freshness += freshness_row(*manifest);
    options += option_rows(*manifest);
  }
  return systems +
         "\nHow old what is served may be at worst, counted in syncs of the source and in "
         "time:\n\n" +
         freshness + "\nWhat `config` of a source has to give:\n\n" + options;
}

std::string filters_markdown() {
  std::string table = "| Filter | What it gives |\n| --- | --- |\n";
  for (const Filter& filter : filters())
    table += "| `" + cell(filter.form) + "` | " + cell(filter.meaning) + " |\n";
  return table;
}

}  // namespace freshet::sources::http_api
