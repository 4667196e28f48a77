#include "index/vector/vector_file.h"

#include <array>
#include <bit>
#include <cstring>

#include "base/hash.h"
#include "index/new_file.h"

namespace freshet::index {

namespace {

static_assert(std::endian::native == std::endian::little, "index files are mapped as they are");

constexpr std::uint32_t kFormatVersion = 1;

struct RawHeader {
  std::array<char, 8> magic{};
  std::uint32_t format_version = kFormatVersion;
  std::uint32_t dimension = 0;
  std::uint64_t count = 0;
  std::uint32_t first_number = 0;
  std::uint32_t zero = 0;
  std::uint64_t payload_bytes = 0;
  std::uint64_t payload_checksum = 0;
  std::uint64_t more_zero = 0;
  std::uint64_t header_checksum = 0;
};
static_assert(sizeof(RawHeader) == kVectorHeaderBytes);

std::uint64_t checksum_of(const RawHeader& header) {
  std::array<char, offsetof(RawHeader, header_checksum)> bytes;
  std::memcpy(bytes.data(), &header, bytes.size());
  return checksum64({bytes.data(), bytes.size()});
}

std::array<char, 8> magic_of(VectorFileKind kind) {
  switch (kind) {
    case VectorFileKind::Sq8:
      return {'F', 'R', 'S', 'H', 'T', 'S', 'Q', '8'};
    case VectorFileKind::Half:
      return {'F', 'R', 'S', 'H', 'T', 'F', '1', '6'};
    case VectorFileKind::Graph:
      return {'F', 'R', 'S', 'H', 'T', 'G', 'R', 'A'};
  }
  return {};
}

std::string_view name_of(VectorFileKind kind) {
  switch (kind) {
    case VectorFileKind::Sq8:
      return "vectors.sq8";
    case VectorFileKind::Half:
      return "vectors.fp16";
    case VectorFileKind::Graph:
      return "graph.hnsw";
  }
  return "";
}

}  // namespace

std::filesystem::path vector_file_path(const std::filesystem::path& segment_directory,
                                       VectorFileKind kind) {
  return segment_directory / name_of(kind);
}

Result<Done> write_vector_file(const std::filesystem::path& segment_directory, VectorFileKind kind,
                               const VectorFileHeader& header, std::string& file) {
  RawHeader raw;
  raw.magic = magic_of(kind);
  raw.dimension = header.dimension;
  raw.count = header.count;
  raw.first_number = header.first_number;
  raw.payload_bytes = file.size() - kVectorHeaderBytes;
  raw.payload_checksum = checksum64(std::string_view(file).substr(kVectorHeaderBytes));
  raw.header_checksum = checksum_of(raw);
  std::memcpy(file.data(), &raw, sizeof raw);
  return write_new_file(vector_file_path(segment_directory, kind), file);
}

Result<VectorFile> VectorFile::open(const std::filesystem::path& segment_directory,
                                    VectorFileKind kind) {
  const std::filesystem::path path = vector_file_path(segment_directory, kind);
  FRESHET_TRY(MappedFile mapped, MappedFile::open(path));
  VectorFile file(path, std::move(mapped));
  FRESHET_CHECK(file.read_header(kind));
  return file;
}

Result<Done> VectorFile::read_header(VectorFileKind kind) {
  RawHeader raw;
  const std::string_view bytes = file_.bytes();
  if (bytes.size() < sizeof raw) return damaged("it is shorter than its header");
  std::memcpy(&raw, bytes.data(), sizeof raw);
  if (raw.magic != magic_of(kind)) return damaged("it is of another kind");
  if (raw.header_checksum != checksum_of(raw)) return damaged("its header fails its checksum");
  if (raw.format_version != kFormatVersion) return damaged("its format version is not ours");
  if (raw.payload_bytes != bytes.size() - sizeof raw) return damaged("it is cut short or too long");
  header_ = {raw.dimension, raw.first_number, raw.count};
  payload_checksum_ = raw.payload_checksum;
  return Done{};
}

Result<Done> VectorFile::verify() const {
  if (checksum64(payload()) != payload_checksum_) return damaged("its content fails its checksum");
  return Done{};
}

Error VectorFile::damaged(std::string_view what) const {
  return {ErrorKind::Corrupt, "index file " + path_.string() + " is damaged: " + std::string(what) +
                                  "; run `freshet rebuild`"};
}

}  // namespace freshet::index
