#include "sources/http_api/http_api_connector.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "base/http/url.h"
#include "sources/http_api/manifest/read_manifest.h"
#include "sources/http_api/manifest/shipped.h"
#include "sources/http_api/reading/source_run.h"
#include "sources/http_api/reading/tasks.h"
#include "sources/http_api/source_config.h"
#include "sources/http_api/transport/exchange.h"

namespace freshet::sources::http_api {
namespace {

constexpr std::size_t kMostBodyBytes = std::size_t{64} << 20;
constexpr std::size_t kMostLookupRows = 200'000;

Send client_send(const config::HttpApiSettings& settings) {
  http::ClientOptions options;
  options.max_body_bytes = kMostBodyBytes;
  options.reach =
      settings.allow_private_addresses ? http::Reach::Anywhere : http::Reach::PublicInternet;
  auto client = std::make_unique<http::Client>(options);
  // std::function wants to be copied, so the client is shared by the copies.
  return [client = std::shared_ptr<http::Client>(std::move(client))](
             const http::Request& request, const Interruption& interruption) {
    auto response = client->send(request, interruption);
    if (response || response.error().kind != ErrorKind::Refused) return response;
    Error error = std::move(response).error();
    error.message +=
        "; if it is inside your network, set allow_private_addresses: true on the source";
    return Result<http::Response>(std::move(error));
  };
}

Scope scope_of(const SourceConfig& config, Instant now) {
  Scope scope;
  scope.roots["config"] = config.values;
  scope.roots["now"] = Value::text(to_rfc3339(now));
  scope.secrets = config.secrets;
  return scope;
}

/// Of what is written, not of what it means today: "-730d" must not make another source every day.
std::string hash_of(const Manifest& manifest, const config::SourceSettings& settings,
                    const std::string& base) {
  std::string text = manifest.hash + "\n" + base;
  for (const std::string& principal : settings.principals) text += "\n" + principal;
  const auto& own = std::get<config::HttpApiSettings>(settings.kind);
  for (const auto& [name, value] : own.config) {
    text += "\n" + name + ":";
    for (const std::string& written : value.texts) text += " " + written;
  }
  if (own.attachments.download) {
    text += "\nattachments " + std::to_string(own.attachments.max_bytes) + " " +
            std::to_string(own.attachments.max_total_bytes);
  }
  return to_hex(hash128(text)).substr(0, 16);
}

class HttpApiConnector final : public Connector {
 public:
  HttpApiConnector(std::shared_ptr<const Manifest> manifest, SourceConfig config,
                   const config::SourceSettings& settings, Exchange exchange, Scope scope)
      : manifest_(std::move(manifest)),
        config_(std::move(config)),
        principals_(settings.principals),
        scope_hash_(hash_of(*manifest_, settings, exchange.base())),
        exchange_(std::move(exchange)),
        listings_(exchange_),
        attachment_settings_(std::get<config::HttpApiSettings>(settings.kind).attachments),
        attachments_(exchange_, attachment_settings_),
        scope_(std::move(scope)) {
    variables_.config = config_.values;
  }

  Result<Batch> fetch(const FetchRequest& request) override {
    State state = State::from_cursor(request.cursor, scope_hash_);
    if (!lookups_ready_) FRESHET_CHECK(read_lookups(request));
    SourceView source = view(request);
    SourceRun run(source, state, enumerations_, open_page_);
    FRESHET_TRY(Batch batch, run.fetch(request));
    for (std::string& problem : lookup_problems_) batch.problems.push_back(std::move(problem));
    batch.complete = batch.complete && lookup_problems_.empty();
    lookup_problems_.clear();
    attachments_.tell(batch, request.interruption);
    return batch;
  }

 private:
  SourceView view(const FetchRequest& request) {
    return {*manifest_, principals_,   scope_hash_,          variables_,   scope_,
            listings_,  request.known, request.interruption, attachments_, request.max_bytes};
  }

  /// A lookup that cannot be read ends the sync, for what depends on it would be mapped wrongly;
  /// unless its rules say to leave it out: then whatever it would have opened stays closed.
  Result<Done> read_lookups(const FetchRequest& request) {
    variables_.lookup = Value::object();
    for (const StreamSpec& stream : manifest_->streams) {
      if (!stream.lookup) continue;
      FRESHET_TRY(const auto rows, lookup_rows(stream, request));
      FRESHET_TRY(auto table, lookup_table(stream, rows));
      variables_.lookup.set(stream.name, std::move(table));
    }
    lookups_ready_ = true;
    return Done{};
  }

  /// The rows of all parts of a lookup, and what hangs under them.
  Result<std::vector<Value>> lookup_rows(const StreamSpec& stream, const FetchRequest& request) {
    FRESHET_TRY(const auto parts, parts_of(view(request), stream));
    std::vector<Value> rows;
    for (const std::string& part : parts) {
      Scope scope = scope_;
      scope.roots["part"] = Value::text(part);
      FRESHET_CHECK(add_rows(stream, stream.listing, scope, rows, request.interruption, 0));
    }
    return rows;
  }

  Result<Done> add_rows(const StreamSpec& stream, const ListingSpec& listing, Scope& scope,
                        std::vector<Value>& rows, const Interruption& interruption,
                        std::size_t depth) {
    FRESHET_TRY(auto all, listings_.all(listing, scope, kMostLookupRows, interruption));
    if (all.stopped && all.stopped->reaction == Reaction::SkipRecord) return Done{};
    if (all.stopped && all.stopped->reaction != Reaction::SkipStream) {
      return while_doing("read " + stream.name, error_of(*all.stopped));
    }
    if (all.stopped) lookup_problems_.push_back(stream.name + ": " + all.stopped->message);
    for (Value& row : all.records) {
      for (const ChildrenSpec& child : stream.children) {
        const auto& wanted = depth == 0 ? child.when : child.recurse;
        if (depth > 0 && !wanted) continue;
        if (wanted) {
          FRESHET_TRY(const Value there, wanted->first(row));
          if (!there.truthy()) continue;
        }
        if (depth == 20) continue;
        scope.roots["parent"] = row;
        FRESHET_CHECK(add_rows(stream, child.listing, scope, rows, interruption, depth + 1));
      }
      rows.push_back(std::move(row));
    }
    return Done{};
  }

  std::shared_ptr<const Manifest> manifest_;
  SourceConfig config_;
  std::vector<std::string> principals_;
  std::string scope_hash_;
  Exchange exchange_;
  ListingReader listings_;
  config::AttachmentSettings attachment_settings_;
  AttachmentReader attachments_;
  Scope scope_;
  Variables variables_;
  bool lookups_ready_ = false;
  std::vector<std::string> lookup_problems_;
  Enumerations enumerations_;
  std::optional<OpenPage> open_page_;
};

std::string without_slash(std::string address) {
  address.erase(address.find_last_not_of('/') + 1);
  return address;
}

Result<std::string> base_of(const Manifest& manifest, const config::HttpApiSettings& settings,
                            const Scope& scope) {
  std::string base = settings.base_url;
  if (base.empty()) {
    FRESHET_TRY(base, manifest.base->render_text(scope));
  }
  base = without_slash(std::move(base));
  if (http::origin_of(base).empty())
    return Error{ErrorKind::Invalid,
                 "\"" + base + "\" is no http or https address; check base_url"};
  return base;
}

/// What the manifest says, whatever the configuration says instead; empty where an option is
/// missing.
std::string own_base_of(const Manifest& manifest, const Scope& scope) {
  const auto base = manifest.base->render_text(scope);
  return base && !http::origin_of(*base).empty() ? without_slash(*base) : "";
}

Result<HostList> hosts_of(const Manifest& manifest, const Scope& scope) {
  std::vector<std::string> hosts;
  for (const Template& host : manifest.hosts) {
    FRESHET_TRY(std::string text, host.render_text(scope));
    hosts.push_back(std::move(text));
  }
  return HostList::parse(hosts);
}

Result<Manifest> compiled_manifest(std::string_view text, const std::string& name) {
  config::Problems problems;
  auto manifest = read_manifest(text, problems);
  if (manifest) return std::move(*manifest);
  std::string lines;
  for (const config::Problem& problem : problems.sorted())
    lines += (lines.empty() ? "" : "\n") + describe(problem, name);
  return Error{ErrorKind::Invalid, lines};
}

Result<Manifest> manifest_of(const config::SourceSettings& settings) {
  const auto& name = std::get<config::HttpApiSettings>(settings.kind).manifest;
  FRESHET_TRY(const std::string text, manifest_text(name));
  return compiled_manifest(text, name);
}

/// With the real network and clock.
Result<std::unique_ptr<Connector>> create_in_earnest(const config::SourceSettings& settings,
                                                     Manifest manifest) {
  static const SystemClock clock;
  static http::SleepingWaiter waiter;
  return create_from_manifest(
      settings, std::make_shared<Manifest>(std::move(manifest)),
      Services{clock, waiter, client_send(std::get<config::HttpApiSettings>(settings.kind))});
}

}  // namespace

Result<std::shared_ptr<const Manifest>> parse_manifest(std::string_view text,
                                                       const std::string& name) {
  FRESHET_TRY(Manifest manifest, compiled_manifest(text, name));
  return std::shared_ptr<const Manifest>(std::make_shared<Manifest>(std::move(manifest)));
}

Result<std::unique_ptr<Connector>> create_from_manifest(const config::SourceSettings& settings,
                                                        std::shared_ptr<const Manifest> manifest,
                                                        const Services& services) {
  const auto& own = std::get<config::HttpApiSettings>(settings.kind);
  const Instant now = services.clock.now();
  FRESHET_TRY(SourceConfig config, resolve_config(manifest->config, own, now));
  const Scope scope = scope_of(config, now);
  FRESHET_TRY(std::string base, base_of(*manifest, own, scope));
  FRESHET_TRY(auto hosts, hosts_of(*manifest, scope));
  FRESHET_TRY(auto headers, render_named(manifest->headers, scope));
  Exchange exchange(
      {*manifest, std::move(base), own_base_of(*manifest, scope), std::move(hosts),
       std::move(headers),
       Authenticator(manifest->auth, scope, services.clock, services.send,
                     TokenFile(own.state_directory)),
       RateBudget(manifest->limits, services.clock, services.waiter, RateFile(own.state_directory)),
       services.clock, services.waiter, services.send});
  return std::unique_ptr<Connector>(std::make_unique<HttpApiConnector>(
      std::move(manifest), std::move(config), settings, std::move(exchange), scope));
}

Result<std::unique_ptr<Connector>> create_http_api(const config::SourceSettings& settings) {
  FRESHET_TRY(Manifest manifest, manifest_of(settings));
  return create_in_earnest(settings, std::move(manifest));
}

Result<std::unique_ptr<Connector>> create_preview(const config::SourceSettings& settings,
                                                  std::size_t records) {
  FRESHET_TRY(Manifest manifest, manifest_of(settings));
  for (StreamSpec& stream : manifest.streams) {
    auto& size = stream.listing.pages.size;
    if (!stream.lookup) size = std::min(size, records);
  }
  return create_in_earnest(settings, std::move(manifest));
}

}  // namespace freshet::sources::http_api
