#include "tests/simulation/schedule.h"

#include <array>
#include <utility>

namespace freshet::simulation {

namespace {

using Action = Step::Action;

struct Weight {
  Action action;
  std::string_view name;
  std::size_t weight;
};
constexpr std::array kWeights{
    Weight{Action::Create, "create", 16},   Weight{Action::Edit, "edit", 16},
    Weight{Action::Comment, "comment", 12}, Weight{Action::Note, "note", 8},
    Weight{Action::Revise, "revise", 4},    Weight{Action::Solve, "solve", 4},
    Weight{Action::Trash, "trash", 5},      Weight{Action::Erase, "erase", 2},
    Weight{Action::Restore, "restore", 3},  Weight{Action::Permit, "permit", 6},
    Weight{Action::Merge, "merge", 2},      Weight{Action::Touch, "touch", 2},
    Weight{Action::Advance, "advance", 20}};

constexpr std::size_t total_weight() {
  std::size_t total = 0;
  for (const Weight& weight : kWeights) total += weight.weight;
  return total;
}

}  // namespace

std::string describe(const Step& step) {
  std::string text(kWeights[static_cast<std::size_t>(step.action)].name);
  if (step.document != 0) text += " " + std::to_string(step.document);
  if (step.other != 0) text += " into " + std::to_string(step.other);
  if (step.action == Action::Advance) {
    text += " " + std::to_string(step.duration.count()) + " us";
  }
  return text;
}

Schedule::Schedule(World& world, Capabilities capabilities, std::uint64_t seed)
    : world_(&world), capabilities_(std::move(capabilities)), random_(seed) {}

void Schedule::steps(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) step();
}

void Schedule::step() {
  history_.push_back(next_step());
}

bool Schedule::fits(Action action) const {
  switch (action) {
    case Action::Comment:
      return capabilities_.messages;
    case Action::Note:
      return capabilities_.messages && capabilities_.staff_messages;
    case Action::Revise:
      return capabilities_.revision != Revision::None;
    case Action::Solve:
      return capabilities_.solves;
    case Action::Restore:
    case Action::Trash:
      return capabilities_.restores;
    case Action::Permit:
      return capabilities_.accesses.size() > 1;
    case Action::Merge:
      return capabilities_.merging != Merging::None;
    default:
      return true;
  }
}

Action Schedule::draw_action() {
  std::size_t ticket = random_.below(total_weight());
  for (const Weight& weight : kWeights) {
    if (ticket < weight.weight) return fits(weight.action) ? weight.action : Action::Edit;
    ticket -= weight.weight;
  }
  return Action::Edit;
}

std::vector<Id> Schedule::in_state(State state) const {
  std::vector<Id> ids;
  for (const auto& [id, document] : world_->documents()) {
    if (document->state == state) ids.push_back(id);
  }
  return ids;
}

Step Schedule::next_step() {
  const Action action = draw_action();
  if (action == Action::Advance) return pick_time();
  const auto candidates = in_state(action == Action::Restore ? State::Trashed : State::Live);
  if (action == Action::Create || candidates.empty()) return create();
  return on(action, candidates[random_.below(candidates.size())]);
}

Step Schedule::pick_time() {
  const double kind = random_.fraction();
  double seconds = 0;
  if (kind > 0.98) {
    seconds = 1800 * random_.fraction();
  } else if (kind > 0.8) {
    seconds = 60 * random_.fraction();
  } else if (kind > 0.4) {
    seconds = 2 * random_.fraction();
  }
  Step step{.action = Action::Advance};
  step.duration = std::chrono::microseconds{static_cast<std::int64_t>(seconds * 1e6)};
  world_->advance(step.duration);
  return step;
}

void Schedule::pick_access(Step& step, Id& group) {
  const auto& accesses = capabilities_.accesses;
  // The first is the usual one, or nearly everything would be restricted.
  step.access = random_.chance(0.5) ? accesses.front() : accesses[random_.below(accesses.size())];
  group = step.access == Access::Group ? groups()[random_.below(groups().size())].id : 0;
}

Step Schedule::create() {
  Step step{.action = Action::Create};
  NewDocument document;
  document.kind = capabilities_.kinds[random_.below(capabilities_.kinds.size())];
  pick_access(step, document.group);
  document.access = step.access;
  if (document.kind == Kind::Page && random_.chance(0.4)) {
    const auto live = in_state(State::Live);
    if (!live.empty()) document.parent = live[random_.below(live.size())];
  }
  step.document = world_->create(document);
  return step;
}

Step Schedule::on(Action action, Id id) {
  Step step{.action = action, .document = id};
  switch (action) {
    case Action::Comment:
    case Action::Note:
      world_->comment(id, action == Action::Note ? Audience::Staff : Audience::Everyone);
      break;
    case Action::Revise: {
      const std::size_t messages = world_->find(id)->messages.size();
      if (messages > 0) world_->revise(id, random_.below(messages), capabilities_.revision);
      break;
    }
    case Action::Solve:
      world_->solve(id, !world_->find(id)->solved);
      break;
    case Action::Trash:
      world_->trash(id);
      break;
    case Action::Erase:
      world_->erase(id);
      break;
    case Action::Restore:
      world_->restore(id);
      break;
    case Action::Permit:
      if (world_->find(id)->kind != Kind::Ticket) apply_permit(step);
      break;
    case Action::Merge: {
      const auto live = in_state(State::Live);
      step.other = live[random_.below(live.size())];
      if (step.other != id && world_->find(step.other)->kind == world_->find(id)->kind) {
        world_->merge(id, step.other, capabilities_.merging);
      }
      break;
    }
    case Action::Touch:
      world_->touch(id);
      break;
    default:
      world_->edit(id);
  }
  return step;
}

void Schedule::apply_permit(Step& step) {
  Id group = 0;
  pick_access(step, group);
  world_->permit(step.document, step.access, group);
}

}  // namespace freshet::simulation
