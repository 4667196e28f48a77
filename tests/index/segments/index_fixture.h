#pragma once

#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "index/segments/snapshot.h"
#include "index/segments/writer.h"
#include "tests/support/manual_clock.h"
#include "tests/support/result_matchers.h"
#include "tests/support/temporary_directory.h"

namespace freshet::testing {

inline constexpr std::size_t kDimension = 4;

inline index::IndexIdentity identity() {
  return {"test-encoder", kDimension, "fingerprint"};
}

/// A document with that many passages; its texts and vectors follow from the id, the version and
/// the count.
inline index::IndexedDocument document(const std::string& id, std::size_t passages,
                                       unsigned version = 1) {
  index::IndexedDocument result;
  result.fields.id = id;
  result.fields.source = id.substr(0, id.find(':'));
  result.fields.path = id.substr(id.find(':') + 1);
  result.fields.title = "Title of " + id;
  result.fields.allow = {"public"};
  result.fields.metadata["version"] = std::to_string(version);
  for (std::size_t i = 0; i < passages; ++i) {
    index::Passage passage;
    passage.ordinal = i;
    passage.heading_path = {"Heading " + std::to_string(i)};
    passage.text = "text " + id + " v" + std::to_string(version) + " p" + std::to_string(i);
    passage.range = {i * 10, i * 10 + 9, i + 1, i + 2};
    result.passages.push_back(passage);
    const double angle = static_cast<double>(version * 7 + i) + static_cast<double>(id.size());
    result.vectors.push_back(
        {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle)), 0, 0});
  }
  return result;
}

/// For a rollback that changes nobody's permissions.
inline Result<bool> unrevised(index::DocumentFields& /*fields*/) {
  return true;
}

/// What an index should hold: document id -> texts of its passages.
using Content = std::map<std::string, std::vector<std::string>>;

inline std::vector<std::string> texts_of(const index::IndexedDocument& document) {
  std::vector<std::string> texts;
  for (const auto& passage : document.passages) texts.push_back(passage.text);
  return texts;
}

/// What a generation holds, read document by document and passage by passage.
inline Result<Content> content_of(const index::Snapshot& snapshot) {
  Content content;
  FRESHET_CHECK(snapshot.for_each_document([&](const index::StoredDocument& found) -> Result<Done> {
    for (std::size_t i = 0; i < found.count; ++i) {
      FRESHET_TRY(const auto passage,
                  snapshot.passage(static_cast<index::PassageNumber>(found.first + i)));
      if (passage.document.id != found.fields.id)
        return Error{ErrorKind::Internal, "a passage of another document"};
      content[found.fields.id].push_back(passage.passage.text);
    }
    return Done{};
  }));
  return content;
}

/// An index directory with its writer.
struct IndexFixture {
  TemporaryDirectory directory;
  ManualClock clock;
  config::IndexSettings settings{std::numeric_limits<std::size_t>::max(), 3, 4};

  [[nodiscard]] std::filesystem::path path() const { return directory / "index"; }
  [[nodiscard]] index::IndexWriter writer() const { return {path(), settings, clock}; }

  [[nodiscard]] Result<index::GenerationSummary> publish(
      std::vector<index::IndexedDocument> upserts, std::vector<std::string> removals,
      std::uint64_t sequence) const {
    return writer().publish({identity(), std::move(upserts), std::move(removals), sequence});
  }
  [[nodiscard]] Result<std::shared_ptr<const index::Snapshot>> open() const {
    return index::Snapshot::open(path(), index::Snapshot::Check::Everything);
  }
  [[nodiscard]] Result<Content> content() const {
    FRESHET_TRY(const auto snapshot, open());
    return content_of(*snapshot);
  }
};

}  // namespace freshet::testing
