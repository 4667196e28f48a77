#include <array>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "index/encoding/catalog.h"
#include "index/searcher.h"
#include "index/segments/writer.h"
#include "tests/support/manual_clock.h"
#include "tests/support/result_matchers.h"
#include "tests/support/temporary_directory.h"

namespace freshet::index {
namespace {

using testing::Succeeds;

constexpr std::uint64_t kGenerations = 100;
constexpr std::size_t kDocuments = 6;

/// All documents say which version they are of; every version is one generation.
Result<PublishRequest> version(std::uint64_t number, const Encoder& encoder) {
  PublishRequest request;
  request.identity = {encoder.id(), encoder.dimension(), "test"};
  request.ledger_sequence = number;
  for (std::size_t place = 0; place < kDocuments; ++place) {
    IndexedDocument document;
    document.fields.id = "d:" + std::to_string(place);
    document.fields.source = "d";
    document.fields.allow = {"public"};
    document.fields.metadata = {{"version", std::to_string(number)}};
    Passage passage;
    passage.text = "restore the vault, page " + std::to_string(place);
    passage.encoded_text = passage.text;
    document.passages = {passage};
    const std::string_view text = passage.text;
    FRESHET_TRY(document.vectors,
                encoder.encode(std::span(&text, 1), TextRole::Passage, Interruption()));
    request.upserts.push_back(std::move(document));
  }
  return request;
}

/// Empty when an answer is whole and of the generation that it names.
std::string problem_in(const Result<Answer>& answer) {
  if (!answer) return answer.error().message;
  if (!answer->degraded.empty()) return "degraded: " + answer->failures.front();
  if (answer->hits.size() != kDocuments) return "some documents are missing";
  for (const Hit& hit : answer->hits) {
    if (hit.document.metadata.at("version") != std::to_string(answer->generation)) {
      return "a hit of another generation";
    }
  }
  return "";
}

TEST(SearcherConcurrency, EveryAnswerIsOfOneGenerationWhileAHundredArePublished) {
  const testing::TemporaryDirectory directory;
  const testing::ManualClock clock;
  config::EncoderSettings settings;
  settings.kind = config::EncoderKind::Hashing;
  ASSERT_SUCCEEDS(const auto encoder, create_encoder(settings));
  IndexWriter writer(directory.path(), config::IndexSettings{}, clock);
  ASSERT_SUCCEEDS(const auto first, version(1, *encoder));
  ASSERT_THAT(writer.publish(first), Succeeds());
  SnapshotSource snapshots(directory.path());
  const Searcher searcher(snapshots, encoder.get());
  Query query;
  query.text = "restore the vault";

  std::atomic<bool> finished = false;
  std::array<std::string, 2> problems;
  std::array<std::size_t, 2> answers{};
  std::vector<std::thread> readers;
  for (std::size_t reader = 0; reader < problems.size(); ++reader) {
    readers.emplace_back([&, reader] {
      while (!finished && problems[reader].empty()) {
        problems[reader] = problem_in(searcher.search(query));
        ++answers[reader];
      }
    });
  }
  std::string failed;
  for (std::uint64_t number = 2; number <= kGenerations && failed.empty(); ++number) {
    const auto next = version(number, *encoder);
    const auto published = next ? writer.publish(*next) : Result<GenerationSummary>(next.error());
    if (!published) failed = published.error().message;
  }
  finished = true;
  for (std::thread& reader : readers) reader.join();

  EXPECT_EQ(failed, "");
  EXPECT_EQ(problems[0], "");
  EXPECT_EQ(problems[1], "");
  EXPECT_GT(answers[0], 0U);
  EXPECT_GT(answers[1], 0U);
}

}  // namespace
}  // namespace freshet::index
