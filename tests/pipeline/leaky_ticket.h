#pragma once

#include <string>
#include <vector>

#include "tests/pipeline/ledger/ledger_fixture.h"
#include "tests/pipeline/resolutions/thread_fixture.h"

namespace freshet::testing {

/// What must be nowhere.
inline const std::vector<std::string> kCanaries{"canary.person",       "555-0142",
                                                "4111 1111 1111 1111", "DE89 3704 0044",
                                                "ghp_canaryAbc",       "203.0.113.77"};

/// One of each kind, in every place that a thread has.
inline sources::Document leaky_ticket() {
  std::string all =
      "canary.person@leak.example, +1 212-555-0142, 4111 1111 1111 1111, DE89 3704 0044 0532 0130 "
      "00, ghp_canaryAbc123456789012345678, 203.0.113.77";
  auto thread = solved_ticket(
      {customer(0, "I am " + all + "\n\n```\ncurl 203.0.113.77\n```"),
       agent(10, "<h2>For " + all + "</h2><p>See <a href=\"mailto:canary.person@leak.example\">" +
                     all +
                     "</a> and https://x.example/?u=canary.person%40leak.example</p>"
                     "<p>canary&#46;person&#64;leak.example</p>")});
  thread.messages[1].media_type = "text/html";
  thread.messages[0].attachments = {{"1", "canary.person@leak.example.txt", "text/plain", 1,
                                     "https://x.example/1", "Log of " + all + "\n"}};
  for (auto& message : thread.messages) message.author = "canary.person@leak.example";
  thread.title = "Ticket of " + all;
  sources::Document document = document_of("7", write_thread(thread));
  document.media_type = sources::kThreadMediaType;
  document.title = thread.title;
  document.metadata["requester"] = "canary.person@leak.example";
  document.metadata["labels"] = "vip, " + all;
  document.metadata["breadcrumb"] = "Desk > " + all;
  document.provenance.authors = {"Canary <canary.person@leak.example>"};
  return document;
}

}  // namespace freshet::testing
