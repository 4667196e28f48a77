#include "sources/http_api/reading/missed_records.h"

#include <algorithm>
#include <bit>
#include <utility>
#include <vector>

namespace freshet::sources::http_api {
namespace {

constexpr std::size_t kMost = 1000;

}  // namespace

bool MissedRecords::note(const std::set<std::string>& lacking) {
  bool again = false;
  std::map<std::string, std::size_t> listings;
  for (const std::string& key : lacking) {
    if (listings.size() == kMost) break;
    const auto before = listings_.find(key);
    const bool settled = before != listings_.end() && before->second == 0;
    const std::size_t count = before == listings_.end() ? 1 : before->second + (settled ? 0 : 1);
    again = again || (count > 1 && std::has_single_bit(count));
    listings.emplace(key, count);
  }
  listings_ = std::move(listings);
  return again;
}

void MissedRecords::settle(const std::string& key) {
  if (listings_.size() < kMost || listings_.contains(key)) listings_[key] = 0;
}

Value MissedRecords::to_value() const {
  std::vector<std::pair<std::string, Value>> members;
  for (const auto& [key, count] : listings_)
    members.emplace_back(key, Value::number(static_cast<double>(count)));
  return Value::object(std::move(members));
}

MissedRecords MissedRecords::from_value(const Value& value) {
  MissedRecords missed;
  for (const std::string& key : value.keys()) {
    const double count = std::clamp(value.get(key).as_number().value_or(1), 0.0, 1e9);
    missed.listings_[key] = static_cast<std::size_t>(count);
  }
  return missed;
}

}  // namespace freshet::sources::http_api
