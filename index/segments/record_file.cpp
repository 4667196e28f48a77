#include "index/segments/record_file.h"

#include <cstring>

#include "index/new_file.h"

namespace freshet::index {

namespace {

constexpr std::size_t kWord = sizeof(std::uint64_t);

}  // namespace

Error damaged_file(const std::filesystem::path& path, std::string_view what) {
  return {ErrorKind::Corrupt, "index file " + path.string() + " is damaged: " + std::string(what) +
                                  "; run `freshet rebuild`"};
}

void RecordFileBuilder::add(std::string_view record) {
  records_.append(record);
  offsets_.push_back(records_.size());
}

Result<Done> RecordFileBuilder::write(const std::filesystem::path& path) const {
  const std::uint64_t number = count();
  std::string bytes(reinterpret_cast<const char*>(&number), sizeof number);
  bytes.append(reinterpret_cast<const char*>(offsets_.data()), offsets_.size() * kWord);
  bytes.append(records_);
  return write_new_file(path, bytes);
}

Result<RecordFile> RecordFile::open(const std::filesystem::path& path) {
  FRESHET_TRY(MappedFile mapped, MappedFile::open(path));
  RecordFile file(path, std::move(mapped));
  const std::size_t words = file.file_.bytes().size() / kWord;
  if (words < 2 || file.word(0) > words - 2)
    return file.damaged("it is shorter than its own table");
  file.count_ = file.word(0);
  return file;
}

std::uint64_t RecordFile::word(std::size_t at) const {
  std::uint64_t value = 0;
  std::memcpy(&value, file_.bytes().data() + at * kWord, kWord);
  return value;
}

Result<std::string_view> RecordFile::record(std::size_t number) const {
  if (number >= count_) return damaged("a record that it does not have is asked for");
  const std::string_view records = file_.bytes().substr((count_ + 2) * kWord);
  const std::uint64_t begin = word(1 + number);
  const std::uint64_t end = word(2 + number);
  if (begin > end || end > records.size()) return damaged("a record lies outside");
  return records.substr(begin, end - begin);
}

}  // namespace freshet::index
