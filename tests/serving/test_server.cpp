#include "tests/serving/test_server.h"

#include "serving/backend_server.h"
#include "tests/support/result_matchers.h"

namespace freshet::serving::testing {

index::DocumentFields refund_fields() {
  index::DocumentFields fields;
  fields.id = "docs:refunds/cards.md";
  fields.source = "docs";
  fields.path = "refunds/cards.md";
  fields.title = "When will my refund arrive?";
  fields.url = "https://help.example/refunds/cards";
  fields.language = "en";
  fields.content_hash = "0123456789abcdef0123456789abcdef";
  fields.updated_at = "2026-09-02T08:11:00Z";
  fields.allow = {"public"};
  fields.metadata = {{"product", "billing"}};
  return fields;
}

index::Answer refund_answer() {
  index::Answer answer;
  answer.generation = 7;
  answer.published_at = "2026-11-19T23:58:00Z";
  answer.candidates = 37;
  answer.fusion.lambda = 0.4;
  index::Hit hit;
  hit.id = "docs:refunds/cards.md#0";
  hit.document = refund_fields();
  hit.passage.text = "Card refunds take up to 10 business days.";
  hit.passage.heading_path = {"Cards"};
  hit.passage.anchor = "cards";
  hit.passage.range = {120, 161, 9, 9};
  hit.score = 0.94;
  hit.relevance = 0.71;
  hit.explanation = index::HitExplanation{2, std::nullopt, 11.83, 0.62, 0.4, 0.62, {"refund"}};
  answer.hits.push_back(hit);
  return answer;
}

TestServer::TestServer()
    : log_(
          [this](std::string_view line) {
            const std::lock_guard guard(mutex_);
            log_text_ += std::string(line) + "\n";
          },
          clock, LogLevel::Debug) {
  settings.listen = "127.0.0.1:0";
  search = [](const index::Query&) { return refund_answer(); };
  newest_snapshot = [this] { return std::shared_ptr<const index::Snapshot>(snapshot); };
  open_ledger = [] {
    return Error{ErrorKind::Corrupt, "open ledger.sqlite: file is not a database"};
  };
  snapshot->add(refund_fields(),
                {"Card refunds take up to 10 business days.", "PayPal takes two."});
}

TestServer::~TestServer() = default;

void TestServer::start() {
  backend_ =
      std::make_unique<Backend>(Backend{search, newest_snapshot, [] { return std::string(); },
                                        open_ledger, "model test", clock, log_});
  std::promise<std::uint16_t> port;
  auto listening = port.get_future();
  thread_ = std::jthread([this, port = std::move(port)](const std::stop_token& stop) mutable {
    const auto served = serve_backend(settings, *backend_, stop,
                                      [&](std::uint16_t bound) { port.set_value(bound); });
    EXPECT_THAT(served, ::freshet::testing::Succeeds());
  });
  port_ = listening.get();
}

std::string TestServer::log_text() {
  const std::lock_guard guard(mutex_);
  return log_text_;
}

}  // namespace freshet::serving::testing
