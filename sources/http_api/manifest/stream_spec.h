#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sources/http_api/expression.h"
#include "sources/http_api/manifest/map_spec.h"
#include "sources/http_api/manifest/page_spec.h"
#include "sources/http_api/manifest/request_spec.h"
#include "sources/http_api/manifest/rule_spec.h"

namespace freshet::sources::http_api {

/// A request, its pages and the records in them.
struct ListingSpec {
  RequestSpec request;
  PageSpec pages;
  std::optional<Expression> records;  ///< One value a record; none: the whole answer.
  std::optional<Expression> where;    ///< Records for which it does not hold are passed over.
  std::optional<Expression> key;      ///< Identifies a record in its stream.
  std::vector<ResponseRule> on;
};

enum class CursorType {
  Full,   ///< Everything each time, compared by version.
  Time,   ///< What changed since a time that the server filters by.
  Token,  ///< The server's own opaque position.
  Feed,   ///< Newest first, read until the mark.
  Seq,    ///< A number that only grows.
};

enum class Order { None, Ascending, Descending };

/// How a stream finds what changed. Marks come from the server: values of records, `resume`, or the
/// Date header; never from the local clock.
struct CursorSpec {
  CursorType type = CursorType::Full;
  std::optional<Expression> field;   ///< time, feed: when a record changed. seq: its number.
  std::optional<Expression> resume;  ///< time: the server's next mark, from the answer.
  std::optional<Expression> token;   ///< token: the next position, from the answer.
  std::optional<Expression> done;    ///< token: true at the end of the feed.
  std::optional<Parameter> into;     ///< token: where the position goes.
  NamedTemplates seed_query;         ///< token: the query of the first request of all.
  std::optional<Template> seed;      ///< time, feed, seq: the first mark. None: the beginning.
  std::optional<Expression>
      out_of_order;  ///< feed: records that stand out of order and end nothing.
  Order order = Order::None;
  std::chrono::milliseconds unit{1000};    ///< Coarseness of `field`.
  std::chrono::milliseconds lag{120'000};  ///< The worst delay until a change shows in the listing.
  std::chrono::milliseconds overlap{120'000};  ///< Read again before the mark.
};

/// Reads whole records by id, one at a time or a batch in one request.
struct HydrateSpec {
  ListingSpec listing;
  std::size_t batch =
      0;  ///< 0: one request a record, the answer (or `records`' first value) is the record.
  bool missing_is_gone = false;  ///< Batched: an id without a record was deleted.
};

/// Records that hang under a record: comments, posts, blocks.
struct ChildrenSpec {
  std::string name;  ///< `$children.<name>` in the parent's map.
  ListingSpec listing;
  std::optional<Expression> when;  ///< On the parent; null or false: there are none to fetch.
  std::optional<Expression> ids;   ///< On the parent: ids of all of them, asked for in batches ...
  std::optional<Expression> have;  ///< ... but for those that are in the parent already.
  std::size_t batch = 20;
  std::size_t limit = 5000;           ///< Most children kept.
  std::optional<Expression> recurse;  ///< On a child: true when it has children of its own.
};

/// One value of a partition: `${part}` in the stream's requests, `$part`... as text.
struct PartitionSpec {
  std::vector<Template> list;      ///< Written out, or one template that gives a list.
  std::string stream;              ///< Or: the keys of a lookup stream's records,
  std::optional<Expression> take;  ///< or what this gives for each of them.
};

/// A listing that finds deletions.
struct SweepSpec {
  ListingSpec listing;  ///< Its own, or the stream's with some members overridden.
  std::chrono::milliseconds every{std::chrono::hours(24)};
  double max_drop = 0.2;  ///< A larger share missing is not believed.
};

/// A feed of deleted ids.
struct DeletedFeedSpec {
  ListingSpec listing;
  std::chrono::milliseconds every{std::chrono::hours(6)};
};

/// Asks for a record that a listing no longer shows.
struct ProbeSpec {
  ListingSpec listing;
  std::optional<Expression> gone;  ///< True on an answer that says deleted.
};

/// Reads recent records again, for edits that do not show in the cursor's field.
struct RescanSpec {
  std::chrono::milliseconds every{std::chrono::hours(24)};
  std::chrono::milliseconds newer_than{std::chrono::hours(24 * 90)};
};

struct StreamSpec {
  std::string name;
  bool lookup = false;  ///< A small table that maps use; gives no documents.
  ListingSpec listing;
  std::optional<Expression>
      version;  ///< Changes whenever the record does. None: a hash of the record.
  std::optional<Expression> tombstone;  ///< True on a record that says it is deleted.
  std::optional<PartitionSpec> partition;
  CursorSpec cursor;
  std::optional<HydrateSpec> hydrate;
  std::vector<ChildrenSpec> children;
  std::optional<SweepSpec> sweep;
  std::optional<DeletedFeedSpec> deleted_feed;
  std::optional<ProbeSpec> probe;
  std::optional<ProbeSpec> archive;  ///< Asks elsewhere for what the probe does not find.
  std::optional<RescanSpec> rescan;
  std::optional<RescanSpec>
      access;                  ///< The access pass: everything is read again for who may see it.
  std::optional<MapSpec> map;  ///< Not for lookups.
};

}  // namespace freshet::sources::http_api
