#pragma once

#include "tests/simulation/jira_rendering.h"
#include "tests/simulation/query_language.h"
#include "tests/simulation/server.h"

namespace freshet::simulation {

/// Jira Cloud and Jira Service Management: enhanced search over an index that lags, bulk fetch,
/// comments. Paths below /rest.
class JiraServer final : public Server {
 public:
  using Server::Server;
  [[nodiscard]] const Profile& profile() const override;
  /// The zone of the account that reads: dates without one are meant in it.
  void set_zone(std::chrono::minutes offset) { zone_ = offset; }

 private:
  struct Search {
    std::string jql;
    std::size_t rows = 50;
    std::vector<std::string> fields;
    std::string token;
    std::set<Id> reconcile;
  };
  /// Where a search goes on: behind this row.
  struct Position {
    std::string jql;
    std::vector<std::int64_t> keys;
    Instant issued;
  };

  http::Response answer(const Call& call) override;
  http::Response search(const Call& call);
  http::Response found(const Search& search, const QueryExpression& jql);
  http::Response bulk_fetch(const Call& call);
  http::Response issue(const Call& call);
  http::Response comments(const Call& call);
  http::Response request_comments(const Call& call);
  [[nodiscard]] Result<Search> read_search(const Call& call) const;
  [[nodiscard]] std::optional<std::string> complaint(const QueryExpression& jql) const;
  [[nodiscard]] std::vector<DocumentVersion> matching(const Search& search,
                                                      const QueryExpression& jql) const;
  [[nodiscard]] bool holds(const Condition& condition, const Document& issue) const;
  [[nodiscard]] std::optional<Instant> time_of(std::string_view value) const;
  [[nodiscard]] const Document* by_id_or_key(std::string_view text) const;
  [[nodiscard]] JiraRendering rendering() const { return JiraRendering(zone_); }

  std::chrono::minutes zone_{0};
  std::map<std::string, Position> positions_;
};

}  // namespace freshet::simulation
