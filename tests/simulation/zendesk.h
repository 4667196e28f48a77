#pragma once

#include <deque>

#include "tests/simulation/server.h"

namespace freshet::simulation {

/// Zendesk: tickets through the cursor export, help center articles. Paths below /api/v2.
class ZendeskServer final : public Server {
 public:
  using Server::Server;
  [[nodiscard]] const Profile& profile() const override;

 private:
  http::Response answer(const Call& call) override;
  http::Response export_tickets(const Call& call);
  http::Response export_articles(const Call& call);
  http::Response articles(const Call& call);
  http::Response ticket(const Call& call);
  http::Response comments(const Call& call);
  http::Response deleted_tickets(const Call& call);
  template <typename Rows, typename Render>
  http::Response page(const Call& call, std::string_view name, const Rows& rows,
                      const Render& render);
  template <typename Rows, typename Render>
  http::Response numbered_page(const Call& call, std::string_view name, const Rows& rows,
                               const Render& render);
  std::optional<http::Response> over_limit(const Call& call);

  std::deque<Instant> exports_;  ///< When, within the last minute.
};

}  // namespace freshet::simulation
