#include "pipeline/redaction/numbers.h"
#include "pipeline/redaction/recognisers.h"
#include "pipeline/redaction/scan.h"

namespace freshet::pipeline {
namespace {

using std::string_view;

constexpr std::size_t kMostDigits = 19;  // ISO/IEC 7812.

bool passes_luhn(string_view digits) {
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const int digit = digits[digits.size() - 1 - i] - '0';
    const int weighted = i % 2 == 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 == 0;
}

int number(string_view digits) {
  int value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return value;
}

bool between(int value, int low, int high) {
  return low <= value && value <= high;
}

/// The ranges that issuers have, with their lengths.
bool is_issued(string_view digits) {
  const int two = number(digits.substr(0, 2));
  const int three = number(digits.substr(0, 3));
  const int four = number(digits.substr(0, 4));
  const std::size_t size = digits.size();
  if (digits[0] == '4') return size == 13 || size == 16 || size == 19;
  if (two == 34 || two == 37) return size == 15;
  if (between(two, 51, 55) || between(four, 2221, 2720)) return size == 16;
  if (between(three, 300, 305) || two == 36 || two == 38 || two == 39) return size == 14;
  if (between(four, 3528, 3589)) return size >= 16;
  if (four == 6011 || two == 65 || between(three, 644, 649) || two == 62) return size >= 16;
  return (two == 50 || between(two, 56, 69)) && size >= 16;
}

/// As printed on cards: unbroken, fours, or 4-6-4 and 4-6-5.
bool is_grouped(const DigitRun& run) {
  const auto& groups = run.groups;
  if (groups.size() == 1) return true;
  if (groups.size() == 3) return groups[0] == 4 && groups[1] == 6;
  for (std::size_t i = 0; i + 1 < groups.size(); ++i) {
    if (groups[i] != 4) return false;
  }
  return groups.back() <= 4;
}

}  // namespace

void find_cards(string_view text, Spans& spans) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_digit(text[i])) continue;
    const DigitRun run = read_digits(text, i, kMostDigits + 1, "");
    const char left = before(text, i);
    const bool alone =
        !is_word(left) && left != '.' && left != '+' && !is_word(at_or_nul(text, run.end));
    const bool sized = run.digits.size() >= 13 && run.digits.size() <= kMostDigits;
    if (alone && sized && is_grouped(run) && is_issued(run.digits) && passes_luhn(run.digits)) {
      spans.push_back({Personal::Card, run.begin, run.end});
      i = run.end - 1;
    } else {
      // A number behind this one's first group may still be a card's: "2026 4111 1111 ...".
      i += run.groups[0] - 1;
    }
  }
}

}  // namespace freshet::pipeline
