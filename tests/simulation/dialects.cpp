#include "tests/simulation/dialects.h"

#include "tests/simulation/confluence.h"
#include "tests/simulation/discourse.h"
#include "tests/simulation/freshdesk.h"
#include "tests/simulation/github.h"
#include "tests/simulation/intercom.h"
#include "tests/simulation/jira.h"
#include "tests/simulation/notion.h"
#include "tests/simulation/zendesk.h"

namespace freshet::simulation {

namespace {

template <typename Vendor>
std::unique_ptr<Server> create(World& world, ServerOptions options) {
  return std::make_unique<Vendor>(world, options);
}

}  // namespace

const std::vector<Dialect>& dialects() {
  static const std::vector<Dialect> kDialects{
      {"zendesk", create<ZendeskServer>},     {"freshdesk", create<FreshdeskServer>},
      {"jira", create<JiraServer>},           {"confluence", create<ConfluenceServer>},
      {"discourse", create<DiscourseServer>}, {"intercom", create<IntercomServer>},
      {"github", create<GitHubServer>},       {"notion", create<NotionServer>}};
  return kDialects;
}

}  // namespace freshet::simulation
