#include "tests/support/scripted_server.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace freshet::testing {
namespace {

constexpr std::size_t kBlock = std::size_t{64} << 10;

/// False once the client no longer listens.
bool send_all(int connection, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::size_t content_length(const std::string& head) {
  const std::size_t at = head.find("Content-Length: ");
  return at == std::string::npos ? 0 : std::strtoul(head.c_str() + at + 16, nullptr, 10);
}

std::string head_of(const Reply& reply) {
  std::string head = "HTTP/1.1 " + std::to_string(reply.status) + " Scripted\r\nContent-Length: " +
                     std::to_string(reply.body.size() + reply.padding) +
                     "\r\nConnection: close\r\n";
  for (const std::string& line : reply.headers) head += line + "\r\n";
  return head + "\r\n";
}

int listen_on_loopback(int& port) {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  const bool listening = listener >= 0 && ::bind(listener, generic, size) == 0 &&
                         ::listen(listener, 16) == 0 &&
                         ::getsockname(listener, generic, &size) == 0;
  if (!listening) throw std::runtime_error("cannot listen on loopback");
  port = ntohs(address.sin_port);
  return listener;
}

}  // namespace

ScriptedServer::ScriptedServer(std::vector<Reply> script) : script_(std::move(script)) {
  if (script_.empty()) throw std::runtime_error("a scripted server needs a reply");
  listener_ = listen_on_loopback(port_);
  if (::pipe(stop_pipe_) != 0) throw std::runtime_error("cannot create a pipe");
  thread_ = std::thread([this] { serve(); });
}

ScriptedServer::~ScriptedServer() {
  ::close(stop_pipe_[1]);
  thread_.join();
  ::close(stop_pipe_[0]);
  ::close(listener_);
}

std::string ScriptedServer::url(std::string_view path) const {
  return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
}

std::vector<ReceivedRequest> ScriptedServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

/// False when the server must stop.
bool ScriptedServer::wait_readable(int descriptor) const {
  std::array<pollfd, 2> waited{pollfd{descriptor, POLLIN, 0}, pollfd{stop_pipe_[0], POLLIN, 0}};
  return ::poll(waited.data(), waited.size(), -1) > 0 && waited[1].revents == 0;
}

void ScriptedServer::serve() {
  while (wait_readable(listener_)) {
    const int connection = ::accept(listener_, nullptr, nullptr);
    if (connection < 0) continue;
    answer(connection);
    ::close(connection);
  }
}

ReceivedRequest ScriptedServer::receive(int connection) const {
  std::string bytes;
  std::array<char, kBlock> block{};
  std::size_t end = std::string::npos;
  while (end == std::string::npos ||
         bytes.size() - end - 4 < content_length(bytes.substr(0, end))) {
    if (!wait_readable(connection)) break;
    const ssize_t got = ::recv(connection, block.data(), block.size(), 0);
    if (got <= 0) break;
    bytes.append(block.data(), static_cast<std::size_t>(got));
    if (end == std::string::npos) end = bytes.find("\r\n\r\n");
  }
  if (end == std::string::npos) return {};
  return {bytes.substr(0, end), bytes.substr(end + 4)};
}

void ScriptedServer::answer(int connection) {
  ReceivedRequest request = receive(connection);
  if (request.head.empty()) return;
  std::size_t number = 0;
  {
    const std::lock_guard lock(mutex_);
    number = requests_.size();
    requests_.push_back(std::move(request));
  }
  const Reply& reply = script_[std::min(number, script_.size() - 1)];
  if (reply.hangs) {
    static_cast<void>(wait_readable(connection));
    return;
  }
  bool listening =
      send_all(connection, reply.raw.empty() ? head_of(reply) + reply.body : reply.raw);
  const std::string block(kBlock, ' ');
  for (std::size_t sent = 0; listening && sent < reply.padding; sent += kBlock) {
    listening = send_all(connection, std::string_view(block).substr(0, reply.padding - sent));
  }
}

}  // namespace freshet::testing
