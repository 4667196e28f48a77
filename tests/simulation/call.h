#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/http/client.h"
#include "base/json.h"
#include "tests/simulation/document.h"

namespace freshet::simulation {

/// A request taken apart.
struct Call {
  http::Method method = http::Method::Get;
  std::string origin;  ///< "https://host:port"
  std::string path;    ///< Decoded, without ".json".
  std::vector<std::string> segments;
  std::vector<std::pair<std::string, std::string>> query;
  const http::Request* request = nullptr;

  /// A pattern is a path; "*" in it stands for any one segment.
  [[nodiscard]] bool matches(http::Method wanted, std::string_view pattern) const;
  /// The segment as an id; 0 if it is none.
  [[nodiscard]] Id id(std::size_t segment) const;
  [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const { return parameter(name).has_value(); }
  /// `fallback` where it is missing; nothing where it is no whole number.
  [[nodiscard]] std::optional<std::int64_t> number(std::string_view name,
                                                   std::int64_t fallback) const;
  [[nodiscard]] std::optional<std::string> header(std::string_view lower_case_name) const;
  /// Null if it is no JSON.
  [[nodiscard]] Json body() const;
  /// The same request with one parameter set to another value.
  [[nodiscard]] std::string url_with(std::string_view parameter, std::string_view value) const;
};

/// An opaque page token that says behind which row a listing goes on.
struct PageToken {
  std::int64_t key = 0;
  Id id = 0;

  [[nodiscard]] std::string text() const;
  static std::optional<PageToken> read(std::string_view text);
  auto operator<=>(const PageToken&) const = default;
};

Call read_call(const http::Request& request);
std::optional<std::int64_t> whole_number(std::string_view text);

}  // namespace freshet::simulation
