#pragma once

#include "tests/simulation/server.h"

namespace freshet::simulation {

/// Notion: search by edit time, pages, blocks that nest, comments. What is not shared with the
/// integration does not exist for it.
class NotionServer final : public Server {
 public:
  using Server::Server;
  [[nodiscard]] const Profile& profile() const override;

 private:
  http::Response answer(const Call& call) override;
  http::Response search(const Call& call);
  http::Response children(const Call& call);
  http::Response comments(const Call& call);
  [[nodiscard]] const Document* shared(Id id) const;
  [[nodiscard]] std::vector<Value> blocks_below(const Document& page, Id level) const;
  http::Response list(const Call& call, const std::vector<Value>& rows);
};

/// The UUID that stands for an id, and back (0 for none).
std::string notion_id(Id id);
Id read_notion_id(std::string_view text);

}  // namespace freshet::simulation
