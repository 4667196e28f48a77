#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/result.h"

namespace freshet::index {

enum class TensorType { F32, F16, BF16, Other };

/// One tensor of a file. `bytes` points into the mapping and lives as long as the file object.
struct Tensor {
  TensorType type = TensorType::Other;
  std::vector<std::size_t> shape;
  std::string_view bytes;
};

/// A safetensors file, mapped, never copied (format: github.com/huggingface/safetensors, "Format"):
/// eight bytes of little-endian header length, a JSON header, then the tensors. Everything is
/// checked against the file's size before it is used. Movable; moving keeps the tensors' bytes
/// where they are. Immutable, thread-safe.
class Safetensors {
 public:
  /// Headers of BERT-large take 50 KB.
  static constexpr std::size_t kMostHeaderBytes = std::size_t{1} << 20;

  /// NotFound, Denied for the file; Invalid, naming file and tensor, when it is truncated, its
  /// header is not what the format says or tensors overlap.
  static Result<Safetensors> open(const std::filesystem::path& path);

  /// The tensor of that name if it has this shape and F32, F16 or BF16 values. Invalid otherwise.
  [[nodiscard]] Result<Tensor> tensor(std::string_view name,
                                      const std::vector<std::size_t>& shape) const;
  [[nodiscard]] bool contains(std::string_view name) const;
  /// The whole file, for hashing.
  [[nodiscard]] std::string_view bytes() const { return file_.bytes(); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  Safetensors(std::filesystem::path path, MappedFile file)
      : path_(std::move(path)), file_(std::move(file)) {}

  [[nodiscard]] Error invalid(std::string_view what) const;
  Result<Done> read_header();
  [[nodiscard]] Result<Done> check_overlaps() const;

  std::filesystem::path path_;
  MappedFile file_;
  std::map<std::string, Tensor, std::less<>> tensors_;
};

}  // namespace freshet::index
