#pragma once

#include "tests/simulation/server.h"

namespace freshet::simulation {

/// Many Zendesk tickets with comments as ready pages, for throughput: the pages are text from the
/// start, so that a measurement sees the client and not the simulation. The same from the same
/// seed. Serves what a first full read asks for: the ticket export by cursor, the comments of a
/// ticket (one page), sections, user segments and articles (empty), deleted tickets (empty).
class BulkZendesk {
 public:
  struct Options {
    std::size_t tickets = 100'000;
    std::size_t comments = 3;  ///< Of each ticket, besides the description; one is internal.
    std::size_t tickets_per_page = 1000;
    std::size_t words = 60;  ///< Of each message.
    std::uint64_t seed = 1;
  };
  explicit BulkZendesk(const Options& options);

  [[nodiscard]] http::Response handle(const http::Request& request) const;

  [[nodiscard]] std::size_t ticket_pages() const { return pages_.size(); }
  [[nodiscard]] const std::string& ticket_page(std::size_t page) const { return pages_.at(page); }
  /// The first ticket is 1. Made on the fly: 100,000 of them would be most of the memory measured.
  [[nodiscard]] std::string comments_page(Id ticket) const;
  /// The only marker of internal comments in the whole set; nothing public holds it.
  static constexpr std::string_view kInternalMarker = "INT-BULK";

 private:
  [[nodiscard]] std::string page_of(std::size_t page) const;
  [[nodiscard]] std::string sentence(Random& random) const;

  Options options_;
  std::vector<std::string> pages_;
};

}  // namespace freshet::simulation
