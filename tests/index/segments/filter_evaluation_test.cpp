#include "index/segments/filter_evaluation.h"

#include "tests/index/segments/index_fixture.h"

namespace freshet::index {
namespace {

using testing::document;
using testing::FailsWith;
using ::testing::HasSubstr;
using testing::IndexFixture;
using ::testing::IsEmpty;
using testing::Succeeds;
using ::testing::UnorderedElementsAre;

Filter leaf(FilterOperator op, std::string key, std::vector<std::string> values) {
  return {op, std::move(key), std::move(values), {}};
}

Filter node(FilterOperator op, std::vector<Filter> children) {
  return {op, "", {}, std::move(children)};
}

/// Four documents in two segments: d:a and d:b, then d:c and d:d.
class FilterEvaluation : public ::testing::Test {
 protected:
  void SetUp() override {
    auto a = with("d:a", {{"size", "9"}, {"kind", "faq"}});
    auto b = with("d:b", {{"size", "10"}, {"kind", "macro"}});
    auto c = with("d:c", {{"size", "10.0"}});
    auto d = with("d:d", {{"size", "large"}, {"kind", "faq"}});
    a.fields.updated_at = "2025-12-31T00:00:00Z";
    b.fields.updated_at = "2026-01-02T00:00:00Z";
    c.fields.language = "de";
    d.fields.allow = {"team"};
    d.fields.deny = {"eve"};
    b.fields.allow = {};
    ASSERT_THAT(index_.publish({a, b}, {}, 1), Succeeds());
    ASSERT_THAT(index_.publish({c, d}, {}, 2), Succeeds());
    ASSERT_SUCCEEDS(snapshot_, index_.open());
  }

  static IndexedDocument with(const std::string& id, std::map<std::string, std::string> metadata) {
    auto result = document(id, 2);
    result.fields.metadata = std::move(metadata);
    return result;
  }

  [[nodiscard]] std::vector<std::string> documents(const PassageSet& passages) const {
    std::vector<std::string> ids;
    for (const PassageNumber number : passages.members()) {
      const std::string id = snapshot_->passage(number)->document.id;
      if (ids.empty() || ids.back() != id) ids.push_back(id);
    }
    return ids;
  }

  /// What the filter lets through of what any of these may see.
  [[nodiscard]] std::vector<std::string> found(const std::optional<Filter>& filter,
                                               std::vector<std::string> principals = {
                                                   "public", "team"}) const {
    const auto passages = snapshot_->allowed(principals, filter);
    if (!passages) return {"error: " + passages.error().message};
    return documents(*passages);
  }

  IndexFixture index_;
  std::shared_ptr<const Snapshot> snapshot_;
};

TEST_F(FilterEvaluation, ShowsWhatAnyPrincipalMaySeeAndNothingThatNobodyMay) {
  EXPECT_THAT(found({}), UnorderedElementsAre("d:a", "d:c", "d:d"));
  EXPECT_THAT(found({}, {"public"}), UnorderedElementsAre("d:a", "d:c"));
  EXPECT_THAT(found({}, {}), IsEmpty());
  EXPECT_THAT(found({}, {""}), IsEmpty());
}

TEST_F(FilterEvaluation, DeniesEvenWhereAnotherPrincipalIsAllowed) {
  EXPECT_THAT(found({}, {"team", "eve"}), IsEmpty());
  EXPECT_THAT(found({}, {"public", "team", "eve"}), UnorderedElementsAre("d:a", "d:c"));
}

TEST_F(FilterEvaluation, ComparesByNumberWhereBothSidesAreNumbers) {
  EXPECT_THAT(found(leaf(FilterOperator::Equal, "size", {"10"})), UnorderedElementsAre("d:c"));
  EXPECT_THAT(found(leaf(FilterOperator::Less, "size", {"10"})), UnorderedElementsAre("d:a"));
  EXPECT_THAT(found(leaf(FilterOperator::GreaterOrEqual, "size", {"9"})),
              UnorderedElementsAre("d:a", "d:c", "d:d"));
  EXPECT_THAT(found(leaf(FilterOperator::Equal, "size", {"large"})), UnorderedElementsAre("d:d"));
}

TEST_F(FilterEvaluation, ComparesTimesAsText) {
  EXPECT_THAT(found(leaf(FilterOperator::Less, "updated_at", {"2026-01-01"})),
              UnorderedElementsAre("d:a"));
  EXPECT_THAT(found(leaf(FilterOperator::GreaterOrEqual, "updated_at", {"2026-01-01"})), IsEmpty())
      << "nobody may see d:b, and the others have no time";
}

TEST_F(FilterEvaluation, KnowsTheFieldsOfEveryDocument) {
  EXPECT_THAT(found(leaf(FilterOperator::Equal, "document_id", {"d:a"})),
              UnorderedElementsAre("d:a"));
  EXPECT_THAT(found(leaf(FilterOperator::Equal, "source", {"d"})),
              UnorderedElementsAre("d:a", "d:c", "d:d"));
  EXPECT_THAT(found(leaf(FilterOperator::Equal, "path", {"c"})), UnorderedElementsAre("d:c"));
  EXPECT_THAT(found(leaf(FilterOperator::Equal, "title", {"Title of d:d"})),
              UnorderedElementsAre("d:d"));
  EXPECT_THAT(found(leaf(FilterOperator::Exists, "language", {})), UnorderedElementsAre("d:c"));
}

TEST_F(FilterEvaluation, TakesADocumentWithoutTheKeyAsNotEqual) {
  EXPECT_THAT(found(leaf(FilterOperator::NotEqual, "kind", {"faq"})), UnorderedElementsAre("d:c"));
  EXPECT_THAT(found(leaf(FilterOperator::NotIn, "kind", {"faq", "macro"})),
              UnorderedElementsAre("d:c"));
  EXPECT_THAT(found(leaf(FilterOperator::In, "kind", {"faq", "macro"})),
              UnorderedElementsAre("d:a", "d:d"));
}

TEST_F(FilterEvaluation, CombinesConditions) {
  const Filter faq = leaf(FilterOperator::Equal, "kind", {"faq"});
  const Filter small = leaf(FilterOperator::Less, "size", {"100"});
  EXPECT_THAT(found(node(FilterOperator::And, {faq, small})), UnorderedElementsAre("d:a"));
  EXPECT_THAT(found(node(FilterOperator::Or, {faq, small})),
              UnorderedElementsAre("d:a", "d:c", "d:d"));
  EXPECT_THAT(found(node(FilterOperator::Not, {faq})), UnorderedElementsAre("d:c"));
  EXPECT_THAT(found(node(FilterOperator::And, {})), UnorderedElementsAre("d:a", "d:c", "d:d"));
  EXPECT_THAT(found(node(FilterOperator::Or, {})), IsEmpty());
}

TEST_F(FilterEvaluation, FindsNothingForKeysAndValuesThatDoNotOccur) {
  EXPECT_THAT(found(leaf(FilterOperator::Equal, "colour", {"red"})), IsEmpty());
  EXPECT_THAT(found(leaf(FilterOperator::Equal, "kin", {"faq"})), IsEmpty());
  EXPECT_THAT(found(leaf(FilterOperator::Equal, "", {""})), IsEmpty());
}

TEST_F(FilterEvaluation, RefusesAConditionWithoutAValueAndBottomlessNesting) {
  const std::vector<std::string> everyone{"public"};
  EXPECT_THAT(snapshot_->allowed(everyone, leaf(FilterOperator::Equal, "kind", {})),
              FailsWith(ErrorKind::Invalid, HasSubstr("kind")));
  Filter deep = leaf(FilterOperator::Exists, "kind", {});
  for (int i = 0; i < 100; ++i) deep = node(FilterOperator::Not, {deep});
  EXPECT_THAT(snapshot_->allowed(everyone, deep),
              FailsWith(ErrorKind::Invalid, HasSubstr("nested")));
}

TEST(FieldIndexing, KeepsMetadataFromGrantingPermissions) {
  const IndexFixture index;
  auto hostile = document("d:a", 1);
  hostile.fields.allow = {};
  hostile.fields.metadata = {
      {"", "public"}, {"allow", "public"}, {"a", "public"}, {"document_id", "d:other"}};
  ASSERT_THAT(index.publish({hostile}, {}, 1), Succeeds());
  ASSERT_SUCCEEDS(const auto snapshot, index.open());
  const std::vector<std::string> everyone{"public"};

  ASSERT_SUCCEEDS(const PassageSet allowed, snapshot->allowed(everyone, std::nullopt));

  EXPECT_TRUE(allowed.empty());
}

}  // namespace
}  // namespace freshet::index
