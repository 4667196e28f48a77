#include <array>

#include <arpa/inet.h>

#include "pipeline/redaction/recognisers.h"
#include "pipeline/redaction/scan.h"

namespace freshet::pipeline {
namespace {

using std::string_view;

constexpr std::size_t kMaxAddress = 45;
constexpr std::array<string_view, 9> kVersionWords{
    "version", "ver", "v", "release", "build", "firmware", "driver", "upgrade to", "update to"};
constexpr std::array<string_view, 12> kNetworkWords{"ip",     "address", "host", "server",
                                                    "from",   "ping",    "dns",  "gateway",
                                                    "client", "addr",    "ipv4", "peer"};

struct Octets {
  std::array<int, 4> value{};
  std::size_t end = 0;  ///< 0: there are not four.
};

Octets read_octets(string_view text, std::size_t at) {
  Octets octets;
  for (std::size_t i = 0; i < 4; ++i) {
    if (i > 0 && at_or_nul(text, at++) != '.') return octets;
    const std::size_t begin = at;
    for (; is_digit(at_or_nul(text, at)) && at - begin < 4; ++at) {
      octets.value[i] = octets.value[i] * 10 + (text[at] - '0');
    }
    if (at == begin || octets.value[i] > 255 || (at - begin > 1 && text[begin] == '0'))
      return octets;
  }
  octets.end = at;
  return octets;
}

bool is_nobodys(const Octets& octets) {
  const int first = octets.value[0];
  return first == 127 || first == 255 || (first == 0 && octets.value[3] == 0);
}

bool looks_like_version(string_view text, std::size_t begin, const Octets& octets) {
  const bool product = before(text, begin) == '/' && !(begin >= 2 && text[begin - 2] == '/');
  const char right = at_or_nul(text, octets.end);
  // "group:artifact:jar:3.20.4.2:compile".
  const bool artifact = right == ':' && is_letter(at_or_nul(text, octets.end + 1));
  if (product || artifact || word_before(text, begin, 14, kVersionWords)) return true;
  const bool small =
      std::all_of(octets.value.begin(), octets.value.end(), [](int octet) { return octet < 20; });
  const bool port = right == ':' || right == '/';
  return small && !port && !word_before(text, begin, 16, kNetworkWords);
}

/// Where an IPv4 address that begins at `at` ends; `at` when there is none.
std::size_t v4_end(string_view text, std::size_t at) {
  const char left = before(text, at);
  if (is_word(left) || left == '.' || left == '-') return at;
  const Octets octets = read_octets(text, at);
  if (octets.end == 0) return at;
  const char right = at_or_nul(text, octets.end);
  const bool goes_on = is_word(right) ||
                       ((right == '.' || right == '-') && is_word(at_or_nul(text, octets.end + 1)));
  if (goes_on || is_nobodys(octets) || looks_like_version(text, at, octets)) return at;
  return octets.end;
}

bool is_v6_character(char character) {
  return is_hex(character) || character == ':' || character == '.';
}

/// Groups that stand there; "::1" and "fe80::" are nobody's, and "a::b" is code.
bool names_a_host(string_view address) {
  std::size_t groups = 0;
  for (std::size_t i = 0; i < address.size(); ++i) {
    if (address[i] != ':' && (i == 0 || address[i - 1] == ':')) ++groups;
  }
  return groups >= 3 && std::any_of(address.begin(), address.end(), is_digit);
}

/// Where the characters of an address end; a run that is too long for one is cut.
std::size_t v6_run_end(string_view text, std::size_t at) {
  const std::size_t most = std::min(text.size(), at + kMaxAddress + 2);
  while (at < most && is_v6_character(text[at])) ++at;
  return at;
}

bool is_v6(string_view address) {
  if (address.size() > kMaxAddress || std::count(address.begin(), address.end(), ':') < 2)
    return false;
  in6_addr parsed{};
  return ::inet_pton(AF_INET6, std::string(address).c_str(), &parsed) == 1 && names_a_host(address);
}

}  // namespace

void find_ips(string_view text, Spans& spans) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool first = !is_word(before(text, i)) && before(text, i) != ':';
    if (first && (is_hex(text[i]) || text[i] == ':')) {
      std::size_t end = v6_run_end(text, i);
      const std::size_t run_end = end;
      while (end > i && (text[end - 1] == '.' ||
                         (text[end - 1] == ':' && end - i > 2 && text[end - 2] != ':')))
        --end;
      if (!is_word(at_or_nul(text, run_end)) && is_v6(text.substr(i, end - i))) {
        spans.push_back({Personal::Ip, i, end});
        i = end - 1;
        continue;
      }
    }
    if (!is_digit(text[i])) continue;
    const std::size_t end = v4_end(text, i);
    if (end > i) {
      spans.push_back({Personal::Ip, i, end});
      i = end - 1;
    }
  }
}

}  // namespace freshet::pipeline
