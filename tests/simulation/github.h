#pragma once

#include "tests/simulation/server.h"

namespace freshet::simulation {

/// GitHub's REST API: issues (with pull requests among them), comments, deleted and transferred
/// issues, conditional requests. Any repository name is the one there is.
class GitHubServer final : public Server {
 public:
  using Server::Server;
  [[nodiscard]] const Profile& profile() const override;

 private:
  http::Response answer(const Call& call) override;
  http::Response route(const Call& call);
  http::Response issues(const Call& call);
  http::Response issue(const Call& call, Id id) const;
  http::Response comments_of(const Call& call);
  http::Response all_comments(const Call& call);
  template <typename Rows, typename Key, typename Render>
  http::Response page(const Call& call, Rows rows, const Key& key, const Render& render);
};

}  // namespace freshet::simulation
