#include "config/source_types.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "config/option_tables.h"

namespace freshet::config {
namespace {

/// "https://user:secret@host/...".
bool carries_password(std::string_view address) {
  const auto scheme = address.find("://");
  if (scheme == std::string_view::npos) return false;
  const auto authority = address.substr(scheme + 3, address.find('/', scheme + 3) - scheme - 3);
  const auto at = authority.rfind('@');
  return at != std::string_view::npos &&
         authority.substr(0, at).find(':') != std::string_view::npos;
}

void check(const Scope& scope, const GitSettings& git, Problems& problems) {
  if (carries_password(git.repository)) {
    problems.error(place_of(scope, "repository"), dotted(scope, "repository"),
                   "carries a password; write username: and password: {file: path} instead");
  }
  if (git.repository.starts_with("http://") && !git.password.empty()) {
    problems.warning(place_of(scope, "password"), dotted(scope, "password"),
                     "would travel unencrypted over http://; use https://");
  }
  if (scope.map.member("password") != nullptr && scope.map.member("ssh_key") != nullptr) {
    problems.error(place_of(scope, "ssh_key"), dotted(scope, "ssh_key"),
                   "and password exclude each other; keep ssh_key for an ssh address, password for "
                   "an https one");
  }
  if (scope.map.member("ssh_passphrase") != nullptr && scope.map.member("ssh_key") == nullptr) {
    problems.error(place_of(scope, "ssh_passphrase"), dotted(scope, "ssh_passphrase"),
                   "opens a key, but there is no ssh_key; add it");
  }
}

void check(const Scope& /*scope*/, const FolderSettings& /*folder*/, Problems& /*problems*/) {}

void check(const Scope& scope, const HttpApiSettings& api, Problems& problems) {
  const auto& base = api.base_url;
  if (!base.empty() && !base.starts_with("https://") && !base.starts_with("http://")) {
    problems.error(place_of(scope, "base_url"), dotted(scope, "base_url"),
                   "must start with https:// or http://");
  }
}

constexpr std::array<OptionGroup, 0> kNoGroups{};
constexpr std::array<OptionGroup, 1> kHttpApiGroups{
    {{"attachments", "Whether the files under messages are read.",
      [] { return describe_table(attachment_options()); }}}};

template <typename Kind>
void read_groups(const Scope& /*scope*/, ValueReader& /*reader*/, Kind& /*kind*/) {}

void read_groups(const Scope& scope, ValueReader& reader, HttpApiSettings& api) {
  read_inner("attachments", attachment_options(), scope, reader, api.attachments);
}

template <typename Kind, OptionTable<Kind> (*table)(), const auto& groups>
std::vector<std::string_view> names() {
  auto all = names_of(table());
  for (const OptionGroup& group : groups) all.push_back(group.name);
  return all;
}

/// Paths in options that are not always paths.
template <typename Kind>
void resolve(const ValueReader& /*reader*/, Kind& /*kind*/) {}

void resolve(const ValueReader& reader, HttpApiSettings& api) {
  const bool path = api.manifest.find('/') != std::string::npos || api.manifest.ends_with(".yaml");
  if (path) api.manifest = reader.absolute(api.manifest).string();
}

template <typename Kind, OptionTable<Kind> (*table)(), const auto& groups = kNoGroups>
constexpr SourceType type_of(std::string_view name, std::string_view meaning) {
  return {name,
          meaning,
          groups,
          [] { return describe_table(table()); },
          names<Kind, table, groups>,
          [](const Scope& scope, ValueReader& reader, SourceSettings& source) {
            Kind kind;
            read_table(table(), scope, reader, kind);
            read_groups(scope, reader, kind);
            check(scope, kind, reader.problems());
            resolve(reader, kind);
            source.kind = std::move(kind);
          }};
}

constexpr std::array<SourceType, 3> kTypes{
    type_of<GitSettings, git_options>("git", "Documents in a Git repository."),
    type_of<FolderSettings, folder_options>("folder", "Files below one directory."),
    type_of<HttpApiSettings, http_api_options, kHttpApiGroups>(
        "http_api", "Articles, tickets, pages or topics of a system with a REST API."),
};

}  // namespace

std::span<const SourceType> source_types() {
  return kTypes;
}

const SourceType* source_type(std::string_view name) {
  const auto* const found = std::find_if(kTypes.begin(), kTypes.end(),
                                         [&](const SourceType& type) { return type.name == name; });
  return found == kTypes.end() ? nullptr : found;
}

}  // namespace freshet::config
