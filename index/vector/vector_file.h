#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/files.h"
#include "base/result.h"
#include "index/passage.h"

namespace freshet::index {

/// What the header of a vector file says besides its checksums.
struct VectorFileHeader {
  std::uint32_t dimension = 0;
  PassageNumber first_number = 0;
  std::uint64_t count = 0;  ///< Vectors.
  bool operator==(const VectorFileHeader&) const = default;
};

/// Which of the three files; the magic at its start.
enum class VectorFileKind { Sq8, Half, Graph };

/// Bytes before the payload. Little-endian: magic (8), format version (4), dimension (4), count
/// (8), first number (4), zero (4), payload length (8), payload checksum (8), zero (8), header
/// checksum (8).
inline constexpr std::size_t kVectorHeaderBytes = 64;

/// Where a segment keeps the file.
std::filesystem::path vector_file_path(const std::filesystem::path& segment_directory,
                                       VectorFileKind kind);

/// Fills the first kVectorHeaderBytes of `file` (payload behind them), and writes it; durable once
/// the caller has synced the directory's files.
Result<Done> write_vector_file(const std::filesystem::path& segment_directory, VectorFileKind kind,
                               const VectorFileHeader& header, std::string& file);

/// A vector file, mapped; its header is checked on opening.
class VectorFile {
 public:
  /// Corrupt (naming the file and the next step) for a header that is damaged, of another kind or
  /// version, or does not fit the file's size.
  static Result<VectorFile> open(const std::filesystem::path& segment_directory,
                                 VectorFileKind kind);

  [[nodiscard]] const VectorFileHeader& header() const { return header_; }
  [[nodiscard]] std::string_view payload() const {
    return file_.bytes().substr(kVectorHeaderBytes);
  }
  /// Reads every byte: Corrupt when the payload's checksum is wrong.
  [[nodiscard]] Result<Done> verify() const;
  /// The error for damage found in this file.
  [[nodiscard]] Error damaged(std::string_view what) const;

 private:
  VectorFile(std::filesystem::path path, MappedFile file)
      : path_(std::move(path)), file_(std::move(file)) {}
  Result<Done> read_header(VectorFileKind kind);

  std::filesystem::path path_;
  MappedFile file_;
  VectorFileHeader header_;
  std::uint64_t payload_checksum_ = 0;
};

}  // namespace freshet::index
