#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "sources/http_api/expression.h"

namespace freshet::sources::http_api {

/// How a listing goes on after a page.
enum class Paging {
  None,         ///< One answer holds everything.
  Token,        ///< A value of the answer goes into the next request.
  TokenObject,  ///< An object of the answer is merged into the next query (MediaWiki's `continue`).
  NextUrl,      ///< The answer holds the next address, absolute or relative.
  LinkHeader,   ///< RFC 8288: the Link header's rel="next".
  Page,         ///< A page number.
  Offset,       ///< A number of rows.
  Keyset,       ///< A value of the last record of the page.
};

/// Where a parameter goes.
enum class Place { Query, Json, Header };

struct Parameter {
  Place place = Place::Query;
  std::string name;
};

struct PageSpec {
  Paging paging = Paging::None;
  std::optional<Expression> from;   ///< The token, token object, next address or last record's key.
  std::optional<Parameter> into;    ///< Where the token, number or key goes.
  std::optional<Expression> more;   ///< Null or false: this was the last page.
  std::optional<Expression> total;  ///< Rows in all, where the answer says.
  std::string total_header;         ///< The same in a header; lower case.
  std::optional<Parameter> size_into;
  std::size_t size = 100;  ///< Rows asked for.
  std::int64_t start = 0;  ///< First page number or offset.
  std::size_t cap =
      0;  ///< Rows a listing gives at most; 0 means no limit. Beyond it the window rolls.
  std::size_t most = 100'000;  ///< Pages after which the listing is given up as endless.
};

}  // namespace freshet::sources::http_api
