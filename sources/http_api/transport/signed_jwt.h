#pragma once

#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace freshet::sources::http_api {

/// What a JSON Web Token (RFC 7519) claims.
struct JwtClaims {
  std::string issuer;
  std::string subject;   ///< Empty: no such claim.
  std::string audience;  ///< Likewise.
  std::string scope;     ///< Likewise.
  Instant issued_at;
  std::chrono::seconds lifetime{600};
};

/// Signed with RS256 (RFC 7518). Invalid when `pem` holds no RSA private key.
Result<std::string> sign_jwt(const JwtClaims& claims, const std::string& pem);

}  // namespace freshet::sources::http_api
