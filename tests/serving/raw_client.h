#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace freshet::serving::testing {

/// A response as it came over the wire.
struct RawResponse {
  int status = 0;  ///< 0: the connection ended before a whole response had come.
  std::map<std::string, std::string> headers;  ///< Names in lower case.
  std::string body;
};

/// A blocking connection to 127.0.0.1 that sends exactly the bytes it is told to. Every wait is
/// bounded.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port);
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;
  ~RawClient();

  /// False when the server no longer takes bytes.
  bool send(std::string_view bytes) const;
  /// Reads one response by its Content-Length; further bytes stay for the next call.
  RawResponse read_response();
  /// The same for a response that has no body whatever its Content-Length says.
  RawResponse read_head();
  /// Whether the server closes within the bound, after anything it still sends.
  bool is_closed_by_server();

 private:
  bool read_some();

  int socket_ = -1;
  std::string received_;
};

/// One request on a connection of its own.
RawResponse exchange(std::uint16_t port, std::string_view request);

/// "METHOD target HTTP/1.1" with a Host, the headers given (each ending in CRLF) and the body.
std::string request_text(std::string_view method, std::string_view target,
                         std::string_view headers = "", std::string_view body = "");

/// POST of a JSON body.
std::string post_json(std::string_view target, std::string_view body);

}  // namespace freshet::serving::testing
