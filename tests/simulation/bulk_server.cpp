// Serves BulkZendesk on a free loopback port, which it prints, until its standard input ends. For
// measurements by scripts/bench.  usage: bulk_server [TICKETS]

#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>

#include "base/http/client.h"
#include "serving/http_server.h"
#include "tests/simulation/bulk.h"

namespace freshet {
namespace {

http::Request request_of(const serving::Request& request) {
  http::Request asked;
  asked.url = "https://acme.zendesk.example" + request.target;
  return asked;
}

serving::Response response_of(http::Response answer) {
  serving::Response response;
  response.status = answer.status;
  response.body = std::move(answer.body);
  for (auto& [name, value] : answer.headers) response.headers.emplace_back(name, value);
  return response;
}

Result<Done> serve(std::size_t tickets) {
  const simulation::BulkZendesk bulk({.tickets = tickets});
  serving::HttpApplication application;
  application.respond = [&](const serving::Request& request) {
    return response_of(bulk.handle(request_of(request)));
  };
  application.refuse = [](const serving::Problem&) {
    serving::Response refusal;
    refusal.status = 400;
    return refusal;
  };
  std::stop_source stop;
  std::jthread until_input_ends([&] {
    while (std::cin.get() != std::char_traits<char>::eof()) continue;
    stop.request_stop();
  });
  FRESHET_TRY(const ListenAddress address, parse_listen_address("127.0.0.1:0"));
  return serving::run_http_server({}, address, application, stop.get_token(),
                                  [](std::uint16_t port) { std::cout << port << std::endl; });
}

}  // namespace
}  // namespace freshet

int main(int argc, char** argv) {
  const auto done = freshet::serve(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 100'000);
  if (!done) std::cerr << done.error().message << "\n";
  return done ? 0 : 1;
}
