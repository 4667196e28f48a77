#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "sources/thread.h"

namespace freshet::pipeline {

/// What solved a ticket, from its public messages alone.
struct Resolution {
  std::vector<sources::Message> problem;  ///< The opening and the customer's first text.
  sources::Message solution;
  std::string rule;                ///< The pick rule that found it.
  double confidence = 0;           ///< 0..1, see below.
  std::vector<std::string> links;  ///< What the solution cites, as written.
};

/// The accepted solution by the thread's own pick rules, tried in order; none where the thread is
/// not answered (`is_answered`), where no rule finds a public text, or where the rule `none` comes
/// first.
///
/// Rules: `field:NAME` (the field's text), `flagged` or `marked_message` (the last marked message),
/// `last_public_agent_before_close`, `last_public_agent` or `last_public_agent_message`,
/// `last_agent_message`, `note_marked` (an agent's marked message), `none`. An unknown rule finds
/// nothing. A bot's message counts only where people marked it.
///
/// Confidence starts from the rule (marked .9, field .85, before the close .7, last agent .6),
/// gains .05 for a link, loses .2 for a text under 80 bytes, .2 when the customer wrote again
/// behind it without thanks, .1 when it is a bot's.
std::optional<Resolution> resolution_of(const sources::Thread& thread);

/// Solved by the source's own rule, solved or closed by state (forum threads: by an accepted
/// answer alone), with an outcome that means answered or none at all, and not meant for staff.
bool is_answered(const sources::Thread& thread);

/// Since when nothing public was said and the thread stayed solved: a reply after the close starts
/// the settling time again.
Instant quiet_since(const sources::Thread& thread);

}  // namespace freshet::pipeline
