#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/ledger/sqlite.h"

namespace freshet::pipeline {

/// `vectors.sqlite`: (encoder, text hash) -> vector in half precision. Only a cache: a file that is
/// damaged, or of another version, is made anew and costs a re-encoding; losing it loses nothing.
/// Opened when first asked for, so that a sync without changes never touches it.
class VectorCache {
 public:
  VectorCache(std::filesystem::path file, DatabaseOptions::Access access)
      : file_(std::move(file)), access_(access) {}

  Result<std::vector<std::optional<std::vector<float>>>> find(
      std::string_view encoder_id, std::span<const std::string> text_hashes);
  Result<Done> add(std::string_view encoder_id, std::span<const std::string> text_hashes,
                   std::span<const std::vector<float>> vectors);
  Result<Done> erase(std::span<const std::string> text_hashes);
  /// Keeps only this encoder's vectors of the texts that `ledger_file` has passages for.
  Result<std::uint64_t> prune(std::string_view encoder_id,
                              const std::filesystem::path& ledger_file);

 private:
  using Found = std::vector<std::optional<std::vector<float>>>;
  Result<Database*> database();
  Result<Done> open();
  /// Runs `action` once more on a new file when the old one turns out to be damaged.
  template <typename Action>
  auto on_sound_file(Action action) -> decltype(action());
  void discard();
  Result<std::optional<std::int64_t>> encoder_key(std::string_view encoder_id);
  Result<Found> find_now(std::string_view encoder_id, std::span<const std::string> text_hashes);
  Result<Done> add_now(std::string_view encoder_id, std::span<const std::string> text_hashes,
                       std::span<const std::vector<float>> vectors);
  Result<std::uint64_t> prune_now(std::string_view encoder_id);

  std::filesystem::path file_;
  DatabaseOptions::Access access_;
  std::unique_ptr<Database> database_;
};

}  // namespace freshet::pipeline
