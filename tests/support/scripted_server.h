#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace freshet::testing {

/// What the server sends back for one request.
struct Reply {
  int status = 200;
  std::string body;
  std::vector<std::string> headers;  ///< Whole lines without their end.
  std::string raw;                   ///< If not empty, sent as it is instead of all of the above.
  std::size_t padding = 0;           ///< So many spaces after the body, counted in Content-Length.
  bool hangs = false;                ///< Sends nothing until the client gives up or the test ends.
};

/// One request as it came.
struct ReceivedRequest {
  std::string head;  ///< Request line and headers.
  std::string body;
};

/// An HTTP server on a loopback port that answers each request with the next reply of its script
/// and closes the connection. The last reply repeats. Not HTTP for its own sake: it says what a
/// hostile server would.
class ScriptedServer {
 public:
  explicit ScriptedServer(std::vector<Reply> script);
  ~ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  /// "http://127.0.0.1:PORT" + path.
  [[nodiscard]] std::string url(std::string_view path = "/") const;
  [[nodiscard]] std::vector<ReceivedRequest> requests() const;

 private:
  void serve();
  void answer(int connection);
  [[nodiscard]] bool wait_readable(int descriptor) const;
  [[nodiscard]] ReceivedRequest receive(int connection) const;

  std::vector<Reply> script_;
  int listener_ = -1;
  int stop_pipe_[2] = {-1, -1};
  int port_ = 0;
  mutable std::mutex mutex_;  ///< Guards `requests_`.
  std::vector<ReceivedRequest> requests_;
  std::thread thread_;
};

}  // namespace freshet::testing
