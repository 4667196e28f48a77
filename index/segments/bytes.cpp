#include "index/segments/bytes.h"

#include <cstring>

namespace freshet::index {

void ByteWriter::u32(std::uint32_t value) {
  bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void ByteWriter::u64(std::uint64_t value) {
  bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void ByteWriter::text(std::string_view value) {
  u64(value.size());
  bytes_.append(value);
}

void ByteWriter::texts(const std::vector<std::string>& values) {
  u64(values.size());
  for (const std::string& value : values) text(value);
}

std::string_view ByteReader::take(std::size_t length) {
  if (length > rest_.size()) {
    ok_ = false;
    rest_ = {};
    return {};
  }
  const std::string_view taken = rest_.substr(0, length);
  rest_.remove_prefix(length);
  return taken;
}

std::uint32_t ByteReader::u32() {
  std::uint32_t value = 0;
  const std::string_view taken = take(sizeof value);
  if (ok_) std::memcpy(&value, taken.data(), sizeof value);
  return value;
}

std::uint64_t ByteReader::u64() {
  std::uint64_t value = 0;
  const std::string_view taken = take(sizeof value);
  if (ok_) std::memcpy(&value, taken.data(), sizeof value);
  return value;
}

std::string_view ByteReader::text() {
  return take(u64());
}

std::vector<std::string> ByteReader::texts() {
  std::vector<std::string> values;
  // A damaged count ends at the record's end: each text takes at least its length's bytes.
  for (std::uint64_t left = u64(); left > 0 && ok_; --left) values.emplace_back(text());
  return values;
}

}  // namespace freshet::index
