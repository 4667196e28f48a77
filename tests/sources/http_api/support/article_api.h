#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/http/client.h"
#include "base/json.h"
#include "tests/support/manual_clock.h"

namespace freshet::sources::http_api::testing {

/// A small help center: `GET /articles?since=&page=` in ascending time, page by page; `GET
/// /articles/ID`.
class ArticleApi {
 public:
  explicit ArticleApi(freshet::testing::ManualClock& clock) : clock_(&clock) {}

  void write(const std::string& id, const std::string& text, bool open = true);
  void remove(const std::string& id) { articles_.erase(id); }
  /// From now on only `GET /archive/ID` finds it.
  void archive(const std::string& id) { articles_.at(id).archived = true; }

  Result<http::Response> send(const http::Request& request);

  std::size_t rows = 2;          ///< Of a page of the listing.
  std::set<std::string> hidden;  ///< Left out of pages, though they count as rows.
  /// Instead of the next answers: a status, headers and body.
  std::vector<http::Response> next;
  /// Articles that are answered with such a status when they are asked for by id.
  std::map<std::string, int> refused;
  /// Happens once, before the second page of a listing is read.
  std::function<void()> meanwhile;
  /// Every address asked for, with its query.
  std::vector<std::string> asked;
  std::vector<http::Request> requests;

  /// The manifest of this API.
  static std::string manifest();
  /// One that reads each article by its id, too.
  static std::string hydrating_manifest();

 private:
  struct Article {
    std::string text;
    bool open;
    Instant updated;
    bool archived = false;
  };
  static Json json_of(const std::string& id, const Article& article);
  [[nodiscard]] http::Response listing(const std::string& query) const;
  [[nodiscard]] http::Response article(const std::string& id, bool archived) const;
  [[nodiscard]] http::Response stamped(http::Response response) const;

  freshet::testing::ManualClock* clock_;
  std::map<std::string, Article> articles_;
};

}  // namespace freshet::sources::http_api::testing
