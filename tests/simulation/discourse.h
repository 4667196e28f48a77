#pragma once

#include "tests/simulation/server.h"

namespace freshet::simulation {

/// Discourse: topics by activity, posts in pages. Without credentials it answers with what
/// everybody may read.
class DiscourseServer final : public Server {
 public:
  using Server::Server;
  [[nodiscard]] const Profile& profile() const override;

 private:
  http::Response answer(const Call& call) override;
  http::Response latest(const Call& call);
  http::Response topic(const Call& call);
  http::Response posts(const Call& call);
  http::Response newest_posts(const Call& call);
  http::Response categories(const Call& call) const;
};

}  // namespace freshet::simulation
