#pragma once

#include "tests/simulation/server.h"

namespace freshet::simulation {

/// Intercom: articles newest first, conversations by search, parts of one conversation.
class IntercomServer final : public Server {
 public:
  using Server::Server;
  [[nodiscard]] const Profile& profile() const override;

 private:
  http::Response answer(const Call& call) override;
  http::Response articles(const Call& call);
  http::Response search(const Call& call);
  http::Response deleted(const Call& call);
  [[nodiscard]] http::Response conversation(const Call& call) const;
};

}  // namespace freshet::simulation
