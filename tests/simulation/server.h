#pragma once

#include <cstdint>
#include <functional>

#include "tests/simulation/call.h"
#include "tests/simulation/json_text.h"
#include "tests/simulation/model.h"

namespace freshet::simulation {

/// How a vendor says "not so fast".
enum class Throttling {
  RetryAfterSeconds,
  RetryAfterDate,
  ResetEpoch,        ///< X-RateLimit-Reset: seconds since 1970.
  ResetSeconds,      ///< X-RateLimit-Reset: seconds from now.
  OwnHeader,         ///< X-RateLimit-Retry-After (Help Scout).
  ForbiddenStatus,   ///< 403 with remaining 0 and a reset time (GitHub's primary limit).
  BodyBackoff,       ///< 400 with "backoff" in the body (Stack Exchange).
  BadRequestStatus,  ///< 400 with a code in the body and a reset header (Linear).
};

/// What the fault wrapper has to know about a dialect. Places are JSON pointers into an answer.
struct Profile {
  std::string_view name;
  Capabilities capabilities;
  Throttling throttling = Throttling::RetryAfterSeconds;
  std::string_view credential = "authorization";  ///< Header; lower case.
  bool anonymous = false;                         ///< Answers without credentials, too.
  std::vector<std::string_view> rows{};           ///< Where listings hold their rows.
  /// Endings of paths that list parts of one document. Faults that shorten listings spare them: no
  /// client can tell a shortened thread from a short one.
  std::vector<std::string_view> parts{};
  std::vector<std::string_view> page_tokens{};  ///< Query or body members with opaque tokens.
  /// What a listing's last page looks like: members and their text then; empty for absent.
  std::vector<std::pair<std::string_view, std::string_view>> ends{};
  int expired_token_status = 400;
  std::string_view expired_token_body;
};

struct ServerOptions {
  /// Cuts every page to at most so many rows; 0 for the vendor's own limit. Small worlds then have
  /// many pages.
  std::size_t most_rows = 0;
  bool rate_limits = false;  ///< Enforce the documented rate limits.
};

/// A vendor's HTTP API as a function of requests and a world. Modelled from the vendor's
/// documentation, never from what a client of ours happens to send. One thread.
class Server {
 public:
  explicit Server(World& world, ServerOptions options = {}) : world_(&world), options_(options) {}
  virtual ~Server() = default;
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] http::Response handle(const http::Request& request);
  [[nodiscard]] virtual const Profile& profile() const = 0;
  [[nodiscard]] World& world() const { return *world_; }
  /// Rows delivered in listings so far.
  [[nodiscard]] std::size_t rows() const { return rows_; }

 protected:
  virtual http::Response answer(const Call& call) = 0;
  /// What a request without credentials gets.
  [[nodiscard]] virtual http::Response unauthorized() const;

  /// Rows for a page: what was asked for, within the vendor's limit and `most_rows`.
  [[nodiscard]] std::size_t page_rows(std::int64_t asked, std::size_t vendor_limit) const;
  /// Documents of a kind as the index has them, those that match only.
  [[nodiscard]] std::vector<DocumentVersion> indexed(
      Kind kind, const std::function<bool(const Document&)>& matches) const;
  /// The document as it is now; null unless it is of that kind.
  [[nodiscard]] const Document* current(Id id, Kind kind) const;
  [[nodiscard]] const ServerOptions& options() const { return options_; }
  /// Rows [first, first + count) of a listing, as `render` shows them.
  template <typename Rows, typename Render>
  Value listing(const Rows& rows, std::size_t first, std::size_t count, const Render& render) {
    std::vector<Value> values;
    for (std::size_t i = first; i < rows.size() && i - first < count; ++i) {
      values.push_back(render(rows[i]));
    }
    rows_ += values.size();
    return array(values);
  }

 private:
  World* world_;
  ServerOptions options_;
  std::size_t rows_ = 0;
};

http::Response reply(int status, const Value& body);
inline http::Response reply(const Value& body) {
  return reply(200, body);
}

std::int64_t epoch_seconds(Instant instant);
std::int64_t epoch_milliseconds(Instant instant);
Instant from_epoch_seconds(std::int64_t seconds);
/// "2026-11-21T09:30:00.123Z"
std::string with_milliseconds(Instant instant);
std::string html(std::string_view text);

}  // namespace freshet::simulation
