#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/interruption.h"
#include "base/result.h"
#include "sources/http_api/manifest/stream_spec.h"
#include "sources/http_api/reading/pager.h"
#include "sources/http_api/transport/exchange.h"

namespace freshet::sources::http_api {

/// One page of a listing.
struct Page {
  std::vector<Value> records;      ///< Those that `where` lets through.
  std::vector<Value> passed_over;  ///< The others.
  NextPage next;
  Answer answer;
  std::size_t rows = 0;  ///< Records before `where`.
};

/// Reads listings and single answers for one source. Where the rules for an answer say anything but
/// to take it, `page.answer.decision` says what, and there are no records. One thread owns it.
class ListingReader {
 public:
  /// `prepare` may change the request before it is sent.
  using Prepare = std::function<void(Outgoing&)>;

  explicit ListingReader(Exchange& exchange) : exchange_(&exchange) {}

  Result<Page> page(
      const ListingSpec& listing, const Scope& scope, const PagePosition& position,
      const Interruption& interruption, const Prepare& prepare = [](Outgoing&) {});

  /// All records of all pages. An error where an answer is not to be taken. `looped` says that the
  /// end is in doubt.
  struct All {
    std::vector<Value> records;
    bool looped = false;
    std::optional<Decision> stopped;  ///< Why there are no more.
  };
  Result<All> all(const ListingSpec& listing, const Scope& scope, std::size_t most,
                  const Interruption& interruption);

  [[nodiscard]] Exchange& exchange() { return *exchange_; }

 private:
  Exchange* exchange_;
};

/// "the members a, b": for messages about answers and records.
std::string members_of(const Value& value);

/// The rows of a lookup stream, by key; those without are left out. Invalid when none has one.
Result<Value> lookup_table(const StreamSpec& stream, const std::vector<Value>& rows);

/// A decision other than to take the answer, as the error that it is for whoever has no use for it.
Error error_of(const Decision& decision);

}  // namespace freshet::sources::http_api
