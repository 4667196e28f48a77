#include "sources/http_api/manifest/auth_reader.h"

#include <array>
#include <initializer_list>
#include <utility>

namespace freshet::sources::http_api {
namespace {

using Texts = std::optional<Template> AuthSpec::*;

constexpr std::array<std::pair<std::string_view, Texts>, 13> kTexts{{
    {"when", &AuthSpec::when},
    {"user", &AuthSpec::user},
    {"password", &AuthSpec::password},
    {"token", &AuthSpec::token},
    {"url", &AuthSpec::url},
    {"client_id", &AuthSpec::client_id},
    {"client_secret", &AuthSpec::client_secret},
    {"refresh_token", &AuthSpec::refresh_token},
    {"scope", &AuthSpec::scope},
    {"key", &AuthSpec::key},
    {"issuer", &AuthSpec::issuer},
    {"subject", &AuthSpec::subject},
    {"audience", &AuthSpec::audience},
}};

/// What each type cannot do without, in the order of AuthType.
constexpr std::array<std::array<std::string_view, 4>, 9> kNeeded{{
    {},
    {"user", "password"},
    {"token"},
    {"set"},
    {"set"},
    {"url", "client_id", "client_secret", "refresh_token"},
    {"url", "client_id", "client_secret"},
    {"url", "key", "issuer"},
    {"url", "form", "take"},
}};

}  // namespace

AuthSpec read_auth(MapReader& manifest) {
  AuthSpec auth;
  const config::Node* node = manifest.member("auth");
  if (node == nullptr) return auth;
  MapReader reader(*node, "auth", manifest.problems());
  reader.required("type");
  const auto type =
      reader.choice("type", {"none", "basic", "bearer", "headers", "query", "oauth2_refresh",
                             "oauth2_client_credentials", "signed_jwt", "session"});
  if (type) auth.type = static_cast<AuthType>(*type);
  for (const auto& [name, member] : kTexts)
    auth.*member = reader.text_template(name, SecretUse::Allowed);
  auth.scheme = reader.text("scheme").value_or(auth.scheme);
  auth.set = reader.templates("set", SecretUse::Allowed);
  auth.form = reader.templates("form", SecretUse::Allowed);
  auth.take = reader.expression("take");
  if (const auto lifetime = reader.duration("lifetime")) {
    auth.lifetime = std::chrono::duration_cast<std::chrono::seconds>(*lifetime);
  }
  for (const auto needed : kNeeded.at(static_cast<std::size_t>(auth.type))) {
    if (!needed.empty()) reader.required(needed);
  }
  reader.finish();
  return auth;
}

}  // namespace freshet::sources::http_api
