#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "index/encoding/hashing_encoder.h"
#include "index/segments/snapshot.h"
#include "pipeline/publish.h"
#include "pipeline/verify.h"
#include "tests/pipeline/ledger/ledger_fixture.h"

namespace freshet::testing {

/// The hashing encoder under an id of the test's choice; counts what it encodes and can be made to
/// fail.
class CountingEncoder final : public index::Encoder {
 public:
  explicit CountingEncoder(std::string id = "counting") : id_(std::move(id)) {}

  [[nodiscard]] const std::string& id() const override { return id_; }
  [[nodiscard]] std::string description() const override { return "counting"; }
  [[nodiscard]] std::size_t dimension() const override { return inner_.dimension(); }
  [[nodiscard]] const index::TokenCounter& tokens() const override { return inner_.tokens(); }
  Result<std::vector<index::Embedding>> encode(std::span<const std::string_view> texts,
                                               index::TextRole role,
                                               const Interruption& interruption) const override {
    if (budget_ < texts.size()) return Error{ErrorKind::Unavailable, "the endpoint is down"};
    budget_ -= texts.size();
    encoded_ += texts.size();
    return inner_.encode(texts, role, interruption);
  }

  [[nodiscard]] std::size_t encoded() const { return encoded_; }
  /// From now on only so many texts are encoded before the endpoint is down.
  void allow(std::size_t texts) { budget_ = texts; }

 private:
  std::string id_;
  index::HashingEncoder inner_{"inner", 64, 256};
  mutable std::size_t encoded_ = 0;
  mutable std::size_t budget_ = 1000000;
};

/// A ledger and an index beside it.
class PublishTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto opened =
        pipeline::open_sqlite_ledger(directory_.path(), clock_, pipeline::LedgerAccess::ReadWrite);
    ASSERT_THAT(opened, Succeeds());
    ledger_ = *std::move(opened);
  }

  [[nodiscard]] std::filesystem::path index_directory() const {
    return directory_.path() / "index";
  }

  void store(std::vector<sources::Change> changes) {
    const auto report =
        ledger_->store("docs", batch_of(std::move(changes), std::to_string(++batches_)));
    ASSERT_THAT(report, Succeeds());
  }

  Result<pipeline::PublishReport> publish() {
    index::IndexWriter writer(index_directory(), {}, clock_);
    return pipeline::publish(*ledger_, writer, encoder_, options_, interruption_);
  }

  std::shared_ptr<const index::Snapshot> snapshot() {
    auto opened = index::Snapshot::open(index_directory(), index::Snapshot::Check::Everything);
    EXPECT_THAT(opened, Succeeds());
    return opened ? *opened : nullptr;
  }

  std::vector<std::string> differences() {
    const auto shown = snapshot();
    if (!shown) return {"there is no snapshot"};
    auto report = pipeline::verify(*ledger_, *shown);
    EXPECT_THAT(report, Succeeds());
    return report ? report->differences : std::vector<std::string>{"verify failed"};
  }

  /// The ids that the index serves.
  std::vector<std::string> indexed() {
    std::vector<std::string> ids;
    const auto shown = snapshot();
    if (!shown) return ids;
    EXPECT_THAT(
        shown->for_each_document([&](const index::StoredDocument& document) -> Result<Done> {
          ids.push_back(document.fields.id);
          return Done{};
        }),
        Succeeds());
    return ids;
  }

  /// Everything that the index serves, one line per passage.
  std::vector<std::string> content() {
    std::vector<std::string> lines;
    const auto shown = snapshot();
    if (!shown) return lines;
    EXPECT_THAT(
        shown->for_each_document([&](const index::StoredDocument& document) -> Result<Done> {
          for (std::size_t at = 0; at < document.count; ++at) {
            FRESHET_TRY(const auto stored,
                        shown->passage(document.first + static_cast<index::PassageNumber>(at)));
            lines.push_back(document.fields.id + "|" + document.fields.title + "|" +
                            document.fields.content_hash + "|" + stored.passage.text);
          }
          return Done{};
        }),
        Succeeds());
    return lines;
  }

  TemporaryDirectory directory_;
  ManualClock clock_;
  std::unique_ptr<pipeline::Ledger> ledger_;
  CountingEncoder encoder_;
  pipeline::PublishOptions options_;
  Interruption interruption_;
  int batches_ = 0;
};

class Publish : public PublishTest {};

inline std::string page(const std::string& title, const std::vector<std::string>& sections) {
  std::string text = "# " + title + "\n\nAn introduction to " + title + " for those who are new.\n";
  for (const std::string& section : sections) {
    text +=
        "\n## " + section + "\n\nHow " + section +
        " works, in more words than a heading: read this section before the next one, because the "
        "next one takes for granted what is said here about " +
        section + ", its limits and its habits.\n";
  }
  return text;
}

}  // namespace freshet::testing
