#include "config/option_tables.h"

#include <array>

namespace freshet::config {
namespace {

using enum OptionType;

constexpr double kMebibyte = 1024.0 * 1024.0;
constexpr double kHour = 3'600'000.0;

constexpr std::array<std::string_view, 3> kEncoderKinds{"model", "http", "hashing"};
constexpr std::array<std::string_view, 2> kPoolings{"mean", "cls"};
constexpr std::array<std::string_view, 4> kRedactActions{"keep", "mask", "hash", "drop"};
constexpr std::array<std::string_view, 3> kPrecisions{"auto", "f32", "bf16"};

constexpr std::array<Option<Settings>, 2> kTop{{
    {{.name = "version",
      .type = Count,
      .meaning = "Version of this file's format.",
      .presence = Presence::Required,
      .minimum = 1,
      .maximum = 1},
     &Settings::version},
    {{.name = "data_dir",
      .type = Path,
      .meaning = "Directory of the ledger, the index and the Git mirrors; created when missing.",
      .trade_off = "Put it on a local disk with room for about four times the text; never on a "
                   "network file system.",
      .presence = Presence::Required},
     &Settings::data_dir},
}};

constexpr std::array<Option<EncoderSettings>, 14> kEncoder{{
    {{.name = "type",
      .type = Choice,
      .meaning = "What turns text into vectors: a BERT-type model directory run here, an "
                 "OpenAI-compatible embeddings endpoint, or word hashing.",
      .trade_off = "A model finds paraphrases and needs CPU; http moves that work elsewhere and "
                   "sends it your text; hashing is fast and only matches words.",
      .choices = kEncoderKinds},
     &EncoderSettings::kind},
    {{.name = "model",
      .type = Path,
      .meaning = "type model: directory with config.json, model.safetensors and vocab.txt.",
      .trade_off = "Changing it re-encodes everything.",
      .default_note = "the model that scripts/setup fetched"},
     &EncoderSettings::model},
    {{.name = "endpoint",
      .type = Text,
      .meaning = "type http: full address of the embeddings endpoint, ending in /v1/embeddings.",
      .maximum = 2000},
     &EncoderSettings::endpoint},
    {{.name = "model_name",
      .type = Text,
      .meaning = "type http: the \"model\" member of the request.",
      .maximum = 200},
     &EncoderSettings::model_name},
    {{.name = "api_key", .type = Secret, .meaning = "type http: bearer token."},
     &EncoderSettings::api_key},
    {{.name = "dimension",
      .type = Count,
      .meaning = "type hashing, and http where the endpoint does not say: length of a vector.",
      .trade_off = "Higher tells more words apart; lower takes less memory and time.",
      .minimum = 8,
      .maximum = 4096},
     &EncoderSettings::dimension},
    {{.name = "pooling",
      .type = Choice,
      .meaning = "type model: how token vectors become one.",
      .trade_off = "Must be what the model was trained with.",
      .choices = kPoolings,
      .default_note = "as the model directory says"},
     &EncoderSettings::pooling},
    {{.name = "query_prefix",
      .type = Text,
      .meaning = "Put before every query, for models trained with one (\"query: \").",
      .maximum = 500},
     &EncoderSettings::query_prefix},
    {{.name = "passage_prefix",
      .type = Text,
      .meaning = "Put before every passage, for models trained with one (\"passage: \").",
      .maximum = 500},
     &EncoderSettings::passage_prefix},
    {{.name = "max_tokens",
      .type = Count,
      .meaning = "Longest text the encoder reads.",
      .trade_off = "Lower encodes faster; anything behind it is not seen by the vector leg.",
      .maximum = 32768,
      .default_note = "the model's own window"},
     &EncoderSettings::max_tokens},
    {{.name = "precision",
      .type = Choice,
      .meaning = "type model: arithmetic.",
      .trade_off = "bf16 is several times faster where the CPU has it, with cosines that differ in "
                   "the third decimal; f32 repeats on every machine.",
      .choices = kPrecisions},
     &EncoderSettings::precision},
    {{.name = "batch_size",
      .type = Count,
      .meaning = "Passages encoded together.",
      .trade_off = "Higher is faster up to a point and takes more memory.",
      .minimum = 1,
      .maximum = 1024},
     &EncoderSettings::batch_size},
    {{.name = "threads",
      .type = Count,
      .meaning = "type model: CPU threads.",
      .trade_off = "Lower leaves more of the machine to queries while a sync runs.",
      .maximum = 1024,
      .default_note = "all cores"},
     &EncoderSettings::threads},
    {{.name = "requests_per_minute",
      .type = Count,
      .meaning = "type http: most requests we send in a minute.",
      .trade_off = "Lower spares the endpoint's quota.",
      .maximum = 1'000'000,
      .default_note = "no limit of our own"},
     &EncoderSettings::requests_per_minute},
}};

constexpr std::array<Option<PassageSettings>, 2> kPassages{{
    {{.name = "max_tokens",
      .type = Count,
      .meaning = "Upper size of a passage in the encoder's tokens, headings included.",
      .trade_off =
          "Higher gives each hit more context; lower points more exactly at the answer and "
          "makes more passages. Changing it re-encodes everything.",
      .minimum = 16,
      .maximum = 32768},
     &PassageSettings::max_tokens},
    {{.name = "min_tokens",
      .type = Count,
      .meaning = "Smaller neighbours under one heading are joined.",
      .trade_off = "Higher gives fewer crumbs; lower keeps short paragraphs apart.",
      .maximum = 4096},
     &PassageSettings::min_tokens},
}};

constexpr std::array<Option<IndexSettings>, 3> kIndex{{
    {{.name = "graph_threshold",
      .type = Count,
      .meaning = "Segments with fewer passages carry no graph and are scanned exactly.",
      .trade_off = "Higher never misses a neighbour; lower answers faster on large indexes.",
      .maximum = 100'000'000},
     &IndexSettings::graph_threshold},
    {{.name = "keep_generations",
      .type = Count,
      .meaning = "Generations that rollback can go back to.",
      .trade_off = "Higher keeps more ways back; each takes disk for what has changed since.",
      .minimum = 1,
      .maximum = 1000},
     &IndexSettings::keep_generations},
    {{.name = "merge_factor",
      .type = Count,
      .meaning = "Segments of similar size that are merged into one.",
      .trade_off = "Lower answers faster and writes more; higher writes less.",
      .minimum = 2,
      .maximum = 100},
     &IndexSettings::merge_factor},
}};

constexpr std::array<Option<ServeSettings>, 8> kServe{{
    {{.name = "listen",
      .type = Text,
      .meaning = "Address and port; port 0 takes any free one.",
      .trade_off =
          "Only loopback addresses are accepted; put a reverse proxy in front for other machines.",
      .maximum = 300},
     &ServeSettings::listen},
    {{.name = "threads",
      .type = Count,
      .meaning = "Requests answered at the same time.",
      .trade_off = "More than there are cores only adds waiting.",
      .minimum = 1,
      .maximum = 1024},
     &ServeSettings::threads},
    {{.name = "max_body_bytes",
      .type = Bytes,
      .meaning = "Largest request body.",
      .trade_off = "Higher lets clients send more per request and take more memory.",
      .minimum = 1024,
      .maximum = 64 * kMebibyte},
     &ServeSettings::max_body_bytes},
    {{.name = "max_header_bytes",
      .type = Bytes,
      .meaning = "Largest request head.",
      .trade_off = "Raise it only for proxies that add long headers.",
      .minimum = 1024,
      .maximum = kMebibyte},
     &ServeSettings::max_header_bytes},
    {{.name = "max_connections",
      .type = Count,
      .meaning = "Connections open at the same time; further ones get status 503.",
      .trade_off = "Higher serves more idle clients and takes more memory and descriptors.",
      .minimum = 1,
      .maximum = 100'000},
     &ServeSettings::max_connections},
    {{.name = "request_timeout",
      .type = Duration,
      .meaning = "Longest time for one request.",
      .trade_off = "Lower frees threads sooner; higher lets slow clients finish.",
      .minimum = 100,
      .maximum = kHour},
     &ServeSettings::request_timeout},
    {{.name = "idle_timeout",
      .type = Duration,
      .meaning = "A connection without requests is closed after this.",
      .trade_off = "Keep it above the keep-alive time of a proxy in front.",
      .minimum = 100,
      .maximum = 24 * kHour},
     &ServeSettings::idle_timeout},
    {{.name = "shutdown_grace",
      .type = Duration,
      .meaning = "Time that running requests get when the server is told to stop.",
      .trade_off = "Keep it below the time your supervisor waits before it kills.",
      .maximum = kHour},
     &ServeSettings::shutdown_grace},
}};

constexpr std::array<Option<SourceSettings>, 8> kSource{{
    {{.name = "name",
      .type = Text,
      .meaning =
          "Unique; lower-case letters, digits, - and _. The first part of every document id.",
      .trade_off = "Renaming a source makes all its documents new ones.",
      .presence = Presence::Required,
      .maximum = 64},
     &SourceSettings::name},
    {{.name = "include",
      .type = TextList,
      .meaning = "Globs of the paths to read (\"**/*.md\"), relative to the source.",
      .default_note = "every format that can be read"},
     &SourceSettings::include},
    {{.name = "exclude",
      .type = TextList,
      .meaning = "Globs of paths to leave out; wins over include.",
      .default_note = "none"},
     &SourceSettings::exclude},
    {{.name = "url",
      .type = Text,
      .meaning = "Template of a document's public address with {path}, {path_without_extension}, "
                 "{file} or {directory}.",
      .maximum = 2000},
     &SourceSettings::url},
    {{.name = "owner",
      .type = Text,
      .meaning = "Who answers for documents that name nobody.",
      .maximum = 200},
     &SourceSettings::owner},
    {{.name = "language",
      .type = Text,
      .meaning = "ISO 639-1 code of the texts.",
      .trade_off = "Set it where texts are short or mixed and detection errs.",
      .maximum = 2,
      .default_note = "detected per document"},
     &SourceSettings::language},
    {{.name = "principals",
      .type = TextList,
      .meaning = "Who may see this source's documents.",
      .trade_off = "Name a group to keep a source from everybody else."},
     &SourceSettings::principals},
    {{.name = "max_document_bytes",
      .type = Bytes,
      .meaning = "Larger files are passed over and counted.",
      .trade_off = "Higher reads more; one huge file can take most of a run.",
      .minimum = 1,
      .maximum = 1024 * kMebibyte},
     &SourceSettings::max_document_bytes},
}};

constexpr std::array<Option<SourceSettings>, 2> kDeleteGuard{{
    {{.name = "max_fraction",
      .type = Fraction,
      .meaning = "When more than this share of a source vanishes at once, the sync stops and asks.",
      .trade_off =
          "Lower asks more often; 100% never asks, so a broken export can empty the index.",
      .maximum = 1},
     &SourceSettings::max_delete_fraction},
    {{.name = "max_count",
      .type = Count,
      .meaning = "... unless no more than this many documents vanish.",
      .trade_off = "Lower guards small sources too.",
      .maximum = 1e9},
     &SourceSettings::max_delete_count},
}};

constexpr std::string_view kRedactDefault = "mask in tickets and threads, keep elsewhere";
constexpr std::array<Option<RedactSettings>, 7> kRedact{{
    {{.name = "email",
      .type = Choice,
      .meaning = "E-mail addresses.",
      .trade_off = "mask writes [email 1], numbered in each document; hash writes the same word in "
                   "all renditions of "
                   "a thread; drop leaves nothing. A change asks for a rebuild.",
      .choices = kRedactActions,
      .default_note = kRedactDefault},
     &RedactSettings::email},
    {{.name = "phone",
      .type = Choice,
      .meaning = "Phone numbers, international and national.",
      .trade_off = "keep it where documents are about phone numbers.",
      .choices = kRedactActions,
      .default_note = kRedactDefault},
     &RedactSettings::phone},
    {{.name = "card",
      .type = Choice,
      .meaning = "Payment card numbers with a right check digit.",
      .choices = kRedactActions,
      .default_note = kRedactDefault},
     &RedactSettings::card},
    {{.name = "iban",
      .type = Choice,
      .meaning = "Bank account numbers (IBAN) with right check digits.",
      .choices = kRedactActions,
      .default_note = kRedactDefault},
     &RedactSettings::iban},
    {{.name = "token",
      .type = Choice,
      .meaning = "Keys, tokens and passwords.",
      .choices = kRedactActions,
      .default_note = kRedactDefault},
     &RedactSettings::token},
    {{.name = "ip",
      .type = Choice,
      .meaning = "IPv4 and IPv6 addresses.",
      .trade_off = "keep it where addresses are what the documents explain.",
      .choices = kRedactActions,
      .default_note = kRedactDefault},
     &RedactSettings::ip},
    {{.name = "salt",
      .type = Secret,
      .meaning = "Needed for hash: makes hashes that nobody can guess by trying.",
      .trade_off = "Another salt makes other hashes and re-encodes what holds them."},
     &RedactSettings::salt},
}};

constexpr std::array<Option<ResolutionSettings>, 2> kResolutions{{
    {{.name = "publish_to",
      .type = TextList,
      .meaning = "Principals that may see what solved a ticket, made of its public messages.",
      .trade_off = "[public] lets customers find each other's solutions; read some of them as "
                   "[internal] first.",
      .default_note = "nobody: no resolutions are made"},
     &ResolutionSettings::publish_to},
    {{.name = "settle",
      .type = Duration,
      .meaning = "A ticket must stay solved and quiet for this long before it is a resolution.",
      .trade_off = "Lower publishes sooner, and more that is reopened later.",
      .maximum = 24 * 365 * kHour},
     &ResolutionSettings::settle},
}};

constexpr std::array<Option<GitSettings>, 6> kGit{{
    {{.name = "repository",
      .type = Location,
      .meaning = "Local path, file://, https:// or ssh address (git@host:path).",
      .presence = Presence::Required,
      .maximum = 2000},
     &GitSettings::repository},
    {{.name = "branch",
      .type = Text,
      .meaning = "Branch, tag or commit to read.",
      .trade_off = "A tag pins the documentation; a branch follows it.",
      .maximum = 500,
      .default_note = "the remote's HEAD"},
     &GitSettings::revision},
    {{.name = "username", .type = Text, .meaning = "User for HTTPS and SSH.", .maximum = 200},
     &GitSettings::username},
    {{.name = "password", .type = Secret, .meaning = "HTTPS password or token."},
     &GitSettings::password},
    {{.name = "ssh_key",
      .type = Path,
      .meaning = "Private key file.",
      .default_note = "the SSH agent"},
     &GitSettings::ssh_key},
    {{.name = "ssh_passphrase", .type = Secret, .meaning = "Passphrase of the private key."},
     &GitSettings::ssh_passphrase},
}};

constexpr std::array<Option<FolderSettings>, 2> kFolder{{
    {{.name = "path",
      .type = Path,
      .meaning = "The directory whose files are read, with everything below it.",
      .presence = Presence::Required},
     &FolderSettings::path},
    {{.name = "follow_symlinks",
      .type = Flag,
      .meaning = "Follow symbolic links, also out of the directory.",
      .trade_off =
          "true reads what is linked in from elsewhere; false cannot leave the directory."},
     &FolderSettings::follow_symlinks},
}};

}  // namespace

OptionTable<Settings> top_options() {
  return kTop;
}
OptionTable<EncoderSettings> encoder_options() {
  return kEncoder;
}
OptionTable<PassageSettings> passage_options() {
  return kPassages;
}
OptionTable<IndexSettings> index_options() {
  return kIndex;
}
OptionTable<ServeSettings> serve_options() {
  return kServe;
}
OptionTable<SourceSettings> source_options() {
  return kSource;
}
OptionTable<SourceSettings> delete_guard_options() {
  return kDeleteGuard;
}
OptionTable<RedactSettings> redact_options() {
  return kRedact;
}
OptionTable<ResolutionSettings> resolution_options() {
  return kResolutions;
}
OptionTable<GitSettings> git_options() {
  return kGit;
}
OptionTable<FolderSettings> folder_options() {
  return kFolder;
}

}  // namespace freshet::config
