#pragma once

#include <optional>
#include <queue>

#include "tests/simulation/document.h"
#include "tests/simulation/random.h"

namespace freshet::simulation {

/// How long a change stays out of listings and searches.
struct IndexDelay {
  double mean_seconds = 2;
  double slow_share = 0.02;  ///< So many take `slow_from_seconds` to `slow_to_seconds` instead.
  double slow_from_seconds = 10;
  double slow_to_seconds = 90;
};

/// How a vendor joins two documents.
enum class Merging {
  None,
  Alias,         ///< The first id answers with the second from then on.
  ClosesSource,  ///< The first stays, closed, with a note to staff.
};

/// Whether editing an old message moves the time of its document.
enum class Revision { None, Bumps, Silent };

/// What can happen in a vendor's system. The schedule takes no step outside of it.
struct Capabilities {
  std::vector<Kind> kinds;
  std::vector<Access> accesses{Access::Public};
  bool messages = true;
  bool staff_messages = false;
  bool restores = true;  ///< Deletion goes to a trash first.
  bool solves = false;
  Merging merging = Merging::None;
  Revision revision = Revision::None;
};

struct NewDocument {
  Kind kind = Kind::Article;
  Access access = Access::Public;
  Id group = 0;
  Id parent = 0;
};

/// One vendor's installation: its documents, its clock and its index. By-id reads (`find`) see a
/// change at once; listings (`index`) see it after a random delay, and never an older version after
/// a newer one. Operations on a document that does not exist, or is not in a fitting state, are
/// errors of the test and abort. One thread.
class World final : public Clock {
 public:
  explicit World(std::uint64_t seed, IndexDelay delay = {});

  /// True time.
  [[nodiscard]] Instant now() const override { return now_; }
  /// The server's idea of it: what it stamps changes and answers with.
  [[nodiscard]] Instant server_now() const { return now_ + skew_; }
  void advance(std::chrono::microseconds by);
  void skew(std::chrono::microseconds by) { skew_ += by; }

  Id create(const NewDocument& document);
  void edit(Id id);
  /// Gives the id of the message.
  Id comment(Id id, Audience audience);
  void revise(Id id, std::size_t message, Revision revision);
  void solve(Id id, bool solved);
  void trash(Id id);
  void erase(Id id);
  void restore(Id id);
  /// Moves no time that users see.
  void permit(Id id, Access access, Id group = 0);
  void merge(Id from, Id into, Merging merging);
  /// The vendor's own housekeeping: moves `Document::touched` only.
  void touch(Id id);

  /// As it is now, whatever its state; null if there never was one.
  [[nodiscard]] const Document* find(Id id) const;
  [[nodiscard]] const std::map<Id, DocumentVersion>& documents() const { return documents_; }
  /// As listings and searches see it.
  [[nodiscard]] const std::map<Id, DocumentVersion>& index() const { return index_; }
  /// Every live document that the reading account may see.
  [[nodiscard]] std::vector<Truth> truth() const;
  [[nodiscard]] Truth truth_of(const Document& document) const;
  /// Merged ids and what they lead to in the end.
  [[nodiscard]] std::map<Id, Id> aliases() const;
  Random& random() { return random_; }

 private:
  struct Pending {
    Instant visible;
    DocumentVersion version;
    bool operator>(const Pending& other) const { return visible > other.visible; }
  };
  enum class Moves { Touched, Updated };

  template <typename Change>
  void change(Id id, Moves moves, Change&& change);
  void store(DocumentVersion version);
  void adopt_children_of(const Document& document);
  Message message(Audience audience);
  std::string next_marker(Audience audience);
  std::chrono::microseconds next_delay();

  Random random_;
  IndexDelay delay_;
  Instant now_ = std::chrono::sys_days{std::chrono::year{2026} / 11 / 20};
  std::chrono::microseconds skew_{0};
  Id last_id_ = 1000;
  int last_marker_ = 0;
  std::map<Id, DocumentVersion> documents_;
  std::map<Id, DocumentVersion> index_;
  std::priority_queue<Pending, std::vector<Pending>, std::greater<>> pending_;
};

}  // namespace freshet::simulation
