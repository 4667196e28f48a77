#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sources/http_api/expression.h"

namespace freshet::sources::http_api {

/// What to do about an answer.
enum class Reaction {
  Accept,           ///< It is an answer like any other.
  Retry,            ///< Send again after a back-off.
  Wait,             ///< Send again when the answer's headers allow it.
  Reauthenticate,   ///< Get another access token, once, and send again.
  SkipRecord,       ///< Leave this record as it is.
  SkipPart,         ///< Leave this partition as it is.
  SkipStream,       ///< Leave this stream as it is.
  Tombstone,        ///< The record is gone.
  TombstoneParent,  ///< The record whose children these are is gone.
  SplitBatch,       ///< Ask for half as many records at a time.
  ShrinkPage,       ///< Ask for half as many rows a page.
  RestartStream,    ///< The page token is no longer good: begin the listing again.
  Reseed,           ///< The cursor is no longer good: read everything again.
  PauseSource,      ///< Stop here; the next sync goes on.
  Fail,             ///< Leave this stream with an error.
};

/// When an answer is not what was asked for. All conditions that are given must hold; rules are
/// tried in order, the request's own before the manifest's before the built-in ones.
struct ResponseRule {
  std::vector<int> statuses;       ///< Empty: any.
  std::string header;              ///< Name in lower case; empty: no condition.
  std::string header_holds;        ///< Text that the header must contain, any case.
  std::string body_holds;          ///< Text that the body must contain, any case.
  std::optional<Expression> when;  ///< True on the decoded body.
  bool undecodable = false;        ///< The body is not what `decode` says.
  Reaction reaction = Reaction::Fail;
  std::string message;  ///< For people: what it means and what to do.
};

}  // namespace freshet::sources::http_api
