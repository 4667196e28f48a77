#include "index/encoding/embeddings_api.h"

#include <optional>

#include <nlohmann/json.hpp>

#include "base/json.h"
#include "base/utf8.h"
#include "index/encoding/unit_length.h"

namespace freshet::index {
namespace {

constexpr std::size_t kMostMessageBytes = 200;

Error invalid(std::string what) {
  return {ErrorKind::Invalid,
          "the embeddings endpoint gave an unusable answer: " + std::move(what)};
}

Result<Embedding> parse_vector(const Json& item, std::size_t dimension) {
  const Json* numbers = json_member(item, "embedding");
  if (numbers == nullptr || !numbers->is_array())
    return invalid("a vector is missing or not an array");
  if (numbers->size() != dimension) {
    const std::string size = std::to_string(numbers->size());
    return invalid("its vectors have " + size + " dimensions, not " + std::to_string(dimension) +
                   "; set encoder.dimension to " + size);
  }
  Embedding vector;
  vector.reserve(dimension);
  for (const Json& number : *numbers) {
    if (!number.is_number()) return invalid("a vector holds something that is no number");
    vector.push_back(static_cast<float>(number.get<double>()));
  }
  if (!scale_to_unit_length(vector)) return invalid("a vector holds values that are not finite");
  return vector;
}

/// Where the item belongs; items without "index" are in order already.
std::optional<std::size_t> place_of(const Json& item, std::size_t position, std::size_t count) {
  if (json_member(item, "index") == nullptr) return position;
  const auto index = json_integer(item, "index");
  if (!index || *index < 0 || static_cast<std::uint64_t>(*index) >= count) return std::nullopt;
  return static_cast<std::size_t>(*index);
}

}  // namespace

std::string embeddings_request(const std::string& model, const std::vector<std::string>& inputs) {
  Json body = Json::object();
  body["model"] = model;
  body["input"] = inputs;
  body["encoding_format"] = "float";
  return dump_json(body);
}

Result<std::vector<Embedding>> parse_embeddings(std::string_view body,
                                                const ExpectedVectors& expected) {
  const auto answer = parse_json(body);
  if (!answer) {
    return invalid(answer.error().message +
                   "; is encoder.endpoint the full address, such as https://host/v1/embeddings?");
  }
  const Json* items = json_member(*answer, "data");
  if (items == nullptr || !items->is_array()) return invalid("it has no \"data\" array");
  if (items->size() != expected.count) {
    return invalid("it has " + std::to_string(items->size()) + " vectors for " +
                   std::to_string(expected.count) + " texts");
  }
  std::vector<Embedding> vectors(expected.count);
  for (std::size_t position = 0; position < expected.count; ++position) {
    const Json& item = (*items)[position];
    const auto place = place_of(item, position, expected.count);
    if (!place || !vectors[*place].empty())
      return invalid("an \"index\" is out of range or twice there");
    FRESHET_TRY(vectors[*place], parse_vector(item, expected.dimension));
  }
  return vectors;
}

std::string error_message_of(std::string_view body) {
  const auto answer = parse_json(body);
  if (!answer) return {};
  const Json* error = json_member(*answer, "error");
  std::optional<std::string> message = json_string(*answer, "message");
  if (error != nullptr && error->is_string()) message = error->get<std::string>();
  if (error != nullptr && error->is_object()) message = json_string(*error, "message");
  std::string line = message.value_or("");
  for (char& letter : line) {
    if (static_cast<unsigned char>(letter) < 0x20) letter = ' ';
  }
  return std::string(truncate_utf8(line, kMostMessageBytes));
}

}  // namespace freshet::index
