#pragma once

#include <string_view>
#include <vector>

#include "pipeline/redaction/personal.h"

namespace freshet::pipeline {

/// Each adds what it finds, in order. None looks at another's finds; `find_personal` settles that.
using Spans = std::vector<PersonalSpan>;

/// local@domain.tld, also with "%40" as in addresses of pages. Not file names (logo@2x.png) and
/// package versions (react@18.2.0).
void find_emails(std::string_view text, Spans& spans);

/// International ("+49 30 1234567", "0049 ..."), North American with separators, national with a
/// leading 0 and separators, and any 7 to 15 digits behind "phone:", "tel", "call" and the like.
/// Not dates, and no form without "+" behind "order", "ticket", "invoice", "version" and the like.
void find_phones(std::string_view text, Spans& spans);

/// 13 to 19 digits of an issuer's range and length whose check digit (Luhn) is right.
void find_cards(std::string_view text, Spans& spans);

/// Country, check digits, account: of the country's length, and right by mod 97.
void find_ibans(std::string_view text, Spans& spans);

/// Keys with a known beginning (sk-, ghp_, xoxb-, AKIA ...), JSON web tokens, "Bearer ...", private
/// key blocks, and values of high entropy assigned to names that end in key, token, secret,
/// password and the like.
void find_tokens(std::string_view text, Spans& spans);

/// IPv4 and IPv6 addresses that belong to somebody: not loopback, unspecified, masks. Not version
/// numbers: behind "version", "v", "/", or made of small numbers only.
void find_ips(std::string_view text, Spans& spans);

}  // namespace freshet::pipeline
