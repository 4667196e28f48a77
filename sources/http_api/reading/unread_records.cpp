#include "sources/http_api/reading/unread_records.h"

#include <algorithm>

namespace freshet::sources::http_api {
namespace {

constexpr std::size_t kMostRecords = 200;
constexpr std::size_t kMostBytes = 1'000'000;
constexpr std::size_t kLargest = 250'000;
constexpr std::chrono::minutes kFirstPause{1};
constexpr std::chrono::hours kLongestPause{24};

std::chrono::seconds pause_after(int tries) {
  const int doublings = std::clamp(tries - 1, 0, 12);
  return std::min<std::chrono::seconds>(kFirstPause * (1 << doublings), kLongestPause);
}

}  // namespace

Result<Done> UnreadRecords::add(const Failure& failure, Instant now) {
  const std::size_t size = failure.listed.to_json().size();
  if (size > kLargest) return Done{};
  Record& record = records_[failure.key];
  record.part = failure.part;
  record.listed = failure.listed;
  record.bytes = size;
  ++record.tries;
  record.next = now + pause_after(record.tries);
  std::size_t bytes = 0;
  for (const auto& [key, kept] : records_) bytes += kept.bytes;
  if (records_.size() <= kMostRecords && bytes <= kMostBytes) return Done{};
  if (record.tries == 1) records_.erase(failure.key);
  return Error{ErrorKind::Unavailable,
               std::to_string(records_.size()) +
                   " records could not be read and wait for another try; no more are read until "
                   "some of them can be. The next is " +
                   failure.key + ": " + failure.why};
}

void UnreadRecords::erase_absent(const std::set<std::string>& shown) {
  std::erase_if(records_, [&](const auto& entry) { return !shown.contains(entry.first); });
}

void UnreadRecords::erase(std::string_view key) {
  const auto found = records_.find(key);
  if (found != records_.end()) records_.erase(found);
}

void UnreadRecords::erase_part(std::string_view part) {
  std::erase_if(records_, [&](const auto& entry) { return entry.second.part == part; });
}

std::vector<std::pair<std::string, UnreadRecords::Record>> UnreadRecords::due(std::string_view part,
                                                                              Instant now) const {
  std::vector<std::pair<std::string, Record>> due;
  for (const auto& [key, record] : records_) {
    if (record.part == part && record.next <= now) due.emplace_back(key, record);
  }
  return due;
}

bool UnreadRecords::waits(std::string_view key, const Value& listed, Instant now) const {
  const auto found = records_.find(key);
  return found != records_.end() && found->second.next > now && found->second.listed == listed;
}

std::vector<std::string> UnreadRecords::keys() const {
  std::vector<std::string> keys;
  for (const auto& [key, record] : records_) keys.push_back(key);
  return keys;
}

Value UnreadRecords::to_value() const {
  Value all = Value::object();
  for (const auto& [key, record] : records_) {
    const auto next = static_cast<double>(record.next.time_since_epoch().count());
    all.set(key, Value::object({{"part", Value::text(record.part)},
                                {"listed", record.listed},
                                {"tries", Value::number(record.tries)},
                                {"next", Value::number(next)}}));
  }
  return all;
}

UnreadRecords UnreadRecords::from_value(const Value& value) {
  UnreadRecords unread;
  for (const std::string& key : value.keys()) {
    const Value kept = value.get(key);
    const auto next = static_cast<std::int64_t>(kept.get("next").as_number().value_or(0));
    unread.records_[key] = {kept.get("part").scalar().value_or(""), kept.get("listed"),
                            static_cast<int>(kept.get("tries").as_number().value_or(0)),
                            Instant(std::chrono::microseconds(next)),
                            kept.get("listed").to_json().size()};
  }
  return unread;
}

}  // namespace freshet::sources::http_api
