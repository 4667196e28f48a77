#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace freshet::pipeline {

/// What is taken out of texts. In order of precedence: where two recognisers claim the same bytes,
/// the one named first has them.
enum class Personal { Token, Email, Iban, Card, Ip, Phone };
inline constexpr std::size_t kPersonalKinds = 6;

/// "token", "email", "iban", "card", "ip", "phone": the words of the configuration and of the text
/// that stands in for what was masked.
std::string_view name_of(Personal kind);

struct PersonalSpan {
  Personal kind = Personal::Token;
  std::size_t begin = 0;
  std::size_t end = 0;
  bool operator==(const PersonalSpan&) const = default;
};

/// Every stretch that a recogniser claims, in order, without overlaps. Linear in the text.
std::vector<PersonalSpan> find_personal(std::string_view text);

/// Two spellings of one address, number or key are equal in this form.
std::string normal_form(Personal kind, std::string_view text);

}  // namespace freshet::pipeline
