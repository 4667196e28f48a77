#include "sources/http_api/transport/authenticator.h"

#include <utility>

#include "base/base64.h"
#include "sources/http_api/transport/signed_jwt.h"

namespace freshet::sources::http_api {
namespace {

Error refused(const std::string& what) {
  return {ErrorKind::Denied, "no access token: " + what + "; check the credentials of this source"};
}

}  // namespace

Authenticator::Authenticator(const AuthSpec& auth, Scope scope, const Clock& clock, Send send,
                             TokenFile tokens)
    : auth_(&auth),
      scope_(std::move(scope)),
      clock_(&clock),
      send_(std::move(send)),
      file_(std::move(tokens)),
      lifetime_(auth.lifetime) {}

Result<std::string> Authenticator::text(const std::optional<Template>& part) const {
  if (!part) return std::string();
  return part->render_text(scope_);
}

bool Authenticator::obtains_tokens() const {
  return auth_->type == AuthType::OAuth2Refresh ||
         auth_->type == AuthType::OAuth2ClientCredentials || auth_->type == AuthType::SignedJwt ||
         auth_->type == AuthType::Session;
}

Result<Done> Authenticator::sign(Outgoing& outgoing, const Interruption& interruption) {
  if (auth_->when) {
    const auto wanted = auth_->when->render(scope_);
    if (!wanted || !wanted->truthy() || wanted->scalar() == "") return Done{};
  }
  if (obtains_tokens()) return sign_with_token(outgoing, interruption);
  if (auth_->type == AuthType::Basic) {
    FRESHET_TRY(const std::string user, text(auth_->user));
    FRESHET_TRY(const std::string password, text(auth_->password));
    outgoing.headers.emplace_back("Authorization", "Basic " + base64(user + ":" + password));
  } else if (auth_->type == AuthType::Bearer) {
    FRESHET_TRY(const std::string token, text(auth_->token));
    outgoing.headers.emplace_back("Authorization", auth_->scheme + " " + token);
  } else if (auth_->type == AuthType::Headers || auth_->type == AuthType::Query) {
    FRESHET_TRY(auto set, render_named(auth_->set, scope_));
    auto& out = auth_->type == AuthType::Headers ? outgoing.headers : outgoing.query;
    out.insert(out.end(), set.begin(), set.end());
  }
  return Done{};
}

Result<Done> Authenticator::sign_with_token(Outgoing& outgoing, const Interruption& interruption) {
  if (!tokens_) {
    FRESHET_TRY(tokens_, file_.load());
  }
  const bool aging = tokens_->expires - lifetime_ / 5 <= clock_->now();
  if (tokens_->access.empty() || aging) FRESHET_CHECK(obtain(interruption));
  if (auth_->type == AuthType::Session && !auth_->set.empty()) {
    scope_.secrets["session"] = tokens_->access;
    FRESHET_TRY(auto set, render_named(auth_->set, scope_));
    outgoing.headers.insert(outgoing.headers.end(), set.begin(), set.end());
    return Done{};
  }
  outgoing.headers.emplace_back("Authorization", auth_->scheme + " " + tokens_->access);
  return Done{};
}

bool Authenticator::renew() {
  if (!obtains_tokens() || !tokens_ || tokens_->access.empty()) return false;
  tokens_->access.clear();
  return true;
}

Result<Outgoing> Authenticator::token_request() {
  Outgoing request;
  request.method = http::Method::Post;
  request.headers.emplace_back("Accept", "application/json");
  FRESHET_TRY(request.url, text(auth_->url));
  FRESHET_TRY(request.form, render_named(auth_->form, scope_));
  if (auth_->type == AuthType::Session) return request;
  if (auth_->type == AuthType::SignedJwt) {
    JwtClaims claims;
    claims.issued_at = clock_->now();
    FRESHET_TRY(claims.issuer, text(auth_->issuer));
    FRESHET_TRY(claims.subject, text(auth_->subject));
    FRESHET_TRY(claims.audience, text(auth_->audience));
    FRESHET_TRY(claims.scope, text(auth_->scope));
    FRESHET_TRY(const std::string pem, text(auth_->key));
    FRESHET_TRY(const std::string assertion, sign_jwt(claims, pem));
    request.form.emplace_back("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
    request.form.emplace_back("assertion", assertion);
    return request;
  }
  FRESHET_TRY(const std::string id, text(auth_->client_id));
  FRESHET_TRY(const std::string secret, text(auth_->client_secret));
  request.form.emplace_back("client_id", id);
  request.form.emplace_back("client_secret", secret);
  const bool refresh = auth_->type == AuthType::OAuth2Refresh;
  request.form.emplace_back("grant_type", refresh ? "refresh_token" : "client_credentials");
  if (refresh) {
    FRESHET_TRY(const std::string configured, text(auth_->refresh_token));
    request.form.emplace_back("refresh_token",
                              tokens_->refresh.empty() ? configured : tokens_->refresh);
  }
  return request;
}

Result<Done> Authenticator::obtain(const Interruption& interruption) {
  FRESHET_TRY(const Outgoing request, token_request());
  FRESHET_TRY(const http::Response response, send_(request.request(), interruption));
  if (response.status >= 500 || response.status == 429) {
    return Error{ErrorKind::Unavailable,
                 "the token endpoint answered " + std::to_string(response.status)};
  }
  if (response.status >= 300)
    return refused("the token endpoint answered " + std::to_string(response.status));
  FRESHET_CHECK(take(response));
  // Before first use: a rotated refresh token that is lost cannot be had again.
  return file_.save(*tokens_);
}

Result<Done> Authenticator::take(const http::Response& response) {
  const auto body = Value::parse(response.body);
  if (!body) return refused("the token endpoint did not answer with JSON");
  Value access = body->get("access_token");
  if (auth_->take) {
    FRESHET_TRY(access, auth_->take->first(*body));
  }
  if (!access.scalar()) return refused("the answer of the token endpoint holds none");
  const double seconds =
      body->get("expires_in").as_number().value_or(static_cast<double>(auth_->lifetime.count()));
  lifetime_ = std::chrono::seconds(static_cast<std::int64_t>(std::min(seconds, 1e8)));
  tokens_->access = *access.scalar();
  tokens_->expires = clock_->now() + lifetime_;
  if (const auto rotated = body->get("refresh_token").scalar()) tokens_->refresh = *rotated;
  return Done{};
}

}  // namespace freshet::sources::http_api
