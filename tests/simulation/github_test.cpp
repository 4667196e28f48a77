#include "tests/simulation/github.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/simulation/ask.h"

namespace freshet::simulation {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kIssues = "/repos/acme/help/issues";

class GitHubTest : public ::testing::Test {
 protected:
  GitHubTest() { world_.advance(seconds{10}); }
  Id issue() {
    const Id id = world_.create({.kind = Kind::Issue});
    world_.advance(seconds{1});
    return id;
  }
  std::string since(Id id) const {
    return std::string(kIssues) +
           "?state=all&sort=updated&direction=asc&since=" + to_rfc3339(world_.find(id)->updated);
  }
  static std::string at(Id id) { return std::string(kIssues) + "/" + std::to_string(id); }

  World world_{91};
  GitHubServer server_{world_};
};

TEST_F(GitHubTest, ListsIssuesSinceInclusively) {
  issue();
  const Id second = issue();
  settle(world_);

  EXPECT_THAT(ids(ask(server_, since(second)).body), ElementsAre(second));
}

TEST_F(GitHubTest, ShowsOpenIssuesNewestFirstUnlessToldOtherwise) {
  const Id first = issue();
  const Id second = issue();
  const Id third = issue();
  world_.solve(second, true);
  settle(world_);

  EXPECT_THAT(ids(ask(server_, kIssues).body), ElementsAre(third, first, 1));
}

TEST_F(GitHubTest, HasPullRequestsAmongTheIssues) {
  const Json rows = ask(server_, std::string(kIssues) + "?state=all").body;

  EXPECT_TRUE(rows[0].contains("pull_request"));
}

TEST_F(GitHubTest, LinksToTheNextPageByACursor) {
  const Id first = issue();
  for (int i = 0; i < 2; ++i) issue();
  settle(world_);

  const Answer page = ask(server_, since(first) + "&per_page=2");
  const std::string link = page.headers.at("link");
  const Answer rest = ask(server_, link.substr(23, link.find('>') - 23));

  EXPECT_THAT(link, EndsWith(">; rel=\"next\""));
  EXPECT_THAT(link, HasSubstr("after="));
  EXPECT_EQ(page.body.size(), 2U);
  EXPECT_EQ(rest.body.size(), 1U);
  EXPECT_FALSE(rest.headers.contains("link"));
  EXPECT_EQ(ask(server_, since(first) + "&after=x").status, 422);
  EXPECT_EQ(ask(server_, since(first) + "&per_page=100&page=101").status, 422);
}

TEST_F(GitHubTest, AnswersGoneForDeletedAndMovedForTransferredIssues) {
  const Id gone = issue();
  const Id from = issue();
  const Id into = issue();
  world_.erase(gone);
  world_.merge(from, into, Merging::Alias);
  settle(world_);

  const Answer moved = ask(server_, at(from));

  EXPECT_EQ(ask(server_, at(gone)).status, 410);
  EXPECT_EQ(moved.status, 301);
  EXPECT_EQ(ask(server_, moved.headers.at("location").substr(22)).body["number"], into);
  EXPECT_EQ(ask(server_, at(7)).status, 404);
  EXPECT_THAT(ids(ask(server_, since(gone)).body), ElementsAre(into));
}

TEST_F(GitHubTest, ListsCommentsOfOneIssueAndOfAll) {
  const Id first = issue();
  const Id second = issue();
  const Id one = world_.comment(first, Audience::Everyone);
  world_.advance(seconds{5});
  const Id two = world_.comment(second, Audience::Everyone);
  settle(world_);
  const std::string all = std::string(kIssues) + "/comments?sort=updated&direction=asc";

  EXPECT_THAT(ids(ask(server_, at(first) + "/comments").body), ElementsAre(one));
  EXPECT_THAT(ids(ask(server_, all).body), ElementsAre(one, two));
  EXPECT_THAT(ids(ask(server_, all + "&since=" + to_rfc3339(world_.find(second)->updated)).body),
              ElementsAre(two));
}

TEST_F(GitHubTest, SparesTheBodyThatTheClientHas) {
  issue();
  settle(world_);
  http::Request request = get(kIssues);
  request.headers.emplace_back("If-None-Match", ask(server_, request).headers.at("etag"));

  EXPECT_EQ(ask(server_, request).status, 304);
  issue();
  settle(world_);
  EXPECT_EQ(ask(server_, request).status, 200);
}

}  // namespace
}  // namespace freshet::simulation
