#pragma once

#include "tests/simulation/server.h"

namespace freshet::simulation {

/// How Jira shows issues and comments. Times are in the zone of the account that reads.
class JiraRendering {
 public:
  explicit JiraRendering(std::chrono::minutes zone) : zone_(zone) {}
  /// With the fields asked for; "*all" stands for every one.
  [[nodiscard]] Value issue(const Document& issue, const std::vector<std::string>& fields) const;
  [[nodiscard]] Value comment(const Message& message) const;
  [[nodiscard]] Value request_comment(const Message& message) const;

 private:
  [[nodiscard]] std::vector<Member> fields_of(const Document& issue) const;
  [[nodiscard]] Value comments_of(const Document& issue) const;
  [[nodiscard]] std::string time_text(Instant instant) const;

  std::chrono::minutes zone_;
};

/// The project is part of the key.
std::string jira_project(const Document& issue);
std::string jira_key(const Document& issue);
bool asks_for_ids_only(const std::vector<std::string>& fields);

}  // namespace freshet::simulation
