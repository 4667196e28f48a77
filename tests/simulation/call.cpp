#include "tests/simulation/call.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include <nlohmann/json.hpp>

#include "base/percent_encode.h"

namespace freshet::simulation {

namespace {

std::string decoded(std::string_view text, bool plus_is_space) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned int byte = 0;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16).ec == std::errc{}) {
      plain += static_cast<char>(byte);
      i += 2;
    } else {
      plain += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  return plain;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find(separator), text.size());
    if (end > 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

void read_query(Call& call, std::string_view query) {
  for (const std::string_view pair : split(query, '&')) {
    const auto equals = std::min(pair.find('='), pair.size());
    call.query.emplace_back(decoded(pair.substr(0, equals), true),
                            decoded(pair.substr(std::min(equals + 1, pair.size())), true));
  }
}

}  // namespace

Call read_call(const http::Request& request) {
  Call call;
  call.method = request.method;
  call.request = &request;
  std::string_view rest = request.url;
  rest = rest.substr(0, rest.find('#'));
  const auto path_start = std::min(rest.find('/', rest.find("://") + 3), rest.size());
  call.origin = rest.substr(0, path_start);
  rest.remove_prefix(path_start);
  const auto query_start = std::min(rest.find('?'), rest.size());
  call.path = decoded(rest.substr(0, query_start), false);
  if (call.path.ends_with(".json")) call.path.resize(call.path.size() - 5);
  for (const auto segment : split(call.path, '/')) call.segments.emplace_back(segment);
  read_query(call, rest.substr(std::min(query_start + 1, rest.size())));
  return call;
}

bool Call::matches(http::Method wanted, std::string_view pattern) const {
  if (method != wanted) return false;
  const auto parts = split(pattern, '/');
  return std::ranges::equal(parts, segments, [](std::string_view part, const std::string& segment) {
    return part == "*" || part == segment;
  });
}

Id Call::id(std::size_t segment) const {
  return segment < segments.size() ? whole_number(segments[segment]).value_or(0) : 0;
}

std::optional<std::string> Call::parameter(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::optional<std::int64_t> Call::number(std::string_view name, std::int64_t fallback) const {
  const auto text = parameter(name);
  return text ? whole_number(*text) : fallback;
}

std::optional<std::string> Call::header(std::string_view lower_case_name) const {
  const auto same = [](char a, char b) { return std::tolower(a) == b; };
  for (const auto& [name, value] : request->headers) {
    if (std::ranges::equal(name, lower_case_name, same)) return value;
  }
  return std::nullopt;
}

Json Call::body() const {
  auto parsed = parse_json(request->body);
  return parsed ? *std::move(parsed) : Json(nullptr);
}

std::string Call::url_with(std::string_view parameter, std::string_view value) const {
  std::string url = origin + path + "?";
  for (const auto& [key, old] : query) {
    if (key != parameter) url += percent_encode(key) + "=" + percent_encode(old) + "&";
  }
  return url + percent_encode(parameter) + "=" + percent_encode(value);
}

std::string PageToken::text() const {
  return "c" + std::to_string(key) + "." + std::to_string(id);
}

std::optional<PageToken> PageToken::read(std::string_view text) {
  const auto dot = text.find('.');
  if (!text.starts_with('c') || dot == std::string_view::npos) return std::nullopt;
  const auto key = whole_number(text.substr(1, dot - 1));
  const auto id = whole_number(text.substr(dot + 1));
  if (!key || !id) return std::nullopt;
  return PageToken{*key, *id};
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace freshet::simulation
