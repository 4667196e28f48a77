// How long the connector engine takes to parse and map the tickets of BulkZendesk, without network,
// ledger or encoder. For scripts/bench tickets. usage: bulk_mapping TICKETS MANIFEST PAYLOADS
// PAYLOADS is written: every answer that was asked for, one a line as "URL<tab>BODY", so that a
// peer can be given the same. Prints {"documents": N, "cpu_seconds": S}.

#include <ctime>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>

#include "base/clock.h"
#include "base/http/waiter.h"
#include "base/interruption.h"
#include "sources/http_api/http_api_connector.h"
#include "tests/simulation/bulk.h"

namespace freshet {
namespace {

using sources::http_api::Send;

double cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

/// A ledger that is empty: everything is new.
class NothingKnown : public sources::KnownDocuments {
 public:
  [[nodiscard]] Result<std::optional<std::string>> version_of(std::string_view) const override {
    return std::optional<std::string>();
  }
  [[nodiscard]] Result<std::vector<sources::KnownDocument>> after(std::string_view,
                                                                  std::size_t) const override {
    return std::vector<sources::KnownDocument>();
  }
};

config::SourceSettings helpdesk() {
  config::SourceSettings settings;
  settings.name = "helpdesk";
  config::HttpApiSettings api;
  api.config["subdomain"].texts = {"acme"};
  api.config["email"].texts = {"a@b.example"};
  api.config["since"].texts = {"2000-01-01T00:00:00Z"};
  api.config["api_token"].secret = config::Secret("secret");
  settings.kind = api;
  return settings;
}

/// Reads everything there is; returns how many documents that were.
Result<std::size_t> read_all(const std::string& manifest, const Send& send) {
  static const SystemClock clock;
  static http::SleepingWaiter waiter;
  const NothingKnown nothing;
  FRESHET_TRY(auto compiled, sources::http_api::parse_manifest(manifest, "zendesk"));
  FRESHET_TRY(const auto connector,
              create_from_manifest(helpdesk(), std::move(compiled), {clock, waiter, send}));
  std::size_t documents = 0;
  std::string cursor;
  for (bool more = true; more;) {
    const Interruption never;
    FRESHET_TRY(auto batch, connector->fetch({cursor, nothing, never}));
    documents += batch.changes.size();
    cursor = std::move(batch.next_cursor);
    more = batch.more;
  }
  return documents;
}

using Answers = std::map<std::string, http::Response>;

/// Every answer that a full read asks for.
Result<Answers> recorded(std::size_t tickets, const std::string& manifest) {
  const simulation::BulkZendesk bulk({.tickets = tickets});
  Answers answers;
  const Send record = [&](const http::Request& request, const Interruption&) {
    const auto answer = answers.try_emplace(request.url, bulk.handle(request)).first;
    return Result<http::Response>(answer->second);
  };
  FRESHET_CHECK(read_all(manifest, record));
  return answers;
}

Result<Done> measure(std::size_t tickets, const std::string& manifest,
                     const std::string& payloads) {
  FRESHET_TRY(const Answers answers, recorded(tickets, manifest));
  std::ofstream file(payloads);
  for (const auto& [url, answer] : answers) file << url << "\t" << answer.body << "\n";

  const Send replay = [&](const http::Request& request, const Interruption&) {
    return Result<http::Response>(answers.at(request.url));
  };
  const double begun = cpu_seconds();
  FRESHET_TRY(const std::size_t documents, read_all(manifest, replay));
  std::cout << "{\"documents\": " << documents << ", \"cpu_seconds\": " << cpu_seconds() - begun
            << "}\n";
  return Done{};
}

}  // namespace
}  // namespace freshet

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: bulk_mapping TICKETS MANIFEST PAYLOADS\n";
    return 1;
  }
  std::stringstream manifest;
  manifest << std::ifstream(argv[2]).rdbuf();
  const auto done = freshet::measure(std::strtoul(argv[1], nullptr, 10), manifest.str(), argv[3]);
  if (!done) std::cerr << done.error().message << "\n";
  return done ? 0 : 1;
}
