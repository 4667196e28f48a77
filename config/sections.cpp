#include "config/sections.h"

#include <array>
#include <string>

#include "base/listen_address.h"
#include "config/option_tables.h"

namespace freshet::config {
namespace {

struct ForKind {
  EncoderKind kind;
  std::string_view option;
};

/// Options that mean something to one kind of encoder only.
constexpr std::array<ForKind, 7> kForKind{{{EncoderKind::Model, "model"},
                                           {EncoderKind::Model, "pooling"},
                                           {EncoderKind::Model, "precision"},
                                           {EncoderKind::Http, "endpoint"},
                                           {EncoderKind::Http, "model_name"},
                                           {EncoderKind::Http, "api_key"},
                                           {EncoderKind::Http, "requests_per_minute"}}};

std::string name_of(EncoderKind kind) {
  return format_value(encoder_options().front().text, kind);
}

bool is_web_address(std::string_view text) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (text.starts_with(scheme)) return text.size() > scheme.size() && text[scheme.size()] != '/';
  }
  return false;
}

void check(const Scope& scope, const EncoderSettings& encoder, Problems& problems) {
  for (const auto& [kind, option] : kForKind) {
    if (encoder.kind == kind || scope.map.member(option) == nullptr) continue;
    problems.error(place_of(scope, option), dotted(scope, option),
                   "belongs to type " + name_of(kind) + ", but this encoder is of type " +
                       name_of(encoder.kind) + "; remove it or change the type");
  }
  if (encoder.kind != EncoderKind::Http) return;
  if (!is_web_address(encoder.endpoint)) {
    problems.error(place_of(scope, "endpoint"), dotted(scope, "endpoint"),
                   "must be a full http(s) address, such as https://host/v1/embeddings");
  }
  if (encoder.model_name.empty()) {
    problems.error(place_of(scope, "model_name"), dotted(scope, "model_name"),
                   "is missing; name the endpoint's model");
  }
}

void check(const Scope& scope, const PassageSettings& passages, Problems& problems) {
  if (passages.min_tokens < passages.max_tokens) return;
  problems.error(place_of(scope, "min_tokens"), dotted(scope, "min_tokens"),
                 "must be less than max_tokens");
}

void check(const Scope& /*scope*/, const IndexSettings& /*index*/, Problems& /*problems*/) {}

void check(const Scope& /*scope*/, const SyncSettings& /*sync*/, Problems& /*problems*/) {}

void check(const Scope& scope, const ServeSettings& serve, Problems& problems) {
  const auto address = parse_listen_address(serve.listen);
  if (address) return;
  problems.error(place_of(scope, "listen"), dotted(scope, "listen"), address.error().message);
}

template <auto member, auto table>
constexpr Section section(std::string_view name, std::string_view meaning) {
  return {name, meaning, [] { return describe_table(table()); },
          [](const Scope& scope, ValueReader& reader, Settings& settings) {
            read_table(table(), scope, reader, settings.*member);
            report_unknown(scope, names_of(table()), reader.problems());
            check(scope, settings.*member, reader.problems());
          }};
}

constexpr std::array<Section, 5> kSections{
    section<&Settings::encoder, encoder_options>("encoder", "What turns text into vectors."),
    section<&Settings::passages, passage_options>("passages", "How documents are cut for search."),
    section<&Settings::index, index_options>("index", "How the index is laid out."),
    section<&Settings::sync, sync_options>("sync", "How sources are pulled."),
    section<&Settings::serve, serve_options>("serve", "How queries are answered over HTTP."),
};

}  // namespace

std::span<const Section> sections() {
  return kSections;
}

}  // namespace freshet::config
