#include "index/evaluation/dataset.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/json.h"
#include "index/evaluation/gzip.h"

namespace freshet::index {
namespace {

using Judgements = std::map<std::string, std::map<std::string, double>, std::less<>>;

Error malformed(const std::filesystem::path& file, std::size_t line, std::string_view reason) {
  return {ErrorKind::Invalid, "cannot read " + file.string() + " line " + std::to_string(line) +
                                  ": " + std::string(reason)};
}

/// Calls `take` with every line that is not empty.
Result<Done> for_each_line(const std::filesystem::path& file, std::string_view bytes,
                           const std::function<Result<Done>(std::string_view)>& take) {
  std::size_t line = 0;
  while (!bytes.empty()) {
    ++line;
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    std::string_view text = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (text.empty()) continue;
    if (auto taken = take(text); !taken) return malformed(file, line, taken.error().message);
  }
  return Done{};
}

Result<Json> read_object(std::string_view line) {
  FRESHET_TRY(Json object, parse_json(line));
  if (!json_string(object, "_id")) return Error{ErrorKind::Invalid, "no string \"_id\""};
  return object;
}

Result<std::vector<JudgedDocument>> read_documents(const std::filesystem::path& directory) {
  const bool packed = !std::filesystem::exists(directory / "corpus.jsonl");
  const auto file = directory / (packed ? "corpus.jsonl.gz" : "corpus.jsonl");
  FRESHET_TRY(std::string bytes, packed ? read_gzip_file(file) : read_file(file));
  std::vector<JudgedDocument> documents;
  FRESHET_CHECK(for_each_line(file, bytes, [&](std::string_view line) -> Result<Done> {
    FRESHET_TRY(const Json object, read_object(line));
    documents.push_back({*json_string(object, "_id"), json_string(object, "title").value_or(""),
                         json_string(object, "text").value_or("")});
    return Done{};
  }));
  return documents;
}

Result<Done> read_judgement(std::string_view line, Judgements& judgements) {
  const std::size_t first = line.find('\t');
  const std::size_t second = first == line.npos ? first : line.find('\t', first + 1);
  if (second == line.npos)
    return Error{ErrorKind::Invalid, "expected query id, document id and gain"};
  const std::string_view gain_text = line.substr(second + 1);
  if (gain_text == "score") return Done{};  // The heading.
  double gain = 0;
  const auto [end, problem] =
      std::from_chars(gain_text.data(), gain_text.data() + gain_text.size(), gain);
  if (problem != std::errc{} || end != gain_text.data() + gain_text.size()) {
    return Error{ErrorKind::Invalid, "the gain is no number"};
  }
  if (gain > 0) {
    const std::string document(line.substr(first + 1, second - first - 1));
    judgements[std::string(line.substr(0, first))][document] = gain;
  }
  return Done{};
}

Result<std::vector<std::filesystem::path>> judgement_files(const std::filesystem::path& directory) {
  if (std::filesystem::exists(directory / "test.tsv")) {
    return std::vector<std::filesystem::path>{directory / "test.tsv"};
  }
  std::vector<std::filesystem::path> files;
  std::error_code problem;
  for (std::filesystem::directory_iterator entry(directory, problem), end; !problem && entry != end;
       entry.increment(problem)) {
    if (entry->path().extension() == ".tsv") files.push_back(entry->path());
  }
  std::sort(files.begin(), files.end());
  if (files.empty()) {
    return Error{ErrorKind::NotFound, "cannot find judgements (*.tsv) in " + directory.string()};
  }
  return files;
}

Result<Judgements> read_judgements(const std::filesystem::path& directory) {
  FRESHET_TRY(const auto files, judgement_files(directory));
  Judgements judgements;
  for (const auto& file : files) {
    FRESHET_TRY(const std::string bytes, read_file(file));
    FRESHET_CHECK(for_each_line(
        file, bytes, [&](std::string_view line) { return read_judgement(line, judgements); }));
  }
  return judgements;
}

Result<std::vector<JudgedQuery>> read_queries(const std::filesystem::path& directory) {
  FRESHET_TRY(Judgements judgements, read_judgements(directory / "qrels"));
  const auto file = directory / "queries.jsonl";
  FRESHET_TRY(const std::string bytes, read_file(file));
  std::vector<JudgedQuery> queries;
  FRESHET_CHECK(for_each_line(file, bytes, [&](std::string_view line) -> Result<Done> {
    FRESHET_TRY(const Json object, read_object(line));
    const auto judged = judgements.find(*json_string(object, "_id"));
    if (judged == judgements.end()) return Done{};
    const Json* metadata = json_member(object, "metadata");
    const auto exclude = metadata == nullptr ? std::nullopt : json_string(*metadata, "exclude");
    queries.push_back({judged->first, json_string(object, "text").value_or(""),
                       exclude.value_or(""), judged->second});
    return Done{};
  }));
  return queries;
}

}  // namespace

Result<JudgedDataset> read_dataset(const std::filesystem::path& directory) {
  JudgedDataset dataset;
  dataset.name = directory.filename().string();
  FRESHET_TRY(dataset.documents, read_documents(directory));
  FRESHET_TRY(dataset.queries, read_queries(directory));
  return dataset;
}

}  // namespace freshet::index
