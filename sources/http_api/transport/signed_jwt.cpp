#include "sources/http_api/transport/signed_jwt.h"

#include <memory>

#include <nlohmann/json.hpp>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "base/base64.h"
#include "base/json.h"

namespace freshet::sources::http_api {
namespace {

struct Free {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

std::int64_t seconds_of(Instant instant) {
  return std::chrono::floor<std::chrono::seconds>(instant.time_since_epoch()).count();
}

std::string claims_json(const JwtClaims& claims) {
  Json json{{"iss", claims.issuer},
            {"iat", seconds_of(claims.issued_at)},
            {"exp", seconds_of(claims.issued_at + claims.lifetime)}};
  if (!claims.subject.empty()) json["sub"] = claims.subject;
  if (!claims.audience.empty()) json["aud"] = claims.audience;
  if (!claims.scope.empty()) json["scope"] = claims.scope;
  return dump_json(json);
}

Error failed() {
  return {ErrorKind::Invalid,
          "the key of this source cannot sign; give an RSA private key in PEM form"};
}

Result<std::string> sign(const std::string& text, EVP_PKEY& key) {
  const std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
  if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, &key) != 1) return failed();
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t size = 0;
  if (EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size()) != 1) return failed();
  std::string signature(size, '\0');
  auto* out = reinterpret_cast<unsigned char*>(signature.data());
  if (EVP_DigestSign(context.get(), out, &size, bytes, text.size()) != 1) return failed();
  signature.resize(size);
  return signature;
}

}  // namespace

Result<std::string> sign_jwt(const JwtClaims& claims, const std::string& pem) {
  const std::unique_ptr<BIO, Free> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const std::unique_ptr<EVP_PKEY, Free> key(
      PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
  if (!key || EVP_PKEY_base_id(key.get()) != EVP_PKEY_RSA) return failed();
  const std::string text =
      base64url(R"({"alg":"RS256","typ":"JWT"})") + "." + base64url(claims_json(claims));
  FRESHET_TRY(const std::string signature, sign(text, *key));
  return text + "." + base64url(signature);
}

}  // namespace freshet::sources::http_api
