#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "sources/http_api/reading/missed_records.h"
#include "sources/http_api/reading/pager.h"
#include "sources/http_api/reading/unread_records.h"
#include "sources/http_api/value.h"

namespace freshet::sources::http_api {

/// How far one stream, or one partition of it, has been read.
struct Position {
  std::optional<std::int64_t> mark;  ///< Microseconds since 1970 (time, feed) or a number (seq).
  Value token;                       ///< The server's own position.
};

struct StreamState {
  std::map<std::string, Position> parts;  ///< By partition; "" for a stream without.
  std::map<std::string, Instant> passes;  ///< When each kind of pass was last completed, by name.
  std::map<std::string, Instant>
      missing;  ///< Keys that the last complete listing did not show, and since when.
  std::map<std::string, Instant> archived;  ///< Keys that no listing shows but that are there, and
                                            ///< the day they were asked for.
  std::string asked_to;                     ///< The last absent key that was asked for by its id.
  MissedRecords missed;
  UnreadRecords unread;
};

/// A sync that is under way. It is part of the cursor, so that it goes on where it was stopped.
struct RunState {
  std::string task;                  ///< Under way; empty before the first.
  std::string finished;              ///< The task before that.
  PagePosition page;                 ///< Next page of its listing.
  std::optional<std::int64_t> from;  ///< Lower bound of its listing.
  std::optional<std::int64_t> to;    ///< Upper bound, in microseconds since 1970.
  std::optional<std::int64_t> high;  ///< Newest mark seen in it.
  std::size_t handed_over = 0;       ///< Records of that page that earlier batches have.
  int restarts = 0;                  ///< Of its listing.
  bool full = false;                 ///< Everything is read again.
  bool moved = false;                ///< Some answer was taken: not everything failed.
  std::optional<ErrorKind> first_failure;
  std::map<std::string, std::string> failed;  ///< Streams that gave up in this run, and why.
  std::map<std::string, std::string>
      gone;  ///< Documents to delete in the last batch: id and evidence.
};

/// The cursor of a source, taken apart.
struct State {
  std::string scope;  ///< Of manifest and configuration: a position means nothing under another.
  std::map<std::string, StreamState> streams;
  std::optional<RunState> run;

  /// Equal states give equal texts.
  [[nodiscard]] std::string cursor() const;
  /// A new state where the cursor is empty, of another scope, or cannot be read.
  static State from_cursor(std::string_view cursor, std::string_view scope);
};

}  // namespace freshet::sources::http_api
