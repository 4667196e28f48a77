#include <array>

#include "pipeline/redaction/numbers.h"
#include "pipeline/redaction/recognisers.h"
#include "pipeline/redaction/scan.h"

namespace freshet::pipeline {
namespace {

using std::string_view;

constexpr std::size_t kMostDigits = 15;  // ITU-T E.164.
constexpr std::size_t kCueReach = 24;
constexpr string_view kSeparators = "./()";

constexpr std::array<string_view, 19> kPhoneWords{
    "phone", "tel",      "telephone", "telefon", "call",     "mobile",   "cell",
    "fax",   "whatsapp", "mobil",     "handy",   "telefono", "teléfono", "tél",
    "ring",  "dial",     "sms",       "text me", "reach me"};

constexpr std::array<string_view, 26> kOtherWords{
    "order",  "ticket",    "case",       "invoice",  "id",
    "ref",    "reference", "version",    "build",    "error",
    "code",   "serial",    "sku",        "tracking", "article",
    "part",   "item",      "bestellung", "rechnung", "commit",
    "port",   "release",   "firmware",   "contract", "customer number",
    "account"};

bool is_date(const DigitRun& run) {
  const auto& groups = run.groups;
  if (groups.size() < 3 || run.plus) return false;
  const auto year = [&](std::size_t offset) {
    const string_view text = string_view(run.digits).substr(offset, 2);
    return text == "19" || text == "20";
  };
  // "24/07/25 11" of a log line; people do not write numbers in pairs with slashes.
  if (run.separator == '/' && groups[0] <= 2 && groups[1] <= 2 && groups[2] <= 2) return true;
  const bool day_first = groups[0] <= 2 && groups[1] <= 2 && groups[2] == 4;
  if (day_first) return year(groups[0] + groups[1]);
  return groups[0] == 4 && groups[1] <= 2 && groups[2] <= 2 && year(0);
}

bool is_international(const DigitRun& run) {
  const std::size_t digits = run.digits.size();
  if (run.plus) return digits >= 8 && run.digits[0] != '0';
  return run.digits.starts_with("00") && run.digits.size() > 3 && run.digits[2] != '0' &&
         digits >= 10 && run.groups.size() > 1 && run.groups[0] <= 4;
}

/// (212) 555-0123, 212-555-0123, 212.555.0123, 1-212-555-0123 (NANP: area and exchange begin with
/// 2 to 9).
bool is_north_american(const DigitRun& run) {
  const std::size_t country = run.groups[0] == 1 && run.digits[0] == '1' ? 1 : 0;
  if (run.digits.size() != 10 + country || run.groups.size() != 3 + country) return false;
  const bool grouped = run.groups[country] == 3 && run.groups[country + 1] == 3;
  return grouped && run.digits[country] >= '2' && run.digits[country + 3] >= '2';
}

bool is_national(const DigitRun& run) {
  const std::size_t digits = run.digits.size();
  const bool trunk = run.digits[0] == '0' && run.digits[1] != '0';
  if (!trunk || digits < 9 || digits > 12) return false;
  return run.groups.size() > 1 && run.groups[0] >= 2 && run.groups[0] <= 5;
}

bool is_phone(string_view text, const DigitRun& run) {
  if (run.digits.size() < 7 || is_date(run)) return false;
  if (run.plus && is_international(run)) return true;
  if (word_before(text, run.begin, kCueReach, kPhoneWords)) return true;
  if (!is_international(run) && !is_north_american(run) && !is_national(run)) return false;
  return !word_before(text, run.begin, kCueReach, kOtherWords);
}

bool may_begin(string_view text, std::size_t at) {
  const char first = text[at];
  if (first != '+' && first != '(' && !is_digit(first)) return false;
  const char left = before(text, at);
  if (first == '+' || first == '(') return !is_word(left) && left != '+' && left != '(';
  const bool clock = left == ':' && at >= 2 && is_digit(text[at - 2]);
  if (clock) return false;
  const bool link = at >= 4 && to_lower(text.substr(at - 4, 4)) == "tel:";
  return link || (!is_word(left) && string_view("-#./+(&%").find(left) == string_view::npos) ||
         left == '\0';
}

}  // namespace

void find_phones(string_view text, Spans& spans) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!may_begin(text, i)) continue;
    const DigitRun run = read_digits(text, i, kMostDigits + 1, kSeparators);
    if (run.digits.empty()) continue;
    const char next = at_or_nul(text, run.end);
    const bool ends = !is_word(next) && !(next == '-' && is_word(at_or_nul(text, run.end + 1)));
    if (ends && run.digits.size() <= kMostDigits && is_phone(text, run)) {
      spans.push_back({Personal::Phone, run.begin, run.end});
    }
    i = run.end - 1;
  }
}

}  // namespace freshet::pipeline
