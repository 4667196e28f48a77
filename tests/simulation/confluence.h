#pragma once

#include "tests/simulation/query_language.h"
#include "tests/simulation/server.h"

namespace freshet::simulation {

/// Confluence Cloud: pages of API v2 by cursor, CQL search of API v1, restrictions. Paths below
/// /wiki. A page's time moves with its text only: not with comments, restrictions, trash or
/// restore.
class ConfluenceServer final : public Server {
 public:
  using Server::Server;
  [[nodiscard]] const Profile& profile() const override;
  /// The zone of the account that reads: dates without one are meant in it.
  void set_zone(std::chrono::minutes offset) { zone_ = offset; }

 private:
  http::Response answer(const Call& call) override;
  http::Response pages(const Call& call);
  http::Response page(const Call& call) const;
  http::Response search(const Call& call);
  http::Response comments(const Call& call);
  [[nodiscard]] http::Response ancestors(const Document& page) const;
  [[nodiscard]] http::Response spaces() const;
  [[nodiscard]] std::optional<std::string> complaint(const QueryExpression& cql) const;
  [[nodiscard]] bool holds(const Condition& condition, const Document& page) const;
  [[nodiscard]] bool may_read(const Document& page) const;
  /// Null where it answers 404.
  [[nodiscard]] const Document* readable(Id id) const;

  std::chrono::minutes zone_{0};
};

}  // namespace freshet::simulation
