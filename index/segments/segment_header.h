#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "base/result.h"
#include "index/passage.h"

namespace freshet::index {

/// header.json of a segment: what it holds, and the size and checksum of each of its files. The
/// manifest holds the checksum of this file, so that everything a generation consists of is checked
/// from CURRENT down.
struct SegmentHeader {
  struct File {
    std::uint64_t bytes = 0;
    std::uint64_t checksum = 0;
  };
  std::string encoder_id;
  std::size_t dimension = 0;
  PassageNumber first = 0;
  std::size_t passages = 0;
  std::size_t documents = 0;
  std::map<std::string, File> files;
};

/// Measures the files in the directory, writes the header (the caller syncs all of them) and gives
/// the header's own checksum.
Result<std::uint64_t> write_segment_header(const std::filesystem::path& directory,
                                           SegmentHeader header);

/// Corrupt when it is missing or does not have the checksum.
Result<SegmentHeader> read_segment_header(const std::filesystem::path& directory,
                                          std::uint64_t checksum);

/// Compares the files' sizes with the header; Corrupt names the file.
Result<Done> check_file_sizes(const std::filesystem::path& directory, const SegmentHeader& header);
/// The same for every byte.
Result<Done> check_file_contents(const std::filesystem::path& directory,
                                 const SegmentHeader& header);

}  // namespace freshet::index
