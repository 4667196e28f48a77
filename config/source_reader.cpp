#include "config/source_reader.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

#include "base/cron.h"
#include "config/names.h"
#include "config/option_tables.h"
#include "config/source_types.h"

namespace freshet::config {
namespace {

constexpr std::size_t kMostSources = 1000;
constexpr std::array<std::string_view, 4> kPlaceholders{"{path}", "{path_without_extension}",
                                                        "{file}", "{directory}"};

std::vector<std::string_view> type_names() {
  std::vector<std::string_view> names;
  for (const auto& type : source_types()) names.push_back(type.name);
  return names;
}

const SourceType* type_of(const Scope& scope, Problems& problems) {
  const Node* node = scope.map.member("type");
  const auto words = join_alternatives(type_names());
  if (node == nullptr || node->kind != Node::Kind::Scalar) {
    problems.error(node == nullptr ? scope.map.at : node->at, dotted(scope, "type"),
                   "is missing; write " + words);
    return nullptr;
  }
  const auto* type = source_type(node->text);
  if (type == nullptr) {
    problems.error(node->at, dotted(scope, "type"),
                   "\"" + node->text.substr(0, 60) + "\" is no type of source; write " + words);
  }
  return type;
}

/// The other type that has this option, if there is one.
const SourceType* owner_of(std::string_view option, const SourceType& but) {
  for (const auto& type : source_types()) {
    const auto names = type.names();
    const bool has = std::find(names.begin(), names.end(), option) != names.end();
    if (type.name != but.name && has) return &type;
  }
  return nullptr;
}

void report_strangers(const Scope& scope, const SourceType& type, Problems& problems) {
  auto known = names_of(source_options());
  known.insert(known.end(), {"type", "delete_guard", "redact", "resolutions"});
  const auto own = type.names();
  known.insert(known.end(), own.begin(), own.end());

  for (const Node& child : scope.map.children) {
    if (std::find(known.begin(), known.end(), child.key) != known.end()) continue;
    const auto* owner = owner_of(child.key, type);
    if (owner == nullptr) continue;
    problems.error(child.key_at, dotted(scope, child.key),
                   "belongs to type " + std::string(owner->name) + ", but this source is of type " +
                       std::string(type.name) + "; remove it or change the type");
    known.push_back(child.key);
  }
  report_unknown(scope, known, problems);
}

void check_url(const Scope& scope, std::string_view url, Problems& problems) {
  if (url.empty()) return;
  const auto complain = [&](std::string message) {
    problems.error(place_of(scope, "url"), dotted(scope, "url"), std::move(message));
  };
  if (!url.starts_with("https://") && !url.starts_with("http://")) {
    complain("must start with https:// or http://");
  }
  for (auto open = url.find('{'); open != std::string_view::npos; open = url.find('{', open + 1)) {
    const auto rest = url.substr(open);
    const bool known = std::any_of(kPlaceholders.begin(), kPlaceholders.end(),
                                   [&](auto name) { return rest.starts_with(name); });
    if (known) continue;
    complain("\"" + std::string(rest.substr(0, std::min<std::size_t>(rest.find('}'), 40) + 1)) +
             "\" is no placeholder; write " +
             join_alternatives({kPlaceholders.begin(), kPlaceholders.end()}));
  }
}

void check_globs(const Scope& scope, std::string_view option, const std::vector<std::string>& globs,
                 Problems& problems) {
  for (const auto& glob : globs) {
    const bool upward = ("/" + glob + "/").find("/../") != std::string::npos;
    if (!upward && !glob.starts_with('/')) continue;
    problems.error(place_of(scope, option), dotted(scope, option),
                   "\"" + glob.substr(0, 60) +
                       "\" must be relative to the source and stay inside it; leave out / and ..");
  }
}

void check_schedule(const Scope& scope, const std::string& schedule, Problems& problems) {
  if (schedule.empty()) return;
  const auto cron = Cron::parse(schedule);
  if (cron) return;
  problems.error(place_of(scope, "schedule"), dotted(scope, "schedule"), cron.error().message);
}

void check_source(const Scope& scope, const SourceSettings& source, Problems& problems) {
  const Node* name = scope.map.member("name");
  if (name != nullptr && !source.name.empty() && !is_source_name(source.name)) {
    problems.error(name->at, dotted(scope, "name"),
                   "\"" + source.name.substr(0, 60) +
                       "\" is no name; use lower-case letters, digits, - and _, starting with a "
                       "letter or digit");
  }
  check_url(scope, source.url, problems);
  check_schedule(scope, source.schedule, problems);
  check_globs(scope, "include", source.include, problems);
  check_globs(scope, "exclude", source.exclude, problems);
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto& language = source.language;
  if (!language.empty() &&
      (language.size() != 2 || !std::all_of(language.begin(), language.end(), lower))) {
    problems.error(place_of(scope, "language"), dotted(scope, "language"),
                   "must be two lower-case letters, such as en");
  }
  if (source.principals.empty()) {
    problems.error(place_of(scope, "principals"), dotted(scope, "principals"),
                   "is empty, so nobody could see this source; name somebody");
  }
}

/// "sources.docs" where the name is usable, else "sources[2]" (0-based).
std::string scope_name(const Node& map, std::size_t number) {
  const Node* name = map.member("name");
  if (name != nullptr && is_source_name(name->text)) return "sources." + name->text;
  return "sources[" + std::to_string(number) + "]";
}

bool hashes(const RedactSettings& redact) {
  const auto& fields = redact.fields;
  std::vector<std::string> words{redact.email, redact.phone,       redact.card,   redact.iban,
                                 redact.token, redact.ip,          fields.title,  fields.body,
                                 fields.owner, fields.attachments, fields.authors};
  for (const auto& [name, word] : fields.metadata) words.push_back(word);
  return std::find(words.begin(), words.end(), "hash") != words.end();
}

void read_redact(const Scope& scope, ValueReader& reader, RedactSettings& redact) {
  const Node* node = scope.map.member("redact");
  if (node == nullptr) return;
  const Scope inner{*node, dotted(scope, "redact")};
  if (!expect_map(*node, inner.name, reader.problems())) return;
  read_table(redact_options(), inner, reader, redact);
  read_inner("fields", redact_field_options(), inner, reader, redact.fields);
  auto known = names_of(redact_options());
  known.push_back("fields");
  report_unknown(inner, known, reader.problems());
  if (!redact.salt.empty() || !hashes(redact)) return;
  reader.problems().error(
      node->at, dotted(inner, "salt"),
      "is missing; hash needs it: write salt: {file: path} to a file of random text");
}

SourceSettings read_source(const Scope& scope, ValueReader& reader) {
  SourceSettings source;
  read_table(source_options(), scope, reader, source);
  read_inner("delete_guard", delete_guard_options(), scope, reader, source);
  read_redact(scope, reader, source.redact);
  read_inner("resolutions", resolution_options(), scope, reader, source.resolutions);
  if (const auto* type = type_of(scope, reader.problems())) {
    type->read(scope, reader, source);
    report_strangers(scope, *type, reader.problems());
  }
  check_source(scope, source, reader.problems());
  return source;
}

}  // namespace

std::vector<SourceSettings> read_sources(const Node& list, ValueReader& reader) {
  std::vector<SourceSettings> sources;
  std::map<std::string, std::size_t> first_lines;
  if (list.kind != Node::Kind::List || list.children.empty() ||
      list.children.size() > kMostSources) {
    reader.problems().error(list.at, "sources",
                            "must be a list of 1 to 1000 sources (- name: ...)");
    return sources;
  }
  for (std::size_t i = 0; i < list.children.size(); ++i) {
    const Node& node = list.children[i];
    const Scope scope{node, scope_name(node, i)};
    if (!expect_map(node, scope.name, reader.problems())) continue;
    auto source = read_source(scope, reader);
    const auto [first, fresh] = first_lines.emplace(source.name, node.at.line);
    if (!fresh && !source.name.empty()) {
      reader.problems().error(place_of(scope, "name"), dotted(scope, "name"),
                              "is the name of the source in line " + std::to_string(first->second) +
                                  " too; give this one another");
    }
    sources.push_back(std::move(source));
  }
  return sources;
}

}  // namespace freshet::config
