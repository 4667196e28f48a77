#include "index/segments/layout.h"

#include <charconv>
#include <cstdio>

namespace freshet::index {

namespace {

constexpr std::size_t kDigits = 20;

std::string numbered(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  return std::string(kDigits - digits.size(), '0') + digits;
}

std::optional<std::uint64_t> parse(std::string_view text, int base) {
  std::uint64_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::filesystem::path segments_directory(const std::filesystem::path& index_directory) {
  return index_directory / "segments";
}

std::filesystem::path segment_directory(const std::filesystem::path& index_directory,
                                        std::uint64_t id) {
  return segments_directory(index_directory) / numbered(id);
}

std::filesystem::path unfinished_segment_directory(const std::filesystem::path& index_directory,
                                                   std::uint64_t id) {
  return segments_directory(index_directory) / (numbered(id) + ".tmp");
}

std::filesystem::path generations_directory(const std::filesystem::path& index_directory) {
  return index_directory / "generations";
}

std::filesystem::path manifest_path(const std::filesystem::path& index_directory,
                                    std::uint64_t generation) {
  return generations_directory(index_directory) / (numbered(generation) + ".manifest");
}

std::filesystem::path current_file_path(const std::filesystem::path& index_directory) {
  return index_directory / "CURRENT";
}

std::filesystem::path hidden_documents_path(const std::filesystem::path& index_directory) {
  return index_directory.string() + ".hidden";
}

std::optional<std::uint64_t> number_in_name(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  if (name.size() < kDigits) return std::nullopt;
  return parse(std::string_view(name).substr(0, kDigits), 10);
}

std::string to_hex64(std::uint64_t value) {
  char digits[17] = {};
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(value));
  return digits;
}

std::optional<std::uint64_t> from_hex64(std::string_view text) {
  if (text.size() != 16) return std::nullopt;
  return parse(text, 16);
}

}  // namespace freshet::index
