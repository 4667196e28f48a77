#pragma once

#include <map>
#include <set>

#include "tests/simulation/server.h"

namespace freshet::simulation {

enum class FaultKind {
  Throttle,        ///< "Too many requests", until the time it names has passed.
  ServerError,     ///< 500, 502 or 503.
  TruncatedBody,   ///< Status 200 and half of the body.
  SlowBody,        ///< The answer takes `Fault::duration`.
  Reset,           ///< The connection breaks: Unavailable.
  ExpiredToken,    ///< The page token is unknown until the listing begins anew.
  Unauthorized,    ///< 401.
  DuplicateRows,   ///< Rows of the page come twice.
  ReorderedRows,   ///< Rows of the page come in another order.
  ClockJump,       ///< The server's clock jumps by `Fault::duration`.
  PoisonRecord,    ///< One record's fields are not what they should be, wherever it is listed.
  LostPermission,  ///< 403.
  MissingRows,     ///< Every other record is silently missing from listings.
  Outage,          ///< 503 without a hint how long.
  Forbidden,       ///< 403 everywhere.
  EmptyListing,    ///< Listings are empty and complete.
  HalfListing,     ///< A listing's page ends it halfway.
  LoginPage,       ///< Status 200 and an HTML page that asks for a password.
};
std::string_view name_of(FaultKind kind);

/// Strikes at every request in [first, first + count) that it can strike at, counted from 0.
struct Fault {
  FaultKind kind = FaultKind::ServerError;
  std::size_t first = 0;
  std::size_t count = 1;
  std::chrono::microseconds duration{std::chrono::seconds{5}};  ///< Where the kind has one.
};

struct FaultPlan {
  std::vector<Fault> faults;
  /// A listing followed by its tokens or page numbers beyond so many rows is refused with 400.
  std::size_t row_cap = 0;
  /// What an exchange costs on the virtual clock.
  std::chrono::microseconds latency{std::chrono::milliseconds{120}};
  /// Instead of the vendor's own way.
  std::optional<Throttling> throttling{};
};

/// Faults of those kinds over the next `horizon` requests: passing ones, `count` of them.
FaultPlan random_faults(std::uint64_t seed, std::size_t horizon, std::size_t count,
                        const std::vector<FaultKind>& kinds);
/// The kinds that pass by themselves and hide nothing: what a client has to survive unharmed.
const std::vector<FaultKind>& passing_faults();
/// The kinds that make a listing look shorter than it is, or unreadable.
const std::vector<FaultKind>& misleading_faults();

/// A server with troubles. Every request moves the world's clock by the latency.
class FaultyServer {
 public:
  explicit FaultyServer(Server& server, FaultPlan plan = {});

  /// As http::Client::send: Unavailable where no answer came.
  Result<http::Response> send(const http::Request& request);

  /// Called before each request is answered: for changes in the middle of a listing.
  void before_each(std::function<void()> action) { before_each_ = std::move(action); }
  /// No more troubles.
  void heal();
  /// Further troubles; their requests are counted from now.
  void plan(FaultPlan plan);

  [[nodiscard]] std::size_t requests() const { return requests_; }
  /// How often each fault struck.
  [[nodiscard]] const std::map<FaultKind, std::size_t>& struck() const { return struck_; }
  /// Requests that came before a throttled client was allowed to come back.
  [[nodiscard]] std::size_t impatient() const { return impatient_; }

 private:
  [[nodiscard]] const Fault* active(FaultKind kind) const;
  bool strikes(FaultKind kind);
  std::optional<Result<http::Response>> refusal(const Call& call);
  std::optional<http::Response> throttled();
  std::optional<http::Response> token_refusal(const Call& call);
  void disturb_time();
  void disturb(const Call& call, http::Response& response);
  bool disturb_rows(const Call& call, http::Response& response, Json& body);
  bool shorten(Json& rows);
  bool poison(Json& rows);
  void end_listing(http::Response& response, Json& body) const;
  [[nodiscard]] http::Response too_many(std::chrono::seconds wait) const;
  bool beyond_cap(const Call& call);
  [[nodiscard]] std::string token_of(const Call& call) const;

  Server* server_;
  FaultPlan plan_;
  std::function<void()> before_each_;
  std::size_t requests_ = 0;
  std::size_t plan_start_ = 0;
  std::size_t impatient_ = 0;
  std::map<FaultKind, std::size_t> struck_;
  Instant blocked_until_{};
  std::set<std::string> dead_tokens_;          ///< Path, space, token.
  std::string poisoned_;                       ///< The id of the record.
  std::map<std::string, std::size_t> listed_;  ///< Path to the rows of the listing in progress.
};

}  // namespace freshet::simulation
