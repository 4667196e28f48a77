#include "pipeline/redaction/personal.h"

#include <algorithm>

#include "pipeline/redaction/recognisers.h"
#include "pipeline/redaction/scan.h"

namespace freshet::pipeline {
namespace {

constexpr std::array<std::string_view, kPersonalKinds> kNames{"token", "email", "iban",
                                                              "card",  "ip",    "phone"};

/// In the order of precedence.
constexpr std::array<void (*)(std::string_view, Spans&), kPersonalKinds> kRecognisers{
    find_tokens, find_emails, find_ibans, find_cards, find_ips, find_phones};

std::string digits_of(std::string_view text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), is_digit);
  return digits;
}

std::string letters_and_digits_of(std::string_view text) {
  std::string kept;
  std::copy_if(text.begin(), text.end(), std::back_inserter(kept), is_word);
  return to_lower(kept);
}

/// An assigned value is quoted or escaped in many ways, but an address in a page's address has only
/// one other spelling.
std::string plain_address(std::string_view text) {
  std::string address = to_lower(text);
  const std::size_t escaped = address.find("%40");
  if (escaped != std::string::npos) address.replace(escaped, 3, "@");
  return address;
}

}  // namespace

std::string_view name_of(Personal kind) {
  return kNames.at(static_cast<std::size_t>(kind));
}

std::vector<PersonalSpan> find_personal(std::string_view text) {
  std::vector<PersonalSpan> found;
  std::vector<bool> taken(text.size(), false);
  for (const auto recognise : kRecognisers) {
    Spans spans;
    recognise(text, spans);
    for (const PersonalSpan& span : spans) {
      const auto begin = taken.begin() + static_cast<std::ptrdiff_t>(span.begin);
      const auto end = taken.begin() + static_cast<std::ptrdiff_t>(span.end);
      if (std::find(begin, end, true) != end) continue;
      std::fill(begin, end, true);
      found.push_back(span);
    }
  }
  std::sort(found.begin(), found.end(),
            [](const PersonalSpan& a, const PersonalSpan& b) { return a.begin < b.begin; });
  return found;
}

std::string normal_form(Personal kind, std::string_view text) {
  switch (kind) {
    case Personal::Email:
      return plain_address(text);
    case Personal::Phone:
    case Personal::Card:
      return digits_of(text);
    case Personal::Iban:
      return letters_and_digits_of(text);
    case Personal::Ip:
      return to_lower(text);
    case Personal::Token:
      return std::string(text);
  }
  return std::string(text);
}

}  // namespace freshet::pipeline
