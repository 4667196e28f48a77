#include "config/read_settings.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/files.h"
#include "config/option_tables.h"
#include "config/sections.h"
#include "config/source_reader.h"
#include "config/table_reader.h"
#include "config/tree.h"

namespace freshet::config {
namespace {

constexpr std::size_t kMostFileBytes = 2'000'000;

bool is_written(const Node& root, Problems& problems) {
  if (root.kind == Node::Kind::Null) {
    problems.error({}, "", "is empty; `freshet init` writes a commented example");
    return false;
  }
  if (root.kind != Node::Kind::Map) {
    problems.error(root.at, "", "must be a map of options (name: value) at its top");
    return false;
  }
  return true;
}

/// Nothing else is worth saying about a file of another version.
bool is_our_version(const Node& root, Problems& problems) {
  const Node* version = root.member("version");
  if (version == nullptr) {
    problems.error(root.at, "version", "is missing; start the file with \"version: 1\"");
    return true;
  }
  if (version->text == "1") return true;
  problems.error(version->at, "version",
                 "must be 1; a file of a newer version needs a newer freshet");
  return false;
}

void read_top(const Node& root, ValueReader& reader, Settings& settings) {
  const Scope top{root, ""};
  auto known = names_of(top_options());
  read_table(top_options().subspan(1), top, reader, settings);
  for (const auto& section : sections()) {
    known.push_back(section.name);
    const Node* node = root.member(section.name);
    const Scope scope{node == nullptr ? root : *node, std::string(section.name)};
    if (node != nullptr && expect_map(*node, section.name, reader.problems())) {
      section.read(scope, reader, settings);
    }
  }
  known.push_back("sources");
  report_unknown(top, known, reader.problems());
  if (const Node* list = root.member("sources")) {
    settings.sources = read_sources(*list, reader);
  } else {
    reader.problems().error(root.at, "sources", "is missing; name at least one source to read");
  }
}

/// What follows from several parts of the file.
void complete(Settings& settings, const Surroundings& surroundings) {
  auto& encoder = settings.encoder;
  if (encoder.kind == EncoderKind::Model && encoder.model.empty()) {
    encoder.model = surroundings.default_model_directory;
  }
  for (auto& source : settings.sources) {
    if (auto* git = std::get_if<GitSettings>(&source.kind)) {
      git->mirror = settings.data_dir / "mirrors" / (source.name + ".git");
    }
    if (auto* api = std::get_if<HttpApiSettings>(&source.kind)) {
      api->state_directory = settings.data_dir / "sources" / source.name;
    }
  }
}

Result<Reading> check_file(const std::filesystem::path& file, const Surroundings& surroundings) {
  std::error_code failed;
  const auto absolute = std::filesystem::absolute(file, failed);
  if (failed) return Error{ErrorKind::Invalid, "cannot resolve the path " + file.string()};
  FRESHET_TRY(const auto text, read_file(absolute, kMostFileBytes));
  return check_settings_text(text, absolute.parent_path().lexically_normal(), surroundings);
}

}  // namespace

bool Reading::usable() const {
  return std::none_of(problems.begin(), problems.end(),
                      [](const Problem& problem) { return problem.severity == Severity::Error; });
}

Reading check_settings_text(std::string_view text, const std::filesystem::path& directory,
                            const Surroundings& surroundings) {
  Reading reading;
  Problems problems;
  const auto root = parse_tree(text, problems);
  if (root && is_written(*root, problems) && is_our_version(*root, problems)) {
    ValueReader reader(surroundings.environment, directory, problems);
    read_top(*root, reader, reading.settings);
    complete(reading.settings, surroundings);
  }
  reading.problems = problems.sorted();
  return reading;
}

Reading check_settings(const std::filesystem::path& file, const Surroundings& surroundings) {
  auto reading = check_file(file, surroundings);
  if (reading) return *std::move(reading);
  Reading failed;
  failed.problems.push_back({Severity::Error, {}, "", reading.error().message});
  return failed;
}

Result<Settings> read_settings(const std::filesystem::path& file,
                               const Surroundings& surroundings) {
  FRESHET_TRY(auto reading, check_file(file, surroundings));
  if (reading.usable()) return std::move(reading.settings);
  std::string lines;
  for (const auto& problem : reading.problems) {
    if (problem.severity != Severity::Error) continue;
    lines += (lines.empty() ? "" : "\n") + describe(problem, file.string());
  }
  return Error{ErrorKind::Invalid, std::move(lines)};
}

}  // namespace freshet::config
