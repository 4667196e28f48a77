#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace freshet::index {

/// Where things lie under an index directory.
std::filesystem::path segments_directory(const std::filesystem::path& index_directory);
std::filesystem::path segment_directory(const std::filesystem::path& index_directory,
                                        std::uint64_t id);
std::filesystem::path unfinished_segment_directory(const std::filesystem::path& index_directory,
                                                   std::uint64_t id);
std::filesystem::path generations_directory(const std::filesystem::path& index_directory);
std::filesystem::path manifest_path(const std::filesystem::path& index_directory,
                                    std::uint64_t generation);
std::filesystem::path current_file_path(const std::filesystem::path& index_directory);

/// Beside the index directory, not in it: a rebuild replaces that one whole.
std::filesystem::path hidden_documents_path(const std::filesystem::path& index_directory);

/// Files of a segment.
inline constexpr std::string_view kHeaderFile = "header.json";
inline constexpr std::string_view kPassagesFile = "passages.bin";
inline constexpr std::string_view kDocumentsFile = "documents.bin";
inline constexpr std::string_view kFieldsFile = "fields.bin";

/// The number that a segment's or a manifest's name starts with (20 digits); nullopt for other
/// names.
std::optional<std::uint64_t> number_in_name(const std::filesystem::path& path);

/// 16 lower-case hexadecimal digits, and back (nullopt for anything else).
std::string to_hex64(std::uint64_t value);
std::optional<std::uint64_t> from_hex64(std::string_view text);

}  // namespace freshet::index
