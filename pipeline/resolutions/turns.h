#pragma once

#include <vector>

#include "sources/thread.h"

namespace freshet::pipeline {

/// The conversation in time order, the opening first: who speaks to whom, in their own words
/// (`fold`). Messages of one second keep the order in which the source gave them; one without text
/// and without attachments is left out, and so is a first message that only repeats the opening.
std::vector<sources::Message> turns_of(const sources::Thread& thread);

}  // namespace freshet::pipeline
