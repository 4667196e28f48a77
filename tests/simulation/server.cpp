#include "tests/simulation/server.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace freshet::simulation {

namespace chrono = std::chrono;

http::Response Server::handle(const http::Request& request) {
  const Call call = read_call(request);
  const bool admitted = profile().anonymous || call.header(profile().credential).has_value();
  http::Response response = admitted ? answer(call) : unauthorized();
  response.headers.emplace("date", to_http_date(world_->server_now()));
  return response;
}

http::Response Server::unauthorized() const {
  return reply(401, object({{"error", "Couldn't authenticate you"}}));
}

std::size_t Server::page_rows(std::int64_t asked, std::size_t vendor_limit) const {
  auto rows = std::min(static_cast<std::size_t>(std::max<std::int64_t>(asked, 1)), vendor_limit);
  return options_.most_rows == 0 ? rows : std::min(rows, options_.most_rows);
}

std::vector<DocumentVersion> Server::indexed(
    Kind kind, const std::function<bool(const Document&)>& matches) const {
  std::vector<DocumentVersion> found;
  for (const auto& [id, document] : world_->index()) {
    if (document->kind == kind && matches(*document)) found.push_back(document);
  }
  return found;
}

const Document* Server::current(Id id, Kind kind) const {
  const Document* document = world_->find(id);
  return document != nullptr && document->kind == kind ? document : nullptr;
}

http::Response reply(int status, const Value& body) {
  return {status, {{"content-type", "application/json; charset=utf-8"}}, body.text()};
}

std::int64_t epoch_seconds(Instant instant) {
  return chrono::floor<chrono::seconds>(instant).time_since_epoch().count();
}

std::int64_t epoch_milliseconds(Instant instant) {
  return chrono::floor<chrono::milliseconds>(instant).time_since_epoch().count();
}

Instant from_epoch_seconds(std::int64_t seconds) {
  return Instant{chrono::seconds{seconds}};
}

std::string with_milliseconds(Instant instant) {
  std::string text = to_rfc3339(chrono::floor<chrono::seconds>(instant));
  std::array<char, 8> fraction{};
  std::snprintf(fraction.data(), fraction.size(), ".%03dZ",
                static_cast<int>(epoch_milliseconds(instant) % 1000));
  text.replace(text.size() - 1, 1, fraction.data());
  return text;
}

std::string html(std::string_view text) {
  return "<p>" + std::string(text) + "</p>";
}

}  // namespace freshet::simulation
