#include "sources/http_api/reading/missed_records.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"

namespace freshet::sources::http_api {
namespace {

constexpr std::size_t kMost = 100'000;
constexpr unsigned kSettled = 9;  ///< One digit.
constexpr std::size_t kHashDigits = 8;
constexpr std::size_t kDigits = kHashDigits + 1;

/// Two keys of one hash share a count, which costs no more than a listing.
std::string hash_of(std::string_view key) {
  return to_hex(hash128(key)).substr(0, kHashDigits);
}

bool begins_anew(unsigned listings) {
  return listings == 2 || listings == 4;
}

}  // namespace

bool MissedRecords::note(const std::set<std::string>& lacking) {
  bool again = false;
  std::map<std::string, unsigned> listings;
  for (const std::string& key : lacking) {
    if (listings.size() == kMost) break;
    std::string hash = hash_of(key);
    const auto before = listings_.find(hash);
    const unsigned count = before == listings_.end() ? 1 : before->second + 1;
    again = again || begins_anew(count);
    listings.emplace(std::move(hash), std::min(count, kSettled));
  }
  listings_ = std::move(listings);
  return again;
}

void MissedRecords::settle(std::string_view key) {
  if (listings_.size() < kMost) listings_[hash_of(key)] = kSettled;
}

Value MissedRecords::to_value() const {
  std::string text;
  for (const auto& [hash, count] : listings_) text += hash + std::to_string(count);
  return Value::text(text);
}

MissedRecords MissedRecords::from_value(const Value& value) {
  MissedRecords missed;
  const std::string_view text = value.as_text();
  for (std::size_t at = 0; at + kDigits <= text.size(); at += kDigits) {
    const auto count = static_cast<unsigned>(text[at + kHashDigits] - '0');
    missed.listings_[std::string(text.substr(at, kHashDigits))] = std::min(count, kSettled);
  }
  return missed;
}

}  // namespace freshet::sources::http_api
