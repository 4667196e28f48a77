#include "index/encoding/model_fingerprint.h"

#include <chrono>

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/hash.h"
#include "base/json.h"

namespace freshet::index {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostCacheBytes = std::size_t{1} << 20;
constexpr std::size_t kMostCacheEntries = 64;
constexpr std::size_t kHashDigits = 16;
constexpr std::size_t kMostModelFileBytes = std::size_t{16} << 20;

/// What identifies the file's present content, without reading it.
Result<Json> stamp_of(const fs::path& file) {
  std::error_code code;
  const auto size = fs::file_size(file, code);
  if (code) return file_error("read", file, code.value());
  const auto time = fs::last_write_time(file, code);
  if (code) return file_error("read", file, code.value());
  Json stamp = Json::object();
  stamp["size"] = size;
  stamp["modified_ns"] =
      std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
  return stamp;
}

Json read_cache(const fs::path& path) {
  const auto text = read_file(path, kMostCacheBytes);
  auto cache = text ? parse_json(*text) : Result<Json>(Json::object());
  return cache && cache->is_object() ? *std::move(cache) : Json::object();
}

void write_cache(const fs::path& directory, const fs::path& path, const Json& cache) {
  // A cache that cannot be written only makes the next call slower.
  if (!freshet::create_directories(directory)) return;
  static_cast<void>(write_file_atomically(path, dump_json_pretty(cache) + "\n").has_value());
}

}  // namespace

Result<std::string> cached_sha256(const fs::path& file, const fs::path& cache_dir) {
  FRESHET_TRY(Json stamp, stamp_of(file));
  const fs::path cache_path = cache_dir / "model-hashes.json";
  Json cache = read_cache(cache_path);
  const std::string key = file.lexically_normal().string();
  if (const Json* known = json_member(cache, key)) {
    const bool same = json_integer(*known, "size") == json_integer(stamp, "size") &&
                      json_integer(*known, "modified_ns") == json_integer(stamp, "modified_ns");
    const auto hash = json_string(*known, "sha256");
    if (same && hash && hash->size() == 64) return *hash;
  }
  FRESHET_TRY(const MappedFile mapped, MappedFile::open(file));
  const std::string hash = sha256_hex(mapped.bytes());
  stamp["sha256"] = hash;
  cache.erase(key);
  while (cache.size() >= kMostCacheEntries) cache.erase(cache.begin());
  cache[key] = std::move(stamp);
  write_cache(cache_dir, cache_path, cache);
  return hash;
}

Result<std::string> bert_encoder_id(const ModelDirectory& model, const std::string& weights_sha256,
                                    const std::string& precision) {
  FRESHET_TRY(const std::string vocabulary, read_file(model.vocabulary, kMostModelFileBytes));
  FRESHET_TRY(const std::string config, read_file(model.config, kMostModelFileBytes));
  Json parts = Json::array();
  parts.push_back(weights_sha256);
  parts.push_back(sha256_hex(vocabulary));
  parts.push_back(sha256_hex(config));
  parts.push_back(model.normalization.lower_case);
  parts.push_back(model.normalization.strip_accents);
  parts.push_back("l2");
  parts.push_back(model.query_prefix);
  parts.push_back(model.passage_prefix);
  return "bert:" + sha256_hex(dump_json(parts)).substr(0, kHashDigits) + ":" +
         std::string(name_of(model.pooling)) + ":" + std::to_string(model.max_tokens) + ":" +
         precision;
}

}  // namespace freshet::index
