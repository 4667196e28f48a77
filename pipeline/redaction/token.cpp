#include <array>
#include <cmath>

#include "pipeline/redaction/recognisers.h"
#include "pipeline/redaction/scan.h"

namespace freshet::pipeline {
namespace {

using std::string_view;

/// How keys of well-known services begin, and how long the rest is at least.
struct Prefix {
  string_view text;
  std::size_t rest;
};
constexpr std::array<Prefix, 33> kPrefixes{
    {{"sk-", 20},         {"sk_live_", 10}, {"sk_test_", 10}, {"pk_live_", 10}, {"rk_live_", 10},
     {"ghp_", 20},        {"gho_", 20},     {"ghu_", 20},     {"ghs_", 20},     {"ghr_", 20},
     {"github_pat_", 20}, {"glpat-", 16},   {"xoxb-", 10},    {"xoxp-", 10},    {"xoxa-", 10},
     {"xoxr-", 10},       {"xoxs-", 10},    {"xapp-", 10},    {"AKIA", 16},     {"ASIA", 16},
     {"AIza", 30},        {"ya29.", 20},    {"SG.", 30},      {"npm_", 30},     {"pypi-", 30},
     {"hf_", 20},         {"dop_v1_", 30},  {"shpat_", 20},   {"shpss_", 20},   {"whsec_", 20},
     {"lin_api_", 20},    {"ATATT3", 20},   {"eyJ", 20}}};

/// Ends of names to which secrets are assigned, without "_" and "-".
struct SecretName {
  string_view ending;
  std::size_t shortest;
  double entropy;  ///< Bits per character that the value has at least.
};
constexpr std::array<SecretName, 12> kSecretNames{{{"password", 8, 2.5},
                                                   {"passwd", 8, 2.5},
                                                   {"pwd", 8, 2.5},
                                                   {"secret", 12, 2.8},
                                                   {"token", 16, 3.0},
                                                   {"apikey", 12, 2.8},
                                                   {"accesskey", 12, 2.8},
                                                   {"privatekey", 12, 2.8},
                                                   {"signature", 16, 3.0},
                                                   {"authkey", 12, 2.8},
                                                   {"secretkey", 12, 2.8},
                                                   {"credential", 12, 2.8}}};

constexpr std::size_t kMaxName = 64;
constexpr string_view kBlockBegin = "-----BEGIN ";
constexpr string_view kBlockEnd = "-----END ";

bool is_key(char character) {
  return is_word(character) || string_view("-.~+/=").find(character) != string_view::npos;
}

bool is_value(char character) {
  return character > ' ' && string_view("\"'`,;<>(){}[]&|\\").find(character) == string_view::npos;
}

/// Enough to judge a value by; so no character is looked at more often than this.
constexpr std::size_t kMaxJudged = 1024;

std::size_t key_end(string_view text, std::size_t at, std::size_t most = kMaxJudged) {
  const std::size_t last = std::min(text.size(), at + most);
  while (at < last && is_key(text[at])) ++at;
  while (at > 0 && string_view(".~/").find(text[at - 1]) != string_view::npos) --at;
  return at;
}

bool mixes_letters_and_digits(string_view text) {
  return std::any_of(text.begin(), text.end(), is_digit) &&
         std::any_of(text.begin(), text.end(), is_letter);
}

/// Shannon's, in bits per character.
double entropy_of(string_view text) {
  std::array<int, 256> counts{};
  for (const char character : text) ++counts[static_cast<unsigned char>(character)];
  double entropy = 0;
  for (const int count : counts) {
    if (count == 0) continue;
    const double share = static_cast<double>(count) / static_cast<double>(text.size());
    entropy -= share * std::log2(share);
  }
  return entropy;
}

/// Where a key that begins at `at` ends; `at` when there is none.
std::size_t prefixed_end(string_view text, std::size_t at) {
  const string_view rest = text.substr(at);
  for (const Prefix& prefix : kPrefixes) {
    if (!rest.starts_with(prefix.text)) continue;
    const std::size_t body = at + prefix.text.size();
    const std::size_t end = std::max(body, key_end(text, body));
    const bool keyed =
        end - body >= prefix.rest && mixes_letters_and_digits(text.substr(at, end - at));
    return keyed ? key_end(text, end, text.size() - end) : at;
  }
  return at;
}

/// "Bearer abc..." and "Basic abc...": the part behind the word.
PersonalSpan authorization(string_view text, std::size_t at) {
  for (const string_view word : {"bearer ", "basic "}) {
    if (to_lower(text.substr(at, word.size())) != word) continue;
    const std::size_t begin = at + word.size();
    const std::size_t end = std::max(begin, key_end(text, begin));
    const string_view key = text.substr(begin, end - begin);
    const bool keyed = key.size() >= 16 && (mixes_letters_and_digits(key) || key.back() == '=') &&
                       entropy_of(key) >= 3.0;
    if (keyed) return {Personal::Token, begin, key_end(text, end, text.size() - end)};
  }
  return {};
}

/// -----BEGIN ... PRIVATE KEY----- to its end, or to the text's.
PersonalSpan private_key(string_view text, std::size_t at) {
  if (!text.substr(at).starts_with(kBlockBegin)) return {};
  const string_view title = text.substr(at, 64);
  if (title.find("PRIVATE KEY") == string_view::npos) return {};
  const std::size_t last = text.find(kBlockEnd, at);
  if (last == string_view::npos) return {Personal::Token, at, text.size()};
  const std::size_t end = text.find("-----", last + kBlockEnd.size());
  return {Personal::Token, at, end == string_view::npos ? text.size() : end + 5};
}

const SecretName* secret_name(string_view text, std::size_t end) {
  std::string name;
  for (std::size_t at = end; at > 0 && name.size() < kMaxName; --at) {
    const char character = text[at - 1];
    if (character == '_' || character == '-') continue;
    if (!is_word(character)) break;
    name.insert(name.begin(), character);
  }
  name = to_lower(name);
  const auto* const found =
      std::find_if(kSecretNames.begin(), kSecretNames.end(),
                   [&](const SecretName& known) { return name.ends_with(known.ending); });
  return found == kSecretNames.end() ? nullptr : found;
}

/// What is assigned at a ":" or "=".
PersonalSpan assigned(string_view text, std::size_t at) {
  std::size_t name_end = at;
  while (name_end > 0 && string_view(" \"'`").find(text[name_end - 1]) != string_view::npos &&
         at - name_end < 4)
    --name_end;
  const SecretName* name = secret_name(text, name_end);
  if (name == nullptr) return {};
  std::size_t begin = at + 1;
  while (string_view(" \"'`=>").find(at_or_nul(text, begin)) != string_view::npos &&
         begin < text.size() && begin - at < 6)
    ++begin;
  std::size_t end = begin;
  while (end < text.size() && end - begin < kMaxJudged && is_value(text[end])) ++end;
  while (end > begin && text[end - 1] == '.') --end;
  const string_view value = text.substr(begin, end - begin);
  const bool secret = value.size() >= name->shortest && mixes_letters_and_digits(value) &&
                      entropy_of(value) >= name->entropy && value.find("://") == string_view::npos;
  if (!secret) return {};
  while (end < text.size() && is_value(text[end]) && text[end] != '.') ++end;
  return {Personal::Token, begin, end};
}

}  // namespace

void find_tokens(string_view text, Spans& spans) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    PersonalSpan found;
    if (text[i] == ':' || text[i] == '=') {
      found = assigned(text, i);
    } else if (text[i] == '-' && before(text, i) != '-') {
      found = private_key(text, i);
    } else if (is_letter(text[i]) && !is_word(before(text, i))) {
      const std::size_t end = prefixed_end(text, i);
      found = end > i ? PersonalSpan{Personal::Token, i, end} : authorization(text, i);
    }
    if (found.end == found.begin) continue;
    spans.push_back(found);
    i = found.end - 1;
  }
}

}  // namespace freshet::pipeline
