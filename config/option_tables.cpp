#include "config/option_tables.h"

#include <array>

namespace freshet::config {
namespace {

using enum OptionType;

constexpr double kMebibyte = 1024.0 * 1024.0;
constexpr double kHour = 3'600'000.0;

constexpr std::array<std::string_view, 3> kEncoderKinds{"model", "http", "hashing"};
constexpr std::array<std::string_view, 2> kPoolings{"mean", "cls"};
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

constexpr std::array<Option<SyncSettings>, 1> kSync{{
    {{.name = "parallel",
      .type = Count,
      .meaning = "Sources pulled at the same time.",
      .trade_off =
          "Higher keeps slow sources from holding up the others; each takes memory for the "
          "batch it holds.",
      .minimum = 1,
      .maximum = 64},
     &SyncSettings::parallel},
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
OptionTable<SyncSettings> sync_options() {
  return kSync;
}
OptionTable<ServeSettings> serve_options() {
  return kServe;
}

}  // namespace freshet::config
