#include "pipeline/resolutions/resolution.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "pipeline/extract/extract.h"
#include "pipeline/extract/text.h"
#include "pipeline/resolutions/fold.h"
#include "pipeline/resolutions/turns.h"

namespace freshet::pipeline {
namespace {

using sources::Level;
using sources::Message;
using sources::Side;
using sources::Thread;
using std::string;
using std::string_view;

constexpr std::size_t kShortText = 80;

bool is_public(const Message& message) {
  return message.audience.level == Level::Public;
}

bool is_agent(const Message& turn) {
  return turn.side == Side::Agent;
}

/// One thread's public turns, and how each rule chooses among them.
class Choice {
 public:
  explicit Choice(const Thread& thread) : thread_(thread), turns_(turns_of(thread)) {
    std::erase_if(turns_,
                  [](const Message& turn) { return !is_public(turn) || is_blank(turn.body); });
  }

  [[nodiscard]] const std::vector<Message>& turns() const { return turns_; }

  struct Found {
    Message message;
    double confidence = 0;
  };
  [[nodiscard]] std::optional<Found> by_rule(string_view rule) const;

 private:
  using Test = bool (*)(const Message&);
  [[nodiscard]] std::optional<Found> last(Test test, double confidence) const {
    const auto found = std::find_if(turns_.rbegin(), turns_.rend(), test);
    if (found == turns_.rend()) return std::nullopt;
    return Found{*found, confidence};
  }
  [[nodiscard]] std::optional<Found> before_close() const {
    const auto found = std::find_if(turns_.rbegin(), turns_.rend(), [&](const Message& turn) {
      return is_agent(turn) && (!thread_.solved_at || turn.created_at <= *thread_.solved_at);
    });
    if (found == turns_.rend()) return std::nullopt;
    return Found{*found, 0.7};
  }
  [[nodiscard]] std::optional<Found> field(string_view name) const {
    for (const Message& candidate : thread_.fields) {
      if (candidate.id == name && is_public(candidate) && !is_blank(candidate.body))
        return Found{candidate, 0.85};
    }
    return std::nullopt;
  }

  const Thread& thread_;
  std::vector<Message> turns_;
};

std::optional<Choice::Found> Choice::by_rule(string_view rule) const {
  constexpr string_view kField = "field:";
  if (rule.starts_with(kField)) return field(rule.substr(kField.size()));
  if (rule == "flagged" || rule == "marked_message")
    return last([](const Message& turn) { return turn.marked; }, 0.9);
  if (rule == "note_marked")
    return last([](const Message& turn) { return turn.marked && is_agent(turn); }, 0.9);
  if (rule == "last_public_agent_before_close") return before_close();
  if (rule == "last_public_agent" || rule == "last_public_agent_message" ||
      rule == "last_agent_message")
    return last(is_agent, 0.6);
  return std::nullopt;
}

bool is_thanks(string_view text) {
  constexpr std::array<string_view, 7> kThanks{"thank", "thx",   "solved", "works",
                                               "danke", "merci", "gracias"};
  const string lower = to_lower(text.substr(0, 400));
  return std::any_of(kThanks.begin(), kThanks.end(),
                     [&](string_view word) { return lower.find(word) != string::npos; });
}

bool customer_came_back(const std::vector<Message>& turns, const Message& solution) {
  return std::any_of(turns.begin(), turns.end(), [&](const Message& turn) {
    return turn.side == Side::Customer && turn.created_at > solution.created_at &&
           !is_thanks(turn.body);
  });
}

std::vector<string> links_in(const Message& message) {
  std::vector<string> links;
  const auto extracted = extract({"", message.media_type, message.body, "en"});
  if (!extracted) return links;
  for (const ExtractedLink& link : extracted->links) links.push_back(link.target);
  return links;
}

std::vector<Message> problem_of(const std::vector<Message>& turns, const Message& solution) {
  std::vector<Message> problem;
  for (const Message& turn : turns) {
    const bool first = problem.empty() || problem.front().side != Side::Customer;
    const bool opens = &turn == &turns.front() && turn.side != Side::Bot;
    if ((turn.side == Side::Customer && first && problem.size() < 2) || opens) {
      if (turn != solution) problem.push_back(turn);
    }
  }
  return problem;
}

double adjusted(double confidence, const Resolution& found, const std::vector<Message>& turns) {
  if (!found.links.empty()) confidence += 0.05;
  if (trim(found.solution.body).size() < kShortText) confidence -= 0.2;
  if (customer_came_back(turns, found.solution)) confidence -= 0.2;
  if (found.solution.side == Side::Bot) confidence -= 0.1;
  return std::clamp(confidence, 0.0, 1.0);
}

}  // namespace

bool is_answered(const Thread& thread) {
  const bool closed = thread.state == "solved" || thread.state == "closed";
  const bool by_state = closed || thread.kind == "thread";
  const bool by_outcome = thread.outcome.empty() || thread.outcome == "answered";
  const auto principals = sources::principals_of(thread.audience, {"public"});
  const bool for_customers =
      std::any_of(principals.begin(), principals.end(),
                  [](const string& principal) { return principal != sources::kInternalPrincipal; });
  return thread.resolved && by_state && by_outcome && for_customers;
}

Instant quiet_since(const Thread& thread) {
  Instant latest = thread.solved_at.value_or(Instant());
  for (const Message& message : thread.messages) {
    if (is_public(message)) latest = std::max(latest, message.created_at);
  }
  return latest;
}

std::optional<Resolution> resolution_of(const Thread& thread) {
  if (!is_answered(thread)) return std::nullopt;
  const Choice choice(thread);
  for (const string& rule : thread.pick) {
    if (rule == "none") return std::nullopt;
    const auto chosen = choice.by_rule(rule);
    if (!chosen) continue;
    Resolution found{problem_of(choice.turns(), chosen->message), chosen->message, rule, 0,
                     links_in(chosen->message)};
    found.confidence = adjusted(chosen->confidence, found, choice.turns());
    return found;
  }
  return std::nullopt;
}

}  // namespace freshet::pipeline
