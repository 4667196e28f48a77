#include "tests/pipeline/redaction/corpus.h"

#include <array>
#include <string_view>

namespace freshet::testing {
namespace {

using pipeline::Personal;
using std::string;
using std::string_view;

constexpr string_view kDigits = "0123456789";
constexpr string_view kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
constexpr string_view kMixed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
constexpr string_view kHex = "0123456789abcdef";

/// SplitMix64: standard generators' distributions differ between libraries.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t limit) {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return static_cast<std::size_t>((z ^ (z >> 31)) % limit);
  }
  template <std::size_t Count>
  string pick(const std::array<string_view, Count>& words) {
    return string(words.at(below(Count)));
  }
  string text(string_view alphabet, std::size_t length) {
    string out;
    while (out.size() < length) out += alphabet[below(alphabet.size())];
    return out;
  }
  string number(std::size_t low, std::size_t high) {
    return std::to_string(low + below(high - low + 1));
  }

 private:
  std::uint64_t state_;
};

/// "#" becomes a digit, "N" one from 2 to 9, "X" one from 1 to 9.
string filled(Dice& dice, string_view pattern) {
  string out;
  for (const char mark : pattern) {
    if (mark == '#') {
      out += dice.text(kDigits, 1);
    } else if (mark == 'N') {
      out += dice.number(2, 9);
    } else if (mark == 'X') {
      out += dice.number(1, 9);
    } else {
      out += mark;
    }
  }
  return out;
}

string email(Dice& dice) {
  constexpr std::array<string_view, 8> kNames{"jane.doe",   "j",     "o'brien", "müller",
                                              "ops+alerts", "a_b-c", "JANE",    "x9"};
  constexpr std::array<string_view, 7> kDomains{"example.com", "mail.example.co.uk", "EXAMPLE.ORG",
                                                "a-b.example", "münchen.example",    "123.example",
                                                "x.io"};
  return dice.pick(kNames) + (dice.below(2) == 0 ? dice.number(1, 99) : "") + "@" +
         dice.pick(kDomains);
}

string phone(Dice& dice) {
  constexpr std::array<string_view, 20> kForms{
      "+49 30 X######",    "+1 (NXX) N##-####", "+44 20 #### ####", "+33 X ## ## ## ##",
      "+49 (0) 89 X#####", "+4915X########",    "0049 30 X######",  "(NXX) N##-####",
      "NXX-N##-####",      "NXX.N##.####",      "1-NXX-N##-####",   "030 X######",
      "0151 X#######",     "0171/X######",      "020 X### ####",    "01 ## ## ## ##",
      "089-X######",       "+91 X#### #####",   "+81-3-####-####",  "+353 1 ### ####"};
  return filled(dice, dice.pick(kForms));
}

char luhn_digit(const string& digits) {
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const int digit = digits[digits.size() - 1 - i] - '0';
    const int weighted = i % 2 == 0 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

string card(Dice& dice) {
  constexpr std::array<string_view, 6> kForms{"4##############", "5X#############",
                                              "34############",  "6011###########",
                                              "2221###########", "36###########"};
  string digits = filled(dice, dice.pick(kForms));
  if (digits[0] == '5') digits[1] = static_cast<char>('1' + dice.below(5));
  digits += luhn_digit(digits);
  constexpr std::array<string_view, 3> kSeparators{"", " ", "-"};
  const string separator = dice.pick(kSeparators);
  const bool fours = digits.size() == 16;
  string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const bool cut = fours ? i > 0 && i % 4 == 0 : i == 4 || i == 10;
    if (cut) out += separator;
    out += digits[i];
  }
  return out;
}

string iban(Dice& dice) {
  struct Country {
    string_view code;
    std::size_t letters;
    std::size_t digits;
  };
  constexpr std::array<Country, 6> kCountries{
      {{"DE", 0, 18}, {"GB", 4, 14}, {"FR", 0, 23}, {"NL", 4, 10}, {"AT", 0, 16}, {"NO", 0, 11}}};
  const Country country = kCountries.at(dice.below(kCountries.size()));
  const string account =
      dice.text(kUpper.substr(0, 26), country.letters) + dice.text(kDigits, country.digits);
  unsigned rest = 0;
  for (const char character : account + string(country.code) + "00") {
    const bool digit = character <= '9';
    const auto value = static_cast<unsigned>(digit ? character - '0' : character - 'A' + 10);
    rest = (rest * (digit ? 10 : 100) + value) % 97;
  }
  const string check = std::to_string(98 - rest);
  const string plain = string(country.code) + (check.size() < 2 ? "0" : "") + check + account;
  if (dice.below(2) == 0) return plain;
  string out;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (i > 0 && i % 4 == 0) out += ' ';
    out += plain[i];
  }
  return out;
}

string token(Dice& dice) {
  switch (dice.below(8)) {
    case 0:
      return "sk-" + dice.text(kMixed, 40) + "7a";
    case 1:
      return "ghp_" + dice.text(kMixed, 34) + "4k";
    case 2:
      return "xoxb-" + dice.text(kDigits, 11) + "-" + dice.text(kMixed, 20);
    case 3:
      return "AKIA" + dice.text(kUpper, 15) + "7";
    case 4:
      return "eyJ" + dice.text(kMixed, 30) + "1." + dice.text(kMixed, 40) + "." +
             dice.text(kMixed, 30);
    case 5:
      return "glpat-" + dice.text(kMixed, 19) + "3";
    case 6:
      return "AIza" + dice.text(kMixed, 34) + "5";
    default:
      return "sk_live_" + dice.text(kMixed, 22) + "9b";
  }
}

string assigned_secret(Dice& dice) {
  return dice.text(kMixed, 22) + "a7";
}

string address(Dice& dice) {
  switch (dice.below(4)) {
    case 0: {
      string out = dice.text(kHex, 4);
      out[0] = '2';
      for (int i = 0; i < 7; ++i) out += ":" + dice.text(kHex, 4);
      return out;
    }
    case 1:
      return "2001:db8::" + dice.text(kHex, 3) + ":" + dice.number(1, 9999);
    default:
      return dice.number(21, 126) + "." + dice.number(0, 255) + "." + dice.number(0, 255) + "." +
             dice.number(1, 254);
  }
}

/// What only looks like something personal.
string decoy(Dice& dice) {
  constexpr std::array<string_view, 34> kForms{"version #.##.#",
                                               "v##.#.#",
                                               "Chrome/1##.0.0.0",
                                               "release 1#.0.#.##",
                                               "order #########",
                                               "order no. 0###-######",
                                               "ticket ######",
                                               "invoice 2026-#####",
                                               "error 0x8007####",
                                               "HTTP 50#",
                                               "2026-11-2# 10:3#:##",
                                               "##:##:##",
                                               "2#.11.2026",
                                               "11/2#/2026",
                                               "port 8###",
                                               "127.0.0.1",
                                               "0.0.0.0:80##",
                                               "255.255.255.0",
                                               "::1",
                                               "std::vector",
                                               "react@1#.#.0",
                                               "logo@2x.png",
                                               "@jane_doe",
                                               "git@host.example:team/project",
                                               "section #.#.#.#",
                                               "build 10.0.1904#.##",
                                               "#### ms",
                                               "#.### GB",
                                               "exit code -1#######",
                                               "tracking 1Z#########",
                                               "timestamp 17#########",
                                               "password: required",
                                               "the token: expired",
                                               "sk-learn"};
  switch (dice.below(12)) {
    case 0:
      return "commit " + dice.text(kHex, 40);
    case 1:
      return "request " + dice.text(kHex, 8) + "-" + dice.text(kHex, 4) + "-4" +
             dice.text(kHex, 3) + "-a" + dice.text(kHex, 3) + "-" + dice.text(kHex, 12);
    case 2: {
      // Sixteen digits whose check digit is wrong.
      string digits = filled(dice, "4##############");
      digits += static_cast<char>('0' + (luhn_digit(digits) - '0' + 3) % 10);
      return "item " + digits;
    }
    default:
      return filled(dice, dice.pick(kForms));
  }
}

struct Item {
  Personal kind;
  string text;
};

Item item(Dice& dice) {
  switch (dice.below(6)) {
    case 0:
      return {Personal::Email, email(dice)};
    case 1:
      return {Personal::Phone, phone(dice)};
    case 2:
      return {Personal::Card, card(dice)};
    case 3:
      return {Personal::Iban, iban(dice)};
    case 4:
      return {Personal::Token, token(dice)};
    default:
      return {Personal::Ip, address(dice)};
  }
}

void add(Sentence& sentence, const Item& item) {
  sentence.personal.push_back(
      {item.kind, sentence.text.size(), sentence.text.size() + item.text.size()});
  sentence.text += item.text;
}

Sentence sentence(Dice& dice) {
  constexpr std::array<string_view, 8> kOpenings{"Hello, it fails since ",
                                                 "We see ",
                                                 "Please look at ",
                                                 "(",
                                                 "My colleague wrote \"",
                                                 "Grüße, das ist ",
                                                 "> ",
                                                 "See "};
  constexpr std::array<string_view, 7> kJoints{", then ", " and ", "; later ", "\nAlso ",
                                               ") or (",  " \"",   "\t"};
  constexpr std::array<string_view, 6> kEnds{".", "", "!", ") today.", "\"?", "\n"};
  constexpr std::array<string_view, 5> kNames{"api_key=", "\"client_secret\": \"",
                                              "access_token: ", "PASSWORD=", "?token="};
  Sentence made;
  made.text = dice.pick(kOpenings);
  const bool personal = dice.below(2) == 0;
  const std::size_t parts = 1 + dice.below(3);
  for (std::size_t i = 0; i < parts; ++i) {
    if (i > 0) made.text += dice.pick(kJoints);
    if (!personal || (i > 0 && dice.below(3) == 0)) {
      made.text += decoy(dice);
    } else if (dice.below(10) == 0) {
      made.text += dice.pick(kNames);
      add(made, {Personal::Token, assigned_secret(dice)});
    } else {
      add(made, item(dice));
    }
  }
  made.text += dice.pick(kEnds);
  return made;
}

}  // namespace

std::vector<Sentence> personal_corpus(std::uint64_t seed, std::size_t count) {
  Dice dice(seed);
  std::vector<Sentence> sentences;
  while (sentences.size() < count) sentences.push_back(sentence(dice));
  return sentences;
}

}  // namespace freshet::testing
