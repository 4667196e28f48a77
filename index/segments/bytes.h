#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace freshet::index {

/// Appends values to a record: integers little-endian, texts and lists with their length before
/// them.
class ByteWriter {
 public:
  void u32(std::uint32_t value);
  void u64(std::uint64_t value);
  void text(std::string_view value);
  void texts(const std::vector<std::string>& values);
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

/// Takes values off a record in the order they were written. Never reads outside: after the first
/// value that does not fit, everything reads as zero or empty and ok() is false.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
  std::uint32_t u32();
  std::uint64_t u64();
  std::string_view text();
  std::vector<std::string> texts();
  [[nodiscard]] bool ok() const { return ok_; }
  /// Whether everything fitted and nothing is left.
  [[nodiscard]] bool finished() const { return ok_ && rest_.empty(); }

 private:
  std::string_view take(std::size_t length);

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace freshet::index
