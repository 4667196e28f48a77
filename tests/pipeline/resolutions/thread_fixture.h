#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sources/thread.h"

namespace freshet::testing {

inline const sources::Audience kPublic{sources::Level::Public, {}};
inline const sources::Audience kInternal{sources::Level::Internal, {}};

/// Minutes on the day on which the manual clock starts, less three days.
inline Instant minute(int minutes) {
  return std::chrono::sys_days{std::chrono::year{2026} / 11 / 17} + std::chrono::minutes(minutes);
}

inline sources::Message said(sources::Side side, int at_minute, std::string body) {
  sources::Message message;
  message.id = std::to_string(at_minute);
  message.created_at = minute(at_minute);
  message.side = side;
  message.audience = kPublic;
  message.body = std::move(body);
  return message;
}

inline sources::Message customer(int at_minute, std::string body) {
  return said(sources::Side::Customer, at_minute, std::move(body));
}
inline sources::Message agent(int at_minute, std::string body) {
  return said(sources::Side::Agent, at_minute, std::move(body));
}
inline sources::Message note(int at_minute, std::string body) {
  auto message = agent(at_minute, std::move(body));
  message.audience = kInternal;
  return message;
}

/// Solved an hour after it was opened, for the members of one organisation.
inline sources::Thread solved_ticket(std::vector<sources::Message> messages) {
  sources::Thread thread;
  thread.kind = "ticket";
  thread.title = "Sign-in fails";
  thread.state = "solved";
  thread.solved_at = minute(60);
  thread.resolved = true;
  thread.pick = {"last_public_agent_before_close"};
  thread.audience = {sources::Level::Restricted, {"org:1"}};
  thread.messages = std::move(messages);
  return thread;
}

}  // namespace freshet::testing
