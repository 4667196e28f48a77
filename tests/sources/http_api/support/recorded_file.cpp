#include "tests/sources/http_api/support/recorded_file.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <yaml-cpp/yaml.h>
#include <zlib.h>

namespace freshet::sources::http_api::testing {
namespace {

struct CloseGzip {
  void operator()(gzFile_s* file) const { gzclose(file); }
};

/// zlib hands on what is not compressed as it is.
Result<std::string> read_maybe_compressed(const std::filesystem::path& path) {
  const std::unique_ptr<gzFile_s, CloseGzip> file(gzopen(path.c_str(), "rb"));
  if (!file) return Error{ErrorKind::NotFound, "it cannot be opened"};
  std::string text;
  std::array<char, 65536> buffer{};
  int got = 0;
  while ((got = gzread(file.get(), buffer.data(), buffer.size())) > 0)
    text.append(buffer.data(), static_cast<std::size_t>(got));
  if (got < 0) return Error{ErrorKind::Corrupt, "it cannot be decompressed"};
  return text;
}

Result<Value> value_of_lines(std::string_view text) {
  std::vector<Value> rows;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    if (end > 0) {
      FRESHET_TRY(auto row, Value::parse(text.substr(0, end)));
      rows.push_back(std::move(row));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return Value::array(std::move(rows));
}

Value value_of_scalar(const YAML::Node& node) {
  const std::string& text = node.Scalar();
  const bool quoted = node.Tag() == "!";
  if (quoted || text.find_first_of("-0123456789tf") != 0) return Value::text(text);
  auto value = Value::parse(text);
  return value ? *std::move(value) : Value::text(text);
}

Value value_of(const YAML::Node& node) {
  Value value;
  if (node.IsScalar()) return value_of_scalar(node);
  if (node.IsSequence()) {
    value = Value::array();
    for (const auto& item : node) value.append(value_of(item));
  } else if (node.IsMap()) {
    value = Value::object();
    for (const auto& member : node) value.set(member.first.Scalar(), value_of(member.second));
  }
  return value;
}

Result<Value> value_of_yaml(const std::string& text) {
  try {
    return value_of(YAML::Load(text));
  } catch (const YAML::Exception& error) {
    return Error{ErrorKind::Invalid, error.what()};
  }
}

Result<Value> parse(const std::filesystem::path& path) {
  FRESHET_TRY(const std::string text, read_maybe_compressed(path));
  const auto ending = path.extension() == ".gz" ? path.stem().extension() : path.extension();
  if (ending == ".jsonl") return value_of_lines(text);
  return ending == ".yaml" ? value_of_yaml(text) : Value::parse(text);
}

}  // namespace

Result<Value> read_recorded_file(const std::filesystem::path& path) {
  auto value = parse(path);
  if (!value) return while_doing("read " + path.string(), std::move(value).error());
  return value;
}

}  // namespace freshet::sources::http_api::testing
