#include "tests/index/encoding/tiny_model.h"

#include <bit>
#include <vector>

namespace freshet::testing {
namespace {

/// Collects tensors into the bytes of a safetensors file.
class Weights {
 public:
  explicit Weights(const TinyModel& model) : model_(model) {}

  void add(const std::string& name, const std::vector<std::size_t>& shape) {
    std::size_t count = 1;
    std::string dimensions;
    for (const std::size_t size : shape) {
      count *= size;
      dimensions += (dimensions.empty() ? "" : ",") + std::to_string(size);
    }
    const std::size_t begin = data_.size();
    for (std::size_t i = 0; i < count; ++i) append(next_value(name));
    header_ += (header_.empty() ? "{\"" : ",\"") + model_.prefix + name + "\":{\"dtype\":\"" +
               model_.type + "\",\"shape\":[" + dimensions + "],\"data_offsets\":[" +
               std::to_string(begin) + "," + std::to_string(data_.size()) + "]}";
  }

  void add_dense(const std::string& name, std::size_t from, std::size_t to) {
    add(name + ".weight", {to, from});
    add(name + ".bias", {to});
  }

  [[nodiscard]] std::string file() const {
    std::string header = header_ + "}";
    header.resize((header.size() + 7) / 8 * 8, ' ');
    std::string bytes;
    for (int i = 0; i < 8; ++i) bytes += static_cast<char>((header.size() >> (8 * i)) & 0xFF);
    return bytes + header + data_;
  }

 private:
  /// Small numbers that bfloat16 holds exactly, from a linear congruential generator.
  float next_value(const std::string& name) {
    state_ = state_ * 1664525U + 1013904223U;
    const auto step = static_cast<float>(static_cast<int>((state_ >> 20) % 65U) - 32);
    return (name.find("LayerNorm.weight") == std::string::npos ? 0.0F : 1.0F) + step / 64.0F;
  }

  void append(float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    for (int shift = model_.type == "F32" ? 0 : 16; shift < 32; shift += 8) {
      data_ += static_cast<char>((bits >> shift) & 0xFF);
    }
  }

  TinyModel model_;
  std::uint32_t state_ = 1;
  std::string header_;
  std::string data_;
};

}  // namespace

void write_tiny_model(const TemporaryDirectory& directory, const TinyModel& model) {
  directory.write("config.json",
                  R"({"model_type":"bert","vocab_size":8,"hidden_size":8,"num_hidden_layers":1,)"
                  R"("num_attention_heads":2,"intermediate_size":16,"max_position_embeddings":16,)"
                  R"("type_vocab_size":2,"hidden_act":")" +
                      model.activation + "\"}");
  directory.write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\nalpha\nbeta\ngamma\n##s\n");
  Weights weights(model);
  weights.add("embeddings.word_embeddings.weight", {8, 8});
  weights.add("embeddings.position_embeddings.weight", {16, 8});
  weights.add("embeddings.token_type_embeddings.weight", {2, 8});
  weights.add("embeddings.LayerNorm.weight", {8});
  weights.add("embeddings.LayerNorm.bias", {8});
  const std::string layer = "encoder.layer.0.";
  for (const char* part : {"self.query", "self.key", "self.value", "output.dense"}) {
    weights.add_dense(layer + "attention." + part, 8, 8);
  }
  weights.add("encoder.layer.0.attention.output.LayerNorm.weight", {8});
  weights.add("encoder.layer.0.attention.output.LayerNorm.bias", {8});
  weights.add_dense(layer + "intermediate.dense", 8, 16);
  weights.add_dense(layer + "output.dense", 16, 8);
  weights.add("encoder.layer.0.output.LayerNorm.weight", {8});
  weights.add("encoder.layer.0.output.LayerNorm.bias", {8});
  directory.write("model.safetensors", weights.file());
}

}  // namespace freshet::testing
