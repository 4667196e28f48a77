#include "index/allowed.h"

#include <algorithm>
#include <limits>
#include <random>
#include <set>

#include "tests/support/result_matchers.h"

namespace freshet::index {
namespace {

using ::testing::ElementsAre;
using testing::FailsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

PassageSet of(std::initializer_list<PassageNumber> numbers) {
  PassageSet set;
  for (const PassageNumber number : numbers) set.add(number);
  return set;
}

TEST(PassageSet, HoldsWhatWasAddedAndNotWhatWasRemoved) {
  PassageSet set;
  set.add_range(10, 15);
  set.remove(12);
  set.remove_range(14, 100);

  EXPECT_THAT(set.members(), ElementsAre(10, 11, 13));
  EXPECT_TRUE(set.contains(13));
  EXPECT_FALSE(set.contains(12));
  EXPECT_EQ(set.size(), 3U);
}

TEST(PassageSet, TakesEmptyAndReversedRangesAsNothing) {
  PassageSet set = of({5});
  set.add_range(7, 7);
  set.add_range(9, 3);
  set.remove_range(6, 2);
  EXPECT_THAT(set.members(), ElementsAre(5));
  EXPECT_EQ(set.count_in(6, 2), 0U);
  EXPECT_THAT(set.members_in(6, 2), IsEmpty());
}

TEST(PassageSet, CountsAndListsTheMembersOfARange) {
  const PassageSet set = of({1, 5, 9, 100000});
  EXPECT_EQ(set.count_in(5, 100000), 2U);
  EXPECT_EQ(set.count_in(0, 100001), 4U);
  EXPECT_THAT(set.members_in(5, 100000), ElementsAre(5, 9));
  EXPECT_THAT(set.members_in(10, 100), IsEmpty());
  EXPECT_THAT(set.members_in(6, 100001), ElementsAre(9, 100000));
}

TEST(PassageSet, FindsTheNextMember) {
  const PassageSet set = of({3, 8});
  EXPECT_EQ(set.next(0, 99), 3U);
  EXPECT_EQ(set.next(3, 99), 3U);
  EXPECT_EQ(set.next(4, 99), 8U);
  EXPECT_EQ(set.next(9, 99), 99U);
}

TEST(PassageSet, CombinesLikeSets) {
  PassageSet both = of({1, 2, 3});
  both &= of({2, 3, 4});
  PassageSet either = of({1, 2});
  either |= of({2, 9});
  PassageSet without = of({1, 2, 3});
  without -= of({2});

  EXPECT_TRUE(both == of({2, 3}));
  EXPECT_TRUE(either == of({1, 2, 9}));
  EXPECT_TRUE(without == of({1, 3}));
}

TEST(PassageSet, IsAValueAndEmptyAfterAMove) {
  PassageSet one = of({1});
  PassageSet copy = one;
  copy.add(2);
  const PassageSet moved = std::move(one);

  EXPECT_THAT(moved.members(), ElementsAre(1));
  EXPECT_THAT(copy.members(), ElementsAre(1, 2));
  EXPECT_TRUE(one.empty());  // NOLINT(bugprone-use-after-move): that is the behaviour under test.
}

TEST(PassageSet, ComesBackFromItsSerialisedForm) {
  std::mt19937 random(3);
  for (int round = 0; round < 20; ++round) {
    PassageSet set;
    for (int i = 0; i < 200; ++i) set.add(static_cast<PassageNumber>(random()) >> (round % 25));
    const auto begin = static_cast<PassageNumber>(random());
    set.add_range(begin,
                  begin + std::min(70000U, std::numeric_limits<PassageNumber>::max() - begin));

    ASSERT_SUCCEEDS(const PassageSet back, PassageSet::deserialize(set.serialize()));

    EXPECT_TRUE(back == set);
  }
}

TEST(PassageSet, RefusesBytesThatAreCutShort) {
  PassageSet set;
  set.add_range(5, 70000);
  for (PassageNumber number = 100000; number < 200000; number += 17) set.add(number);
  const std::string bytes = set.serialize();
  // Few lengths: the library says on standard error what it misses in each.
  for (const std::size_t length :
       {std::size_t{0}, std::size_t{3}, std::size_t{9}, bytes.size() / 2, bytes.size() - 1}) {
    EXPECT_THAT(PassageSet::deserialize(bytes.substr(0, length)),
                FailsWith(ErrorKind::Corrupt, HasSubstr("bitmap")))
        << length;
  }
}

TEST(PassageSet, AgreesWithAPlainSetUnderRandomOperations) {
  std::mt19937 random(5);
  PassageSet set;
  std::set<PassageNumber> model;
  for (int step = 0; step < 2000; ++step) {
    const auto begin = static_cast<PassageNumber>(random() % 5000);
    const PassageNumber end = begin + static_cast<PassageNumber>(random() % 60);
    if (random() % 3 == 0) {
      set.remove_range(begin, end);
      model.erase(model.lower_bound(begin), model.lower_bound(end));
    } else {
      set.add_range(begin, end);
      for (PassageNumber number = begin; number < end; ++number) model.insert(number);
    }
    ASSERT_EQ(set.size(), model.size());
  }
  EXPECT_EQ(set.members(), std::vector<PassageNumber>(model.begin(), model.end()));
  EXPECT_EQ(set.members_in(1000, 2000),
            std::vector<PassageNumber>(model.lower_bound(1000), model.lower_bound(2000)));
}

}  // namespace
}  // namespace freshet::index
