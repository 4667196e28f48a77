#pragma once

#include "tests/simulation/server.h"

namespace freshet::simulation {

/// Freshdesk: tickets with conversations, solution articles in folders. Paths below /api/v2.
class FreshdeskServer final : public Server {
 public:
  using Server::Server;
  [[nodiscard]] const Profile& profile() const override;

 private:
  http::Response answer(const Call& call) override;
  http::Response tickets(const Call& call);
  http::Response ticket(Id id, bool archived);
  http::Response solutions(const Call& call);
  template <typename Rows, typename Render>
  http::Response page(const Call& call, const Rows& rows, const Render& render);
};

}  // namespace freshet::simulation
