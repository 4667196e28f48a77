#include "index/segments/manifest.h"

#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/hash.h"
#include "base/json.h"
#include "index/segments/layout.h"
#include "index/segments/record_file.h"

namespace freshet::index {

namespace {

constexpr std::int64_t kFormat = 1;
constexpr std::size_t kChecksumLine = 17;
constexpr std::size_t kMaxCurrentBytes = 4096;

std::uint64_t number(const Json& json, std::string_view key) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(0, json_integer(json, key).value_or(0)));
}

Json to_json(const Manifest& manifest) {
  const GenerationSummary& summary = manifest.summary;
  Json segments = Json::array();
  for (const SegmentEntry& segment : manifest.segments) {
    segments.push_back({{"id", segment.id},
                        {"header_checksum", to_hex64(segment.header_checksum)},
                        {"first_number", segment.first},
                        {"passages", segment.passages}});
  }
  return {{"format", kFormat},
          {"generation", summary.number},
          {"ledger_sequence", summary.ledger_sequence},
          {"published_at", summary.published_at},
          {"encoder_id", summary.identity.encoder_id},
          {"dimension", summary.identity.dimension},
          {"settings_fingerprint", summary.identity.settings_fingerprint},
          {"ledger", summary.identity.ledger},
          {"documents", summary.documents},
          {"next_passage", manifest.next_passage},
          {"next_segment", manifest.next_segment},
          {"segments", segments}};
}

Result<std::vector<SegmentEntry>> segments_from(const Json& json,
                                                const std::filesystem::path& path) {
  std::vector<SegmentEntry> segments;
  const Json* list = json_member(json, "segments");
  if (list == nullptr || !list->is_array()) return damaged_file(path, "it lists no segments");
  for (const Json& item : *list) {
    const auto checksum = from_hex64(json_string(item, "header_checksum").value_or(""));
    if (!checksum) return damaged_file(path, "a segment has no checksum");
    segments.push_back({number(item, "id"), *checksum,
                        static_cast<PassageNumber>(number(item, "first_number")),
                        number(item, "passages")});
  }
  return segments;
}

Result<Manifest> from_json(const Json& json, const std::filesystem::path& path) {
  if (json_integer(json, "format") != kFormat) return damaged_file(path, "its format is not ours");
  Manifest manifest;
  GenerationSummary& summary = manifest.summary;
  summary.number = number(json, "generation");
  summary.ledger_sequence = number(json, "ledger_sequence");
  summary.published_at = json_string(json, "published_at").value_or("");
  summary.identity.encoder_id = json_string(json, "encoder_id").value_or("");
  summary.identity.dimension = number(json, "dimension");
  summary.identity.settings_fingerprint = json_string(json, "settings_fingerprint").value_or("");
  summary.identity.ledger = json_string(json, "ledger").value_or("");
  summary.documents = number(json, "documents");
  manifest.next_passage = static_cast<PassageNumber>(number(json, "next_passage"));
  manifest.next_segment = number(json, "next_segment");
  FRESHET_TRY(manifest.segments, segments_from(json, path));
  return manifest;
}

/// The manifest in `bytes`. CRoaring must not see unchecked bytes: it trusts the inside of a
/// bitmap.
Result<Manifest> parse_manifest(std::string_view bytes, const std::filesystem::path& path) {
  const auto checksum = from_hex64(bytes.substr(0, std::min(bytes.size(), kChecksumLine - 1)));
  if (!checksum || bytes.size() < kChecksumLine || bytes[kChecksumLine - 1] != '\n' ||
      checksum64(bytes.substr(kChecksumLine)) != *checksum) {
    return damaged_file(path, "it fails its checksum");
  }
  bytes.remove_prefix(kChecksumLine);
  const std::size_t line = bytes.find('\n');
  if (line == std::string_view::npos) return damaged_file(path, "it has no live set");
  const auto json = parse_json(bytes.substr(0, line));
  if (!json) return damaged_file(path, json.error().message);
  FRESHET_TRY(Manifest manifest, from_json(*json, path));
  FRESHET_TRY(manifest.live, PassageSet::deserialize(bytes.substr(line + 1)));
  manifest.count();
  return manifest;
}

/// The line that CURRENT consists of.
struct Current {
  std::uint64_t generation = 0;
  std::uint64_t checksum = 0;
};

/// "GENERATION CHECKSUM", spaces, newline; nullopt for anything else.
std::optional<Current> parse_current(std::string_view text) {
  if (text.empty() || text.back() != '\n') return std::nullopt;
  text.remove_suffix(1);
  text = text.substr(0, text.find_last_not_of(' ') + 1);
  Current current;
  const char* const end = text.data() + text.size();
  const auto [after, problem] = std::from_chars(text.data(), end, current.generation);
  if (problem != std::errc{} || after == end || *after != ' ') return std::nullopt;
  const auto checksum = from_hex64({after + 1, end});
  if (!checksum) return std::nullopt;
  current.checksum = *checksum;
  return current;
}

}  // namespace

void Manifest::add(const SegmentEntry& segment) {
  segments.push_back(segment);
  live.add_range(segment.first, segment.end());
  next_passage = segment.end();
  next_segment = segment.id + 1;
}

void Manifest::count() {
  summary.segments = segments.size();
  summary.live_passages = live.size();
  std::uint64_t all = 0;
  for (const SegmentEntry& segment : segments) all += segment.passages;
  summary.dead_passages = all - std::min(all, summary.live_passages);
}

Result<std::uint64_t> write_manifest(const std::filesystem::path& index_directory,
                                     const Manifest& manifest) {
  const std::string content = dump_json(to_json(manifest)) + "\n" + manifest.live.serialize();
  const std::uint64_t checksum = checksum64(content);
  FRESHET_CHECK(write_file_atomically(manifest_path(index_directory, manifest.summary.number),
                                      to_hex64(checksum) + "\n" + content));
  return checksum;
}

Result<Manifest> read_manifest(const std::filesystem::path& index_directory,
                               std::uint64_t generation) {
  const std::filesystem::path path = manifest_path(index_directory, generation);
  FRESHET_TRY(const std::string bytes, read_file(path));
  FRESHET_TRY(Manifest manifest, parse_manifest(bytes, path));
  if (manifest.summary.number != generation)
    return damaged_file(path, "it is of another generation");
  return manifest;
}

Result<Done> write_current(const std::filesystem::path& index_directory, std::uint64_t generation,
                           std::uint64_t manifest_checksum) {
  std::string line = std::to_string(generation) + " " + to_hex64(manifest_checksum);
  // Readers notice a change by inode, time and size. On a file system with coarse times a freed
  // inode can come back within one tick, so successive generations also differ in size.
  constexpr std::size_t kSizes = 61;
  line.append(generation % kSizes, ' ');
  return write_file_atomically(current_file_path(index_directory), line + "\n");
}

Result<std::optional<Manifest>> read_current(const std::filesystem::path& index_directory) {
  const std::filesystem::path path = current_file_path(index_directory);
  const auto text = read_file(path, kMaxCurrentBytes);
  if (!text && text.error().kind == ErrorKind::NotFound) return std::optional<Manifest>{};
  if (!text) return text.error();
  const auto current = parse_current(*text);
  if (!current) return damaged_file(path, "it names no generation");
  const std::filesystem::path named = manifest_path(index_directory, current->generation);
  const auto bytes = read_file(named);
  if (!bytes) return damaged_file(named, bytes.error().message);
  if (from_hex64(std::string_view(*bytes).substr(0, kChecksumLine - 1)) != current->checksum) {
    return damaged_file(path, "it and " + named.string() + " do not fit");
  }
  FRESHET_TRY(Manifest manifest, parse_manifest(*bytes, named));
  if (manifest.summary.number != current->generation) {
    return damaged_file(named, "it is of another generation");
  }
  return std::optional<Manifest>(std::move(manifest));
}

Result<std::vector<std::uint64_t>> list_manifests(const std::filesystem::path& index_directory) {
  std::vector<std::uint64_t> numbers;
  std::error_code problem;
  for (const auto& entry :
       std::filesystem::directory_iterator(generations_directory(index_directory), problem)) {
    const auto found = number_in_name(entry.path());
    if (found && entry.path() == manifest_path(index_directory, *found)) numbers.push_back(*found);
  }
  if (problem && problem != std::errc::no_such_file_or_directory) {
    return file_error("list", generations_directory(index_directory), problem.value());
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

}  // namespace freshet::index
