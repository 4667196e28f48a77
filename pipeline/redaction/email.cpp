#include <array>

#include "pipeline/redaction/recognisers.h"
#include "pipeline/redaction/scan.h"

namespace freshet::pipeline {
namespace {

using std::string_view;

constexpr std::size_t kMaxLocal = 64;  // RFC 5321, section 4.5.3.1.
constexpr std::size_t kMaxDomain = 255;
constexpr string_view kLocalMarks = "!#$&'*+-./=?^_`{|}~";
constexpr std::array<string_view, 12> kFileEndings{"png", "jpg", "jpeg", "gif", "svg", "webp",
                                                   "css", "js",  "mjs",  "ts",  "map", "html"};

bool is_local(char character) {
  return is_letter(character) || is_digit(character) || static_cast<signed char>(character) < 0 ||
         kLocalMarks.find(character) != string_view::npos;
}

bool is_domain(char character) {
  return is_letter(character) || is_digit(character) || character == '-' || character == '.' ||
         static_cast<signed char>(character) < 0;
}

std::size_t local_begin(string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && at - begin < kMaxLocal && is_local(text[begin - 1])) --begin;
  // What an address is wrapped in is no part of it: 'jane@x.example', mailto=jane@x.example.
  while (begin < at && !is_letter(text[begin]) && !is_digit(text[begin]) && text[begin] != '_' &&
         static_cast<signed char>(text[begin]) >= 0)
    ++begin;
  return begin;
}

bool is_top_level(string_view label) {
  if (label.size() < 2) return false;
  if (label.starts_with("xn--")) return true;
  const bool letters = std::all_of(label.begin(), label.end(), [](char character) {
    return is_letter(character) || static_cast<signed char>(character) < 0;
  });
  const std::string lower = to_lower(label);
  return letters &&
         std::find(kFileEndings.begin(), kFileEndings.end(), lower) == kFileEndings.end();
}

/// Where the domain ends; `at` when there is none.
std::size_t domain_end(string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && end - at < kMaxDomain && is_domain(text[end])) ++end;
  while (end > at && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
  const string_view domain = text.substr(at, end - at);
  const std::size_t dot = domain.rfind('.');
  if (dot == string_view::npos || dot == 0 || domain[0] == '.') return at;
  if (domain.find("..") != string_view::npos) return at;
  // Words joined to the address by characters that are no ASCII: the last dot decides.
  return is_top_level(domain.substr(dot + 1)) ? end : at;
}

}  // namespace

void find_emails(string_view text, Spans& spans) {
  std::size_t free_from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool sign = text[i] == '@';
    const bool escaped = text.substr(i, 3) == "%40";
    if (!sign && !escaped) continue;
    const std::size_t begin = std::max(local_begin(text, i), free_from);
    const std::size_t domain = i + (sign ? 1 : 3);
    const std::size_t end = domain_end(text, domain);
    if (begin >= i || end == domain) continue;
    // git@host:team/project is the address of a repository.
    const bool repository = text.substr(begin, i - begin) == "git" &&
                            (at_or_nul(text, end) == ':' || at_or_nul(text, end) == '/');
    if (!repository) spans.push_back({Personal::Email, begin, end});
    free_from = end;
    i = end - 1;
  }
}

}  // namespace freshet::pipeline
