#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "base/result.h"

namespace freshet::index {

/// The unpacked content of a gzip file (RFC 1952, several members allowed). Invalid when it is
/// damaged, cut short, or unpacks to more than `max_bytes`.
Result<std::string> read_gzip_file(const std::filesystem::path& path,
                                   std::size_t max_bytes = std::size_t{1} << 32);

}  // namespace freshet::index
