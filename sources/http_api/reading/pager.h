#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "sources/http_api/manifest/page_spec.h"
#include "sources/http_api/transport/exchange.h"
#include "sources/http_api/transport/request_builder.h"
#include "sources/http_api/value.h"

namespace freshet::sources::http_api {

/// Where a listing goes on. The first page is a position too.
struct PagePosition {
  Value token;              ///< Token, token object or key of the last record.
  std::int64_t number = 0;  ///< Page number or offset.
  std::string url;          ///< Next address.
  std::size_t pages = 0;    ///< Read so far.
  std::size_t rows = 0;     ///< Read so far, before any was passed over.
  std::size_t size = 0;     ///< Rows to ask for.
  std::string content;      ///< Hash of the rows of the page before.

  [[nodiscard]] Value to_value() const;
  static PagePosition from_value(const Value& value);
};

PagePosition first_page(const PageSpec& spec);

/// Puts the position into a request.
void apply(const PageSpec& spec, const PagePosition& position, Outgoing& outgoing);

/// What follows a page.
struct NextPage {
  std::optional<PagePosition> position;  ///< None: that was the last.
  bool looped = false;  ///< The server led back to where it was: the listing's end is in doubt.
};

/// `rows` are the page's records, all of them. Invalid when an expression fails or the listing has
/// more pages than any real one.
Result<NextPage> next_page(const PageSpec& spec, const PagePosition& position, const Answer& answer,
                           const std::vector<Value>& rows);

}  // namespace freshet::sources::http_api
