#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/interruption.h"
#include "base/result.h"

namespace freshet::http {

enum class Method { Get, Head, Post };

struct Request {
  Method method = Method::Get;
  std::string url;  ///< http:// or https:// only.
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;  ///< Post only.
  /// A limit for this answer's body where it is lower than the client's.
  std::optional<std::size_t> max_body_bytes{};
};

struct Response {
  int status = 0;
  std::map<std::string, std::string>
      headers;  ///< Names in lower case; repeated ones joined by ", ".
  std::string body;
};

/// Which servers may be talked to, judged by the address that the name resolved to.
enum class Reach {
  Anywhere,        ///< Endpoints that the configuration names.
  PublicInternet,  ///< Addresses found in documents: see is_public_address().
};

/// Every exchange is bounded; the whole of it by `timeout`.
struct ClientOptions {
  std::chrono::milliseconds connect_timeout{10000};
  std::chrono::milliseconds timeout{60000};
  std::size_t max_body_bytes = std::size_t{32} << 20;  ///< Of a response, after decompression.
  std::size_t max_header_bytes = std::size_t{64} << 10;
  /// Followed redirects. The caller's headers go along, so leave it 0 when one of them is a secret.
  int max_redirects = 0;
  Reach reach = Reach::Anywhere;
  std::string user_agent = "freshet";
  /// Empty means none; the environment's proxy variables are never read. With a proxy it is the
  /// proxy's address that `reach` judges.
  std::string proxy;
};

/// An HTTP client over libcurl that keeps connections for reuse. Thread-safe.
class Client {
 public:
  explicit Client(ClientOptions options);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Any answer is a success, whatever its status. Invalid for a request that cannot be sent, a
  /// certificate that cannot be trusted or an answer beyond the limits; Refused for an address out
  /// of reach; Interrupted; Unavailable for everything that another try may mend. Messages never
  /// hold headers, bodies, passwords or the query part of the address.
  Result<Response> send(const Request& request, const Interruption& interruption) const;

 private:
  struct Handles;
  ClientOptions options_;
  std::unique_ptr<Handles> handles_;
};

/// The address without user, password, query and fragment, fit for messages.
std::string displayable_url(std::string_view url);

}  // namespace freshet::http
