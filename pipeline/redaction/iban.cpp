#include "pipeline/redaction/recognisers.h"
#include "pipeline/redaction/scan.h"

namespace freshet::pipeline {
namespace {

using std::string_view;

/// Country and length of its account numbers (SWIFT's IBAN registry).
constexpr string_view kLengths =
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 "
    "EE20 "
    "EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 "
    "JO30 "
    "KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 "
    "PK24 "
    "PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 "
    "VA22 "
    "VG24 XK20";

char upper(char character) {
  return character >= 'a' && character <= 'z' ? static_cast<char>(character - 'a' + 'A')
                                              : character;
}

std::size_t length_for(char first, char second) {
  const char country[2] = {upper(first), upper(second)};
  for (std::size_t at = 0; at + 4 <= kLengths.size(); at += 5) {
    if (kLengths[at] == country[0] && kLengths[at + 1] == country[1])
      return static_cast<std::size_t>(kLengths[at + 2] - '0') * 10 +
             static_cast<std::size_t>(kLengths[at + 3] - '0');
  }
  return 0;
}

/// ISO 13616: the first four characters go to the end, letters count from 10.
bool passes_mod97(string_view account) {
  unsigned rest = 0;
  for (std::size_t i = 0; i < account.size(); ++i) {
    const char character = account[(i + 4) % account.size()];
    const bool digit = is_digit(character);
    const auto value = static_cast<unsigned>(digit ? character - '0' : character - 'A' + 10);
    rest = (rest * (digit ? 10 : 100) + value) % 97;
  }
  return rest == 1;
}

/// Where an account number that begins at `at` ends; `at` when there is none.
std::size_t account_end(string_view text, std::size_t at) {
  const std::size_t length = length_for(text[at], at_or_nul(text, at + 1));
  std::string account;
  std::size_t next = at;
  while (account.size() < length) {
    const char character = at_or_nul(text, next);
    if (is_letter(character) || is_digit(character)) {
      account += upper(character);
      ++next;
      continue;
    }
    const std::size_t separator = separator_length(text, next, "");
    if (separator == 0 || account.empty()) return at;
    next += separator;
    const char behind = at_or_nul(text, next);
    if (!is_letter(behind) && !is_digit(behind)) return at;
  }
  const bool ends = !is_letter(at_or_nul(text, next)) && !is_digit(at_or_nul(text, next));
  return length > 0 && ends && passes_mod97(account) ? next : at;
}

}  // namespace

void find_ibans(string_view text, Spans& spans) {
  for (std::size_t i = 0; i + 3 < text.size(); ++i) {
    const bool starts = is_letter(text[i]) && is_letter(text[i + 1]) && is_digit(text[i + 2]) &&
                        is_digit(text[i + 3]) && !is_word(before(text, i));
    if (!starts) continue;
    const std::size_t end = account_end(text, i);
    if (end == i) continue;
    spans.push_back({Personal::Iban, i, end});
    i = end - 1;
  }
}

}  // namespace freshet::pipeline
