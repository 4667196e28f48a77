#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "base/http/retry.h"
#include "base/interruption.h"
#include "base/result.h"
#include "sources/http_api/manifest/manifest.h"
#include "sources/http_api/transport/request_builder.h"
#include "sources/http_api/transport/token_file.h"

namespace freshet::sources::http_api {

using Send = http::RetryingSender::Send;

/// Adds to requests what proves who asks, as `auth` of a manifest says. One thread owns it.
class Authenticator {
 public:
  /// `scope` holds the source's configuration; `send` is used for token requests.
  Authenticator(const AuthSpec& auth, Scope scope, const Clock& clock, Send send, TokenFile tokens);

  /// Gets a token first where none is valid for a fifth of its lifetime more. Denied when the
  /// server gives none.
  Result<Done> sign(Outgoing& outgoing, const Interruption& interruption);

  /// After a 401: drops the access token. False when there is no other to get.
  bool renew();

 private:
  Result<Done> sign_with_token(Outgoing& outgoing, const Interruption& interruption);
  [[nodiscard]] bool obtains_tokens() const;
  Result<Done> obtain(const Interruption& interruption);
  Result<Outgoing> token_request();
  Result<Done> take(const http::Response& response);
  [[nodiscard]] Result<std::string> text(const std::optional<Template>& part) const;

  const AuthSpec* auth_;
  Scope scope_;
  const Clock* clock_;
  Send send_;
  TokenFile file_;
  std::optional<Tokens> tokens_;  ///< None: not loaded yet.
  std::chrono::seconds lifetime_;
};

}  // namespace freshet::sources::http_api
