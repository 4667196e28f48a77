#include "index/encoding/safetensors.h"

#include <algorithm>
#include <optional>

#include <nlohmann/json.hpp>

#include "base/json.h"

namespace freshet::index {
namespace {

constexpr std::size_t kLengthBytes = 8;
constexpr std::size_t kMostDimensions = 8;

std::uint64_t little_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = kLengthBytes; i-- > 0;) {
    value = (value << 8) | static_cast<unsigned char>(bytes[i]);
  }
  return value;
}

TensorType type_named(std::string_view name) {
  if (name == "F32") return TensorType::F32;
  if (name == "F16") return TensorType::F16;
  if (name == "BF16") return TensorType::BF16;
  return TensorType::Other;
}

std::size_t bytes_per_value(TensorType type) {
  return type == TensorType::F32 ? 4 : 2;
}

/// A JSON array of whole numbers, none negative.
std::optional<std::vector<std::size_t>> sizes(const Json* array, std::size_t most) {
  if (array == nullptr || !array->is_array() || array->size() > most) return std::nullopt;
  std::vector<std::size_t> values;
  for (const Json& item : *array) {
    if (!item.is_number_integer()) return std::nullopt;
    if (!item.is_number_unsigned() && item.get<std::int64_t>() < 0) return std::nullopt;
    values.push_back(item.get<std::size_t>());
  }
  return values;
}

/// The product, or nothing when it does not fit.
std::optional<std::size_t> volume(const std::vector<std::size_t>& shape, std::size_t unit) {
  std::size_t product = unit;
  for (const std::size_t size : shape) {
    if (__builtin_mul_overflow(product, size, &product)) return std::nullopt;
  }
  return product;
}

/// The tensor that one header entry describes; the reason as text where it describes none.
Result<Tensor> read_entry(const Json& entry, std::string_view data) {
  const auto invalid = [](const char* what) { return Error{ErrorKind::Invalid, what}; };
  const auto type = json_string(entry, "dtype");
  const auto shape = sizes(json_member(entry, "shape"), kMostDimensions);
  const auto offsets = sizes(json_member(entry, "data_offsets"), 2);
  if (!type || !shape || !offsets || offsets->size() != 2) {
    return invalid("its header entry lacks dtype, shape or data_offsets");
  }
  const std::size_t begin = (*offsets)[0];
  const std::size_t end = (*offsets)[1];
  if (begin > end || end > data.size()) return invalid("it lies outside the file");
  Tensor tensor{type_named(*type), *shape, data.substr(begin, end - begin)};
  if (tensor.type == TensorType::Other) return tensor;
  if (volume(*shape, bytes_per_value(tensor.type)) != tensor.bytes.size()) {
    return invalid("its shape does not match its length");
  }
  return tensor;
}

}  // namespace

Result<Safetensors> Safetensors::open(const std::filesystem::path& path) {
  FRESHET_TRY(MappedFile mapped, MappedFile::open(path));
  Safetensors file(path, std::move(mapped));
  FRESHET_CHECK(file.read_header());
  FRESHET_CHECK(file.check_overlaps());
  return file;
}

Error Safetensors::invalid(std::string_view what) const {
  return {ErrorKind::Invalid, "cannot use weights " + path_.string() + ": " + std::string(what)};
}

Result<Done> Safetensors::read_header() {
  std::string_view rest = file_.bytes();
  if (rest.size() < kLengthBytes) return invalid("the file is truncated");
  const std::uint64_t length = little_endian(rest);
  rest.remove_prefix(kLengthBytes);
  if (length > kMostHeaderBytes)
    return invalid("its header claims more than 1 MiB; not a safetensors file?");
  if (length > rest.size()) return invalid("the file is truncated");
  auto header = parse_json(rest.substr(0, length));
  if (!header) return invalid("its header is " + header.error().message);
  if (!header->is_object()) return invalid("its header is not a JSON object");
  const std::string_view data = rest.substr(length);
  for (const auto& [name, entry] : header->items()) {
    if (name == "__metadata__") continue;
    auto tensor = read_entry(entry, data);
    if (!tensor) return invalid("tensor " + name + ": " + tensor.error().message);
    tensors_.emplace(name, *std::move(tensor));
  }
  return Done{};
}

Result<Done> Safetensors::check_overlaps() const {
  std::vector<std::pair<std::string_view, std::string_view>> pieces;  // bytes, name
  for (const auto& [name, tensor] : tensors_) {
    if (!tensor.bytes.empty()) pieces.emplace_back(tensor.bytes, name);
  }
  std::sort(pieces.begin(), pieces.end(), [](const auto& one, const auto& other) {
    return one.first.data() < other.first.data();
  });
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    const std::string_view before = pieces[i - 1].first;
    if (before.data() + before.size() > pieces[i].first.data()) {
      return invalid("tensor " + std::string(pieces[i].second) + " overlaps " +
                     std::string(pieces[i - 1].second));
    }
  }
  return Done{};
}

Result<Tensor> Safetensors::tensor(std::string_view name,
                                   const std::vector<std::size_t>& shape) const {
  const auto found = tensors_.find(name);
  if (found == tensors_.end()) return invalid("tensor " + std::string(name) + " is missing");
  if (found->second.type == TensorType::Other) {
    return invalid("tensor " + std::string(name) + " is not of F32, F16 or BF16 values");
  }
  if (found->second.shape != shape) {
    return invalid("tensor " + std::string(name) + " has another shape than config.json says");
  }
  return found->second;
}

bool Safetensors::contains(std::string_view name) const {
  return tensors_.contains(name);
}

}  // namespace freshet::index
