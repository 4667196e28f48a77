#pragma once

#include <filesystem>

#include "base/result.h"
#include "config/secret.h"

namespace freshet::config {

/// A secret read from its file.
struct SecretFile {
  Secret secret;
  bool open_to_others = false;  ///< Group or everybody may read the file.
};

/// The file's single line, without the newline at its end. Fails when the file cannot be read, is
/// larger than 16 KB, is empty, or holds control characters (they could smuggle headers). No
/// message ever contains the text.
Result<SecretFile> read_secret_file(const std::filesystem::path& path);

}  // namespace freshet::config
