#include <nlohmann/json.hpp>

#include "base/json.h"
#include "index/segments/snapshot.h"
#include "tests/pipeline/leaky_ticket.h"
#include "tests/pipeline/publish_fixture.h"
#include "tests/serving/raw_client.h"
#include "tests/serving/test_server.h"

namespace freshet::serving {
namespace {

using testing::exchange;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::request_text;
using testing::TestServer;

/// The API over a ledger and an index as a sync makes them.
class ServedTicket : public ::freshet::testing::PublishTest {
 protected:
  testing::RawResponse get(const std::string& id) {
    server_.newest_snapshot = [this] { return index::Snapshot::open(index_directory()); };
    server_.open_ledger = [this] {
      return pipeline::open_sqlite_ledger(directory_.path(), clock_,
                                          pipeline::LedgerAccess::ReadOnly);
    };
    server_.start();
    return exchange(server_.port(), request_text("GET", "/v1/documents/" + id));
  }

  TestServer server_;
};

TEST_F(ServedTicket, ShowsNoPersonalData) {
  store({::freshet::testing::upsert_of(::freshet::testing::leaky_ticket())});
  ASSERT_THAT(publish(), ::freshet::testing::Succeeds());

  const auto response = get("docs%3A7");

  EXPECT_EQ(response.status, 200) << response.body;
  EXPECT_THAT(response.body, HasSubstr("[email 1]"));
  for (const std::string& canary : ::freshet::testing::kCanaries)
    EXPECT_THAT(response.body, Not(HasSubstr(canary)));
}

TEST_F(ServedTicket, IsNotFoundWhereItIsNotForEverybody) {
  auto ticket = ::freshet::testing::leaky_ticket();
  ticket.allow = {"internal"};
  store({::freshet::testing::upsert_of(ticket)});
  ASSERT_THAT(publish(), ::freshet::testing::Succeeds());

  EXPECT_EQ(get("docs%3A7").status, 404);
}

}  // namespace
}  // namespace freshet::serving
