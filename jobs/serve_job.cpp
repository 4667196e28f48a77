#include <ostream>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "base/listen_address.h"
#include "index/searcher.h"
#include "jobs/assembly.h"
#include "jobs/catalog.h"
#include "serving/server.h"

namespace freshet::jobs {

namespace {

void announce(Context& context, const std::string& host, std::uint16_t port) {
  if (context.output == Output::Json) {
    context.out << dump_json(
                       Json{{"schema", 1}, {"type", "listening"}, {"host", host}, {"port", port}})
                << std::endl;
  } else {
    context.out << "listening on http://" << host << ":" << port << " (POST /v1/search)"
                << std::endl;
  }
}

Result<ExitCode> run_serve(const std::string& listen, Context& context) {
  if (!listen.empty()) FRESHET_CHECK(usage(context, parse_listen_address(listen)));
  FRESHET_TRY(const Workspace workspace, Workspace::open(context));
  config::ServeSettings settings = workspace.settings().serve;
  if (!listen.empty()) settings.listen = listen;
  index::SnapshotSource snapshots(workspace.index_directory());
  FRESHET_TRY(const auto encoder, workspace.encoder());
  const index::Searcher searcher(snapshots, encoder.get());
  const serving::Services services{
      .searcher = searcher,
      .snapshots = snapshots,
      .open_ledger = [&] { return workspace.ledger(pipeline::LedgerAccess::ReadOnly); },
      .encoder_description = encoder->description(),
      .clock = context.clock,
      .log = context.log};
  const std::string host = settings.listen.substr(0, settings.listen.rfind(':'));
  FRESHET_CHECK(serving::serve(settings, services, context.stop,
                               [&](std::uint16_t port) { announce(context, host, port); }));
  return ExitCode::Ok;
}

}  // namespace

Action declare_serve(CLI::App& command) {
  const auto listen = std::make_shared<std::string>();  // shared with CLI11's callback
  command.add_option("--listen", *listen, "Address and port on this machine; port 0 picks one")
      ->default_str("serve.listen");
  return [listen](Context& context) { return run_serve(*listen, context); };
}

}  // namespace freshet::jobs
