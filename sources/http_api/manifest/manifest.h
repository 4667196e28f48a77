#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sources/http_api/manifest/request_spec.h"
#include "sources/http_api/manifest/rule_spec.h"
#include "sources/http_api/manifest/stream_spec.h"
#include "sources/http_api/pattern.h"

namespace freshet::sources::http_api {

/// An option that a source's `config` gives to a manifest.
struct ConfigOption {
  enum class Type { Text, Secret, Url, Number, Flag, List, Time };
  std::string name;
  Type type = Type::Text;
  std::string meaning;
  std::string pattern;             ///< What a text must match whole; empty: any.
  std::optional<Pattern> fits;     ///< The pattern, compiled.
  std::optional<std::string>
      fallback;  ///< Default as written; "-730d" for a time means so long ago.
  bool optional = false;
};

enum class AuthType {
  None,
  Basic,
  Bearer,
  Headers,
  Query,
  OAuth2Refresh,
  OAuth2ClientCredentials,
  SignedJwt,
  Session
};

/// How requests say who asks. Only here and in headers may a template name a secret.
struct AuthSpec {
  AuthType type = AuthType::None;
  std::optional<Template> when;  ///< Without it (or where it gives nothing) requests go anonymous.
  std::optional<Template> user, password, token;
  std::string scheme = "Bearer";
  NamedTemplates set;           ///< headers, query: what to add.
  std::optional<Template> url;  ///< OAuth 2: token endpoint. session: login endpoint.
  NamedTemplates form;          ///< OAuth 2: further parameters. session: what is posted.
  std::optional<Template> client_id, client_secret, refresh_token, scope;
  std::optional<Template> key, issuer, subject, audience;  ///< signed_jwt: PEM key and claims.
  std::optional<Expression> take;                          ///< session: the token in the answer.
  std::chrono::seconds lifetime{3600};
};

/// No more than `max` requests in `per`, for paths that match.
struct RateLimit {
  std::string
      match;  ///< Path after the base; "*" at its end for all that begin so. Empty: every request.
  double max = 1;                       ///< At least 1.
  std::chrono::milliseconds per{1000};  ///< Above 0.
};

/// What the headers of an answer say about waiting.
struct RateHeader {
  enum class Meaning { WaitSeconds, ResetEpoch, ResetSeconds, ResetTime };
  std::string name;  ///< Lower case.
  Meaning meaning = Meaning::WaitSeconds;
};

/// For the table of connectors in the docs.
struct AboutSpec {
  std::string pulls, changes, deletions, authorisation;
  std::string fresh_new, fresh_changed, fresh_deleted, fresh_permission;
};

/// A connector as a file says it: connectors.md describes the language for its authors.
struct Manifest {
  std::string id;
  std::string title;
  AboutSpec about;
  std::vector<ConfigOption> config;
  std::optional<Template> base;
  std::vector<Template> hosts;  ///< Further hosts that requests and redirects may go to.
  NamedTemplates headers;
  AuthSpec auth;
  std::vector<RateLimit> limits;
  std::vector<RateHeader> rate_headers;
  std::vector<ResponseRule> on;
  std::vector<StreamSpec> streams;  ///< Lookups first.
  std::string hash;                 ///< Of the text: another manifest reads everything again.
};

}  // namespace freshet::sources::http_api
