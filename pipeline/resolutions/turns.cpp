#include "pipeline/resolutions/turns.h"

#include <algorithm>

#include "pipeline/extract/text.h"
#include "pipeline/resolutions/fold.h"

namespace freshet::pipeline {

std::vector<sources::Message> turns_of(const sources::Thread& thread) {
  std::vector<sources::Message> turns = thread.messages;
  std::stable_sort(turns.begin(), turns.end(),
                   [](const auto& a, const auto& b) { return a.created_at < b.created_at; });
  if (thread.opening) {
    const bool repeated = !turns.empty() && turns.front().body == thread.opening->body &&
                          turns.front().audience == thread.opening->audience;
    if (!repeated) turns.insert(turns.begin(), *thread.opening);
    if (repeated) {
      const auto& files = thread.opening->attachments;
      turns.front().attachments.insert(turns.front().attachments.begin(), files.begin(),
                                       files.end());
    }
  }
  for (sources::Message& turn : turns) turn.body = fold(turn.body, turn.media_type);
  std::erase_if(turns, [](const sources::Message& turn) {
    return is_blank(turn.body) && turn.attachments.empty();
  });
  return turns;
}

}  // namespace freshet::pipeline
