#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "config/secret.h"

namespace freshet::config {

/// What every option means, its default, its unit and which way to turn it stands in the option
/// tables (config/option_tables.cpp); `freshet config schema` and docs/configuration.md are made
/// from them. Paths are absolute here: the reader resolved them against the configuration file's
/// directory.

struct GitSettings {
  std::string repository;  ///< Local path, file://, https:// or ssh address.
  std::string revision;  ///< Branch, tag or commit; empty means the remote's HEAD. Option `branch`.
  std::string username;  ///< For HTTPS and SSH.
  Secret password;       ///< HTTPS password or token.
  std::filesystem::path ssh_key;  ///< Private key file; empty means the SSH agent.
  Secret ssh_passphrase;
  std::filesystem::path
      mirror;  ///< Where the bare mirror lives; the reader sets <data_dir>/mirrors/<name>.
};

struct FolderSettings {
  std::filesystem::path path;
  bool follow_symlinks = false;
};

/// A word of a closed list by any name.
using Words = std::map<std::string, std::string>;

/// The same words by field of a document; empty means as the kinds say (the owner: "keep").
struct RedactFieldSettings {
  std::string title;
  std::string body;
  std::string attachments;
  std::string owner;
  std::string authors;
  Words metadata;  ///< By name.
};

/// What is done to personal data, by kind: "keep", "mask", "hash", "drop"; empty means "mask" in
/// threads and "keep" elsewhere.
struct RedactSettings {
  std::string email;
  std::string phone;
  std::string card;
  std::string iban;
  std::string token;
  std::string ip;
  Secret salt;
  RedactFieldSettings fields;
};

struct ResolutionSettings {
  std::vector<std::string> publish_to;  ///< Principals; none: no resolutions.
  std::chrono::milliseconds settle{std::chrono::hours{72}};
};

/// A value whose type somebody else knows: one or several texts, or a secret.
struct FreeValue {
  std::vector<std::string> texts;
  Secret secret;
};
using FreeValues = std::map<std::string, FreeValue>;

/// Whether the files under messages are read, and how much of them.
struct AttachmentSettings {
  bool download = false;
  std::size_t max_bytes = std::size_t{1} << 20;        ///< Of one file.
  std::size_t max_total_bytes = std::size_t{5} << 20;  ///< Of all files of one document.
};

struct HttpApiSettings {
  std::string manifest;  ///< Id of a shipped one, or an absolute path.
  FreeValues config;     ///< What the manifest asks for; option `config`.
  std::string base_url;  ///< Instead of the manifest's: proxies, on-premises, test servers.
  bool allow_private_addresses = false;
  AttachmentSettings attachments;
  std::filesystem::path state_directory;  ///< Rotated tokens, used-up rates; the reader sets
                                          ///< <data_dir>/sources/<name>.
};

struct SourceSettings {
  std::string name;  ///< [a-z0-9][a-z0-9_-]*, unique; the first part of every document id.
  std::vector<std::string>
      include;  ///< Globs over "/"-separated relative paths; empty means every format we read.
  std::vector<std::string> exclude;
  std::string
      url;  ///< Template of the public address, e.g. https://docs.example/{path_without_extension}.
  std::string owner;                              ///< Who answers for documents that name nobody.
  std::string language;                           ///< ISO 639-1; empty means detect.
  std::vector<std::string> principals{"public"};  ///< Who may see this source's documents.
  std::uint64_t max_document_bytes = 20ULL << 20;
  double max_delete_fraction =
      0.3;  ///< The delete guard: more than this share of a source vanishing stops the sync.
  std::uint64_t max_delete_count = 50;  ///< ... unless no more than this many documents vanish.
  std::string schedule;                 ///< Cron's five fields, UTC; empty means every hour.
  std::chrono::milliseconds jitter{0};
  std::chrono::milliseconds max_duration{0};  ///< 0 means no limit.
  RedactSettings redact;
  ResolutionSettings resolutions;
  std::variant<GitSettings, FolderSettings, HttpApiSettings> kind;
};

enum class EncoderKind { Model, Http, Hashing };

struct EncoderSettings {
  EncoderKind kind = EncoderKind::Model;
  std::filesystem::path model;  ///< Model: directory; empty means the one scripts/setup fetched.
  std::string endpoint;         ///< Http: full address of /v1/embeddings.
  std::string model_name;       ///< Http: the "model" member of the request.
  Secret api_key;               ///< Http.
  std::size_t dimension = 256;  ///< Hashing, and Http where the endpoint does not say.
  std::string pooling;          ///< Model: "mean", "cls" or empty (as the directory says).
  std::string query_prefix;
  std::string passage_prefix;
  std::size_t max_tokens = 0;      ///< 0 means the model's own window.
  std::string precision = "auto";  ///< Model: auto, f32, bf16 (int8 is refused until it is built).
  std::size_t batch_size = 32;
  std::size_t threads = 0;              ///< 0 means all cores.
  std::size_t requests_per_minute = 0;  ///< Http; 0 means no limit of our own.
};

struct PassageSettings {
  std::size_t max_tokens =
      220;  ///< Target upper size of a passage in the encoder's tokens, headings included.
  std::size_t min_tokens = 24;  ///< Smaller neighbours under one heading are joined.
};

struct IndexSettings {
  std::size_t graph_threshold = 20000;  ///< Segments with fewer passages are scanned exactly.
  std::size_t keep_generations = 3;     ///< How many generations rollback can go back to.
  std::size_t merge_factor = 8;         ///< Merge when this many segments of similar size exist.
};

struct SyncSettings {
  std::size_t parallel = 4;  ///< Sources pulled at the same time.
};

struct ServeSettings {
  std::string listen = "127.0.0.1:8088";
  std::size_t threads = 2;
  std::size_t max_body_bytes = std::size_t{1} << 20;
  std::size_t max_header_bytes = std::size_t{16} << 10;
  std::size_t max_connections = 1024;
  std::chrono::milliseconds request_timeout{30000};
  std::chrono::milliseconds idle_timeout{60000};
  std::chrono::milliseconds shutdown_grace{5000};
};

struct Settings {
  std::int64_t version = 1;
  std::filesystem::path data_dir;
  EncoderSettings encoder;
  PassageSettings passages;
  IndexSettings index;
  SyncSettings sync;
  ServeSettings serve;
  std::vector<SourceSettings> sources;
};

}  // namespace freshet::config
