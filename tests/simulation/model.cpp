#include "tests/simulation/model.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

namespace freshet::simulation {

const std::vector<Account>& accounts() {
  static const std::vector<Account> kAccounts{{9001, "Ada Agent", true},
                                              {9002, "Ben Agent", true},
                                              {9101, "Cleo Customer", false},
                                              {9102, "Dan Customer", false},
                                              {9103, "Eve Customer", false}};
  return kAccounts;
}

const Account& account(Id id) {
  const auto& all = accounts();
  const auto found = std::ranges::find(all, id, &Account::id);
  return found == all.end() ? all.front() : *found;
}

const std::vector<Group>& groups() {
  static const std::vector<Group> kGroups{{701, "Partners"}, {702, "Gold"}, {703, "Beta"}};
  return kGroups;
}

World::World(std::uint64_t seed, IndexDelay delay) : random_(seed), delay_(delay) {}

void World::advance(std::chrono::microseconds by) {
  now_ += by;
  while (!pending_.empty() && pending_.top().visible <= now_) {
    DocumentVersion version = pending_.top().version;
    pending_.pop();
    DocumentVersion& indexed = index_[version->id];
    if (!indexed || indexed->revision < version->revision) indexed = std::move(version);
  }
}

template <typename Change>
void World::change(Id id, Moves moves, Change&& change) {
  const auto found = documents_.find(id);
  assert(found != documents_.end());
  auto next = std::make_shared<Document>(*found->second);
  change(*next);
  next->touched = server_now();
  if (moves == Moves::Updated) next->updated = server_now();
  ++next->revision;
  store(std::move(next));
}

void World::store(DocumentVersion version) {
  pending_.push({now_ + next_delay(), version});
  const Id id = version->id;
  documents_[id] = std::move(version);
}

std::chrono::microseconds World::next_delay() {
  const bool slow = random_.chance(delay_.slow_share);
  const double slow_span = delay_.slow_to_seconds - delay_.slow_from_seconds;
  const double seconds = slow ? delay_.slow_from_seconds + slow_span * random_.fraction()
                              : random_.exponential(delay_.mean_seconds);
  return std::chrono::microseconds{static_cast<std::int64_t>(seconds * 1e6)};
}

std::string World::next_marker(Audience audience) {
  return (audience == Audience::Staff ? "INT-" : "PUB-") + std::to_string(++last_marker_);
}

Id World::create(const NewDocument& document) {
  auto made = std::make_shared<Document>();
  made->id = ++last_id_;
  made->kind = document.kind;
  made->access = document.kind == Kind::Ticket ? Access::Participants : document.access;
  made->group = document.group;
  made->parent = document.parent;
  made->container = 801 + static_cast<Id>(random_.below(2));
  made->author = accounts()[random_.below(accounts().size())].id;
  made->revision = 1;
  made->version = 1;
  made->marker = next_marker(Audience::Everyone);
  made->created = made->edited = made->updated = made->touched = server_now();
  store(made);
  return made->id;
}

void World::edit(Id id) {
  change(id, Moves::Updated, [&](Document& document) {
    ++document.version;
    document.marker = next_marker(Audience::Everyone);
    document.edited = server_now();
  });
}

Message World::message(Audience audience) {
  Message made;
  made.id = ++last_id_;
  made.author = accounts()[random_.below(audience == Audience::Staff ? 2 : accounts().size())].id;
  made.audience = audience;
  made.marker = next_marker(audience);
  made.text = "About that: " + made.marker;
  made.created = made.edited = server_now();
  return made;
}

Id World::comment(Id id, Audience audience) {
  Message made = message(audience);
  const Id message_id = made.id;
  change(id, Moves::Updated,
         [&](Document& document) { document.messages.push_back(std::move(made)); });
  return message_id;
}

void World::revise(Id id, std::size_t message, Revision revision) {
  const Moves moves = revision == Revision::Bumps ? Moves::Updated : Moves::Touched;
  change(id, moves, [&](Document& document) {
    Message& revised = document.messages.at(message);
    revised.marker = next_marker(revised.audience);
    revised.text = "On second thoughts: " + revised.marker;
    revised.edited = server_now();
  });
}

void World::solve(Id id, bool solved) {
  change(id, Moves::Updated, [&](Document& document) { document.solved = solved; });
}

void World::trash(Id id) {
  change(id, Moves::Updated, [&](Document& document) {
    assert(document.state == State::Live);
    document.state = State::Trashed;
    document.removed = server_now();
  });
  adopt_children_of(*find(id));
}

void World::erase(Id id) {
  change(id, Moves::Updated, [&](Document& document) {
    document.state = State::Gone;
    document.removed = server_now();
    document.messages.clear();
  });
  adopt_children_of(*find(id));
}

void World::restore(Id id) {
  change(id, Moves::Updated, [&](Document& document) {
    assert(document.state == State::Trashed);
    document.state = State::Live;
    const Document* parent = find(document.parent);
    if (parent == nullptr || parent->state != State::Live) document.parent = 0;
  });
}

/// Children of a page that goes hang below its own parent from then on.
void World::adopt_children_of(const Document& document) {
  const Id gone = document.id;
  const Id heir = document.parent;
  std::vector<Id> children;
  for (const auto& [id, version] : documents_) {
    if (version->parent == gone) children.push_back(id);
  }
  for (const Id child : children) {
    change(child, Moves::Touched, [&](Document& orphan) { orphan.parent = heir; });
  }
}

void World::permit(Id id, Access access, Id group) {
  assert(find(id)->kind != Kind::Ticket);
  change(id, Moves::Touched, [&](Document& document) {
    document.access = access;
    document.group = group;
  });
}

void World::touch(Id id) {
  change(id, Moves::Touched, [](Document&) {});
}

void World::merge(Id from, Id into, Merging merging) {
  assert(from != into && merging != Merging::None);
  change(from, Moves::Updated, [&](Document& document) {
    document.solved = true;
    if (merging == Merging::ClosesSource) {
      document.messages.push_back(message(Audience::Staff));
    } else {
      document.state = State::Merged;
      document.merged_into = into;
      document.removed = server_now();
    }
  });
  comment(into, merging == Merging::ClosesSource ? Audience::Staff : Audience::Everyone);
}

const Document* World::find(Id id) const {
  const auto found = documents_.find(id);
  return found == documents_.end() ? nullptr : found->second.get();
}

Truth World::truth_of(const Document& document) const {
  Truth truth;
  truth.id = document.id;
  truth.kind = document.kind;
  truth.solved = document.solved;
  truth.version_marker = document.version_marker();
  truth.public_markers.push_back(document.marker);
  for (const Message& message : document.messages) {
    auto& markers =
        message.audience == Audience::Staff ? truth.internal_markers : truth.public_markers;
    markers.push_back(message.marker);
  }
  for (const Document* at = &document; at != nullptr; at = find(at->parent)) {
    truth.access = std::max(truth.access, at->access);
    if (at->access == Access::Group) truth.groups.insert(at->group);
  }
  return truth;
}

std::vector<Truth> World::truth() const {
  std::vector<Truth> live;
  for (const auto& [id, document] : documents_) {
    if (document->state != State::Live) continue;
    Truth truth = truth_of(*document);
    if (truth.access != Access::Hidden) live.push_back(std::move(truth));
  }
  return live;
}

std::map<Id, Id> World::aliases() const {
  std::map<Id, Id> leads_to;
  for (const auto& [id, document] : documents_) {
    const Document* end = document.get();
    while (end->state == State::Merged) end = find(end->merged_into);
    if (end->id != id) leads_to[id] = end->id;
  }
  return leads_to;
}

}  // namespace freshet::simulation
