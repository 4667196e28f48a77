#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/http/waiter.h"
#include "base/interruption.h"
#include "base/result.h"
#include "sources/http_api/manifest/manifest.h"
#include "sources/http_api/transport/authenticator.h"
#include "sources/http_api/transport/decision.h"
#include "sources/http_api/transport/host_list.h"
#include "sources/http_api/transport/rate_budget.h"
#include "sources/http_api/transport/request_builder.h"

namespace freshet::sources::http_api {

/// What came of a request, after waiting, retrying and renewing tokens.
struct Answer {
  http::Response response;
  Value body;
  Decision decision;  ///< Accept, or what the rules say to do instead.
  std::string url;    ///< That gave the answer, after redirects.
};

/// Sends requests the way a manifest says: within its rates, signed, with its rules for answers.
/// Credentials go to the base's origin only, and not behind a redirect that came from elsewhere;
/// other hosts are refused unless the manifest lists them. One thread owns it.
class Exchange {
 public:
  struct Parts {
    const Manifest& manifest;
    std::string base;      ///< Without "/" at its end.
    std::string own_base;  ///< The one that the service knows of itself; empty if nobody says.
    HostList hosts;        ///< Further servers that may be talked to.
    std::vector<std::pair<std::string, std::string>>
        headers;  ///< Of every request to the base's origin.
    Authenticator authenticator;
    RateBudget budget;
    const Clock& clock;
    http::Waiter& waiter;
    Send send;
  };
  explicit Exchange(Parts parts);

  /// An answer and what it means. Errors are of the transport (Unavailable, Refused, Interrupted)
  /// or of the authentication (Denied).
  Result<Answer> send(const Outgoing& outgoing, std::span<const ResponseRule> own_rules,
                      const Interruption& interruption);

  /// A file that a record names, of at most so many bytes: it is taken as it is, and with less
  /// patience than an answer. Invalid where it is larger. Messages name its host alone, for the
  /// rest of its address may be all that it takes to fetch it.
  Result<Answer> download(const std::string& url, std::size_t max_bytes,
                          const Interruption& interruption);

  /// An address that the service gave for its next answer, by way of the base: behind a proxy, or
  /// under another name, a service goes on naming itself. As it is where it leads elsewhere.
  [[nodiscard]] std::string by_base(const std::string& url) const;
  [[nodiscard]] const std::string& base() const { return parts_.base; }
  /// The server's clock, known from the Date headers it sent; the local one until then.
  [[nodiscard]] Instant server_now() const { return parts_.clock.now() + skew_; }
  [[nodiscard]] std::uint64_t requests() const { return requests_; }

 private:
  Result<Answer> attempt(const Outgoing& outgoing, std::span<const ResponseRule> own_rules,
                         const Interruption& interruption);
  Result<http::Response> follow(const Outgoing& outgoing, std::string& url,
                                const Interruption& interruption);
  Result<http::Response> ask(const Outgoing& hop, const http::Request& request,
                             const Interruption& interruption);
  void compare_clocks(const http::Response& response);
  [[nodiscard]] Result<Done> check_host(const Outgoing& hop, const std::string& origin) const;
  [[nodiscard]] Result<Done> check_pause() const;
  void heed(const Answer& answer, std::optional<std::chrono::milliseconds> wait);
  [[nodiscard]] std::optional<std::chrono::milliseconds> delay(const Outgoing& outgoing,
                                                               const Result<Answer>& answer,
                                                               int attempts) const;

  Parts parts_;
  std::string origin_;
  std::chrono::microseconds skew_{0};
  std::string last_date_;  ///< Of the server, as it wrote it.
  std::optional<Instant> last_time_;
  std::uint64_t requests_ = 0;
};

}  // namespace freshet::sources::http_api
