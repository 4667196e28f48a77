#include "tests/serving/raw_client.h"

#include <algorithm>
#include <array>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace freshet::serving::testing {

namespace {

constexpr timeval kPatience{10, 0};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

RawResponse parse_head(std::string_view head) {
  RawResponse response;
  response.status = std::stoi(std::string(head.substr(head.find(' ') + 1, 3)));
  for (auto line_end = head.find("\r\n"); line_end != std::string_view::npos;) {
    head.remove_prefix(line_end + 2);
    line_end = head.find("\r\n");
    const auto line = head.substr(0, line_end);
    const auto colon = line.find(": ");
    if (colon == std::string_view::npos) continue;
    response.headers[lower(std::string(line.substr(0, colon)))] = line.substr(colon + 2);
  }
  return response;
}

}  // namespace

RawClient::RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const auto* generic = reinterpret_cast<const sockaddr*>(&address);
  if (connect(socket_, generic, sizeof address) != 0) {
    close(socket_);
    socket_ = -1;
  }
}

RawClient::~RawClient() {
  if (socket_ >= 0) close(socket_);
}

bool RawClient::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool RawClient::read_some() {
  std::array<char, 16384> block{};
  const auto count = recv(socket_, block.data(), block.size(), 0);
  if (count <= 0) return false;
  received_.append(block.data(), static_cast<std::size_t>(count));
  return true;
}

RawResponse RawClient::read_head() {
  auto end = received_.find("\r\n\r\n");
  while (end == std::string::npos) {
    if (!read_some()) return {};
    end = received_.find("\r\n\r\n");
  }
  auto response = parse_head(std::string_view(received_).substr(0, end));
  received_.erase(0, end + 4);
  return response;
}

RawResponse RawClient::read_response() {
  auto response = read_head();
  const auto length = response.headers.find("content-length");
  if (length == response.headers.end()) return response;
  const auto size = std::stoul(length->second);
  while (received_.size() < size) {
    if (!read_some()) return {};
  }
  response.body = received_.substr(0, size);
  received_.erase(0, size);
  return response;
}

bool RawClient::is_closed_by_server() {
  std::array<char, 16384> block{};
  for (;;) {
    const auto count = recv(socket_, block.data(), block.size(), 0);
    if (count == 0) return true;
    if (count < 0) return errno == ECONNRESET;
  }
}

RawResponse exchange(std::uint16_t port, std::string_view request) {
  RawClient client(port);
  client.send(request);
  return client.read_response();
}

std::string request_text(std::string_view method, std::string_view target, std::string_view headers,
                         std::string_view body) {
  std::string text =
      std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n";
  if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return text + std::string(headers) + "\r\n" + std::string(body);
}

std::string post_json(std::string_view target, std::string_view body) {
  return request_text("POST", target, "Content-Type: application/json\r\n", body);
}

}  // namespace freshet::serving::testing
