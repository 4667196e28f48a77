#include "index/segments/segment_header.h"

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/hash.h"
#include "base/json.h"
#include "index/new_file.h"
#include "index/segments/layout.h"
#include "index/segments/record_file.h"

namespace freshet::index {

namespace {

constexpr std::int64_t kFormat = 1;
constexpr std::size_t kMaxHeaderBytes = std::size_t{1} << 20;

Result<std::map<std::string, SegmentHeader::File>> measure(const std::filesystem::path& directory) {
  std::map<std::string, SegmentHeader::File> files;
  std::error_code problem;
  for (const auto& entry : std::filesystem::directory_iterator(directory, problem)) {
    FRESHET_TRY(const MappedFile file, MappedFile::open(entry.path()));
    files[entry.path().filename().string()] = {file.bytes().size(), checksum64(file.bytes())};
  }
  if (problem) return file_error("list", directory, problem.value());
  return files;
}

Json to_json(const SegmentHeader& header) {
  Json files = Json::object();
  for (const auto& [name, file] : header.files) {
    files[name] = {{"bytes", file.bytes}, {"checksum", to_hex64(file.checksum)}};
  }
  return {{"format", kFormat},
          {"encoder_id", header.encoder_id},
          {"dimension", header.dimension},
          {"first_number", header.first},
          {"passages", header.passages},
          {"documents", header.documents},
          {"files", files}};
}

Result<SegmentHeader> from_json(const Json& json, const std::filesystem::path& path) {
  if (json_integer(json, "format") != kFormat) return damaged_file(path, "its format is not ours");
  SegmentHeader header;
  header.encoder_id = json_string(json, "encoder_id").value_or("");
  header.dimension = static_cast<std::size_t>(json_integer(json, "dimension").value_or(0));
  header.first = static_cast<PassageNumber>(json_integer(json, "first_number").value_or(0));
  header.passages = static_cast<std::size_t>(json_integer(json, "passages").value_or(0));
  header.documents = static_cast<std::size_t>(json_integer(json, "documents").value_or(0));
  const Json* files = json_member(json, "files");
  if (files == nullptr || !files->is_object()) return damaged_file(path, "it lists no files");
  for (const auto& [name, file] : files->items()) {
    const auto checksum = from_hex64(json_string(file, "checksum").value_or(""));
    if (!checksum) return damaged_file(path, "a file has no checksum");
    header.files[name] = {static_cast<std::uint64_t>(json_integer(file, "bytes").value_or(0)),
                          *checksum};
  }
  return header;
}

}  // namespace

Result<std::uint64_t> write_segment_header(const std::filesystem::path& directory,
                                           SegmentHeader header) {
  FRESHET_TRY(header.files, measure(directory));
  const std::string bytes = dump_json_pretty(to_json(header)) + "\n";
  FRESHET_CHECK(write_new_file(directory / kHeaderFile, bytes));
  return checksum64(bytes);
}

Result<SegmentHeader> read_segment_header(const std::filesystem::path& directory,
                                          std::uint64_t checksum) {
  const std::filesystem::path path = directory / kHeaderFile;
  auto bytes = read_file(path, kMaxHeaderBytes);
  if (!bytes) return damaged_file(path, bytes.error().message);
  if (checksum64(*bytes) != checksum) return damaged_file(path, "it fails its checksum");
  const auto json = parse_json(*bytes);
  if (!json) return damaged_file(path, json.error().message);
  return from_json(*json, path);
}

Result<Done> check_file_sizes(const std::filesystem::path& directory, const SegmentHeader& header) {
  for (const auto& [name, file] : header.files) {
    std::error_code problem;
    const std::uintmax_t size = std::filesystem::file_size(directory / name, problem);
    if (problem) return damaged_file(directory / name, problem.message());
    if (size != file.bytes) return damaged_file(directory / name, "it is cut short or too long");
  }
  return Done{};
}

Result<Done> check_file_contents(const std::filesystem::path& directory,
                                 const SegmentHeader& header) {
  for (const auto& [name, file] : header.files) {
    auto mapped = MappedFile::open(directory / name);
    if (!mapped) return damaged_file(directory / name, mapped.error().message);
    if (mapped->bytes().size() != file.bytes || checksum64(mapped->bytes()) != file.checksum) {
      return damaged_file(directory / name, "it fails its checksum");
    }
  }
  return Done{};
}

}  // namespace freshet::index
