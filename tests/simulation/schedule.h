#pragma once

#include "tests/simulation/model.h"

namespace freshet::simulation {

/// One thing that happened.
struct Step {
  enum class Action {
    Create,
    Edit,
    Comment,
    Note,  ///< A comment to staff.
    Revise,
    Solve,
    Trash,
    Erase,
    Restore,
    Permit,
    Merge,
    Touch,
    Advance,
  };
  Action action = Action::Advance;
  Id document = 0;
  Id other = 0;  ///< What it was merged into.
  Access access = Access::Public;
  std::chrono::microseconds duration{0};
};
/// "12 trash 1004": for telling what a failing seed did.
std::string describe(const Step& step);

/// Random changes to a world, the same from the same seed and calls. Ties are common: two steps in
/// five take no time at all.
class Schedule {
 public:
  Schedule(World& world, Capabilities capabilities, std::uint64_t seed);

  /// Takes one step that is possible now.
  void step();
  void steps(std::size_t count);
  [[nodiscard]] const std::vector<Step>& history() const { return history_; }

 private:
  Step next_step();
  Step create();
  Step pick_time();
  Step on(Step::Action action, Id id);
  [[nodiscard]] Step::Action draw_action();
  [[nodiscard]] bool fits(Step::Action action) const;
  [[nodiscard]] std::vector<Id> in_state(State state) const;
  void pick_access(Step& step, Id& group);
  void apply_permit(Step& step);

  World* world_;
  Capabilities capabilities_;
  Random random_;
  std::vector<Step> history_;
};

}  // namespace freshet::simulation
