#pragma once

#include <span>
#include <string>

#include "base/http/client.h"
#include "base/result.h"
#include "sources/http_api/manifest/rule_spec.h"
#include "sources/http_api/value.h"

namespace freshet::sources::http_api {

/// An answer and its body taken apart.
struct Received {
  const http::Response& response;
  const Value* body;  ///< Null when the body is not JSON.
};

/// What an answer means.
struct Decision {
  Reaction reaction = Reaction::Accept;
  ErrorKind kind =
      ErrorKind::Invalid;  ///< For Fail and Skip*: what is wrong, in the terms of a caller.
  std::string message;     ///< One line, never from the body.
};

/// Tries the rules in the order of `rules`, then the built-in ones: 2xx with a readable body is an
/// answer; 429 and a 503 that names a time wait; 408, 425 and 5xx are tried again; 401 asks for
/// another token; 403 is a lack of permission; a page for people (HTML) where JSON should be is a
/// login page; JSON cut short is tried again.
Decision decide(const Received& received, std::span<const std::span<const ResponseRule>> rules);

}  // namespace freshet::sources::http_api
