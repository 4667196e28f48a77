#include "index/encoding/bert_graph.h"

#include <openvino/core/model.hpp>
#include <openvino/opsets/opset15.hpp>

namespace freshet::index {
namespace {

namespace op = ov::opset15;
using Node = ov::Output<ov::Node>;

/// Added to the attention scores of padding: large enough to vanish in softmax, finite in every
/// precision.
constexpr float kMasked = -1e9F;

Node ints(const std::vector<std::int64_t>& values) {
  return op::Constant::create(ov::element::i64, {values.size()}, values);
}

Node whole(std::int64_t value) {
  return op::Constant::create(ov::element::i64, {}, {value});
}

Node number(float value) {
  return op::Constant::create(ov::element::f32, {}, {value});
}

ov::element::Type element_type(TensorType type) {
  if (type == TensorType::F16) return ov::element::f16;
  return type == TensorType::BF16 ? ov::element::bf16 : ov::element::f32;
}

/// Loads every tensor first, where it can fail, so that the layers below read as the paper does.
class GraphBuilder {
 public:
  GraphBuilder(const ModelDirectory& model, std::shared_ptr<const Safetensors> weights)
      : shape_(model.shape), pooling_(model.pooling), weights_(std::move(weights)) {
    if (!weights_->contains("embeddings.word_embeddings.weight")) prefix_ = "bert.";
  }

  Result<std::shared_ptr<ov::Model>> build() {
    FRESHET_CHECK(load());
    const auto ids = input("ids");
    const auto mask = input("mask");
    const Node weight_of_token = std::make_shared<op::Convert>(mask, ov::element::f32);
    Node state = embed(ids);
    const Node attention_mask = padding_scores(weight_of_token);
    for (std::size_t layer = 0; layer < shape_.layers; ++layer) {
      const std::string name = "encoder.layer." + std::to_string(layer) + ".";
      state = attend(state, attention_mask, name + "attention.");
      state = feed_forward(state, name);
    }
    return std::make_shared<ov::Model>(ov::OutputVector{pool(state, weight_of_token)},
                                       ov::ParameterVector{ids, mask}, "bert");
  }

 private:
  using Shape = std::vector<std::size_t>;

  static std::shared_ptr<op::Parameter> input(const std::string& name) {
    auto parameter = std::make_shared<op::Parameter>(ov::element::i32, ov::PartialShape{-1, -1});
    parameter->set_friendly_name(name);
    parameter->get_output_tensor(0).set_names({name});
    return parameter;
  }

  Result<Done> load_one(const std::string& name, const Shape& shape) {
    FRESHET_TRY(const Tensor tensor, weights_->tensor(prefix_ + name, shape));
    const auto type = element_type(tensor.type);
    const auto* data = tensor.bytes.data();
    const bool aligned = reinterpret_cast<std::uintptr_t>(data) % type.size() == 0;
    // The graph keeps the mapping alive; what a writer left unaligned has to be copied.
    const auto constant =
        aligned ? std::make_shared<op::Constant>(type, ov::Shape(shape), data,
                                                 std::const_pointer_cast<Safetensors>(weights_))
                : std::make_shared<op::Constant>(type, ov::Shape(shape), data);
    tensors_[name] = type == ov::element::f32
                         ? Node(constant)
                         : Node(std::make_shared<op::Convert>(constant, ov::element::f32));
    return Done{};
  }

  Result<Done> load_dense(const std::string& name, std::size_t from, std::size_t to) {
    FRESHET_CHECK(load_one(name + ".weight", {to, from}));
    return load_one(name + ".bias", {to});
  }

  Result<Done> load_norm(const std::string& name) {
    FRESHET_CHECK(load_one(name + ".weight", {shape_.hidden}));
    return load_one(name + ".bias", {shape_.hidden});
  }

  Result<Done> load() {
    const std::size_t hidden = shape_.hidden;
    FRESHET_CHECK(load_one("embeddings.word_embeddings.weight", {shape_.vocabulary, hidden}));
    FRESHET_CHECK(load_one("embeddings.position_embeddings.weight", {shape_.positions, hidden}));
    FRESHET_CHECK(
        load_one("embeddings.token_type_embeddings.weight", {shape_.token_types, hidden}));
    FRESHET_CHECK(load_norm("embeddings.LayerNorm"));
    for (std::size_t layer = 0; layer < shape_.layers; ++layer) {
      const std::string name = "encoder.layer." + std::to_string(layer) + ".";
      for (const char* part : {"query", "key", "value"}) {
        FRESHET_CHECK(load_dense(name + "attention.self." + part, hidden, hidden));
      }
      FRESHET_CHECK(load_dense(name + "attention.output.dense", hidden, hidden));
      FRESHET_CHECK(load_norm(name + "attention.output.LayerNorm"));
      FRESHET_CHECK(load_dense(name + "intermediate.dense", hidden, shape_.intermediate));
      FRESHET_CHECK(load_dense(name + "output.dense", shape_.intermediate, hidden));
      FRESHET_CHECK(load_norm(name + "output.LayerNorm"));
    }
    return Done{};
  }

  [[nodiscard]] Node tensor(const std::string& name) const { return tensors_.at(name); }

  [[nodiscard]] Node dense(const Node& x, const std::string& name) const {
    const auto product = std::make_shared<op::MatMul>(x, tensor(name + ".weight"), false, true);
    return std::make_shared<op::Add>(product, tensor(name + ".bias"));
  }

  [[nodiscard]] Node norm(const Node& x, const std::string& name) const {
    const auto epsilon = static_cast<float>(shape_.layer_norm_epsilon);
    const auto standard =
        std::make_shared<op::MVN>(x, ints({-1}), true, epsilon, ov::op::MVNEpsMode::INSIDE_SQRT);
    const auto scaled = std::make_shared<op::Multiply>(standard, tensor(name + ".weight"));
    return std::make_shared<op::Add>(scaled, tensor(name + ".bias"));
  }

  [[nodiscard]] Node embed(const Node& ids) const {
    const Node zero = whole(0);
    const auto words =
        std::make_shared<op::Gather>(tensor("embeddings.word_embeddings.weight"), ids, zero);
    const auto length = std::make_shared<op::Gather>(
        std::make_shared<op::ShapeOf>(ids, ov::element::i64), ints({1}), zero);
    const auto positions = std::make_shared<op::Slice>(
        tensor("embeddings.position_embeddings.weight"), ints({0}), length, ints({1}), ints({0}));
    const auto type =
        std::make_shared<op::Gather>(tensor("embeddings.token_type_embeddings.weight"), zero, zero);
    const auto placed = std::make_shared<op::Add>(words, positions);
    return norm(std::make_shared<op::Add>(placed, type), "embeddings.LayerNorm");
  }

  /// [batch, 1, 1, length]: 0 for tokens, kMasked for padding.
  static Node padding_scores(const Node& weight_of_token) {
    const auto padding = std::make_shared<op::Subtract>(number(1), weight_of_token);
    const auto scores = std::make_shared<op::Multiply>(padding, number(kMasked));
    return std::make_shared<op::Unsqueeze>(scores, ints({1, 2}));
  }

  /// [batch, length, hidden] to [batch, heads, length, hidden / heads].
  [[nodiscard]] Node split_heads(const Node& x) const {
    const auto heads = static_cast<std::int64_t>(shape_.heads);
    const auto size = static_cast<std::int64_t>(shape_.hidden / shape_.heads);
    const auto parts = std::make_shared<op::Reshape>(x, ints({0, 0, heads, size}), true);
    return std::make_shared<op::Transpose>(parts, ints({0, 2, 1, 3}));
  }

  [[nodiscard]] Node attend(const Node& x, const Node& mask, const std::string& name) const {
    const Node query = split_heads(dense(x, name + "self.query"));
    const Node key = split_heads(dense(x, name + "self.key"));
    const Node value = split_heads(dense(x, name + "self.value"));
    const auto seen =
        std::make_shared<op::ScaledDotProductAttention>(query, key, value, mask, false);
    const auto swapped = std::make_shared<op::Transpose>(seen, ints({0, 2, 1, 3}));
    const auto hidden = static_cast<std::int64_t>(shape_.hidden);
    const auto joined = std::make_shared<op::Reshape>(swapped, ints({0, 0, hidden}), true);
    const Node output = dense(joined, name + "output.dense");
    return norm(std::make_shared<op::Add>(output, x), name + "output.LayerNorm");
  }

  [[nodiscard]] Node activate(const Node& x) const {
    using Mode = ov::op::GeluApproximationMode;
    if (shape_.activation == Activation::Relu) return std::make_shared<op::Relu>(x);
    const bool tanh = shape_.activation == Activation::GeluTanh;
    return std::make_shared<op::Gelu>(x, tanh ? Mode::TANH : Mode::ERF);
  }

  [[nodiscard]] Node feed_forward(const Node& x, const std::string& name) const {
    const Node inner = activate(dense(x, name + "intermediate.dense"));
    const Node output = dense(inner, name + "output.dense");
    return norm(std::make_shared<op::Add>(output, x), name + "output.LayerNorm");
  }

  [[nodiscard]] Node pool(const Node& state, const Node& weight_of_token) const {
    if (pooling_ == Pooling::Cls) return std::make_shared<op::Gather>(state, whole(0), whole(1));
    const auto weights = std::make_shared<op::Unsqueeze>(weight_of_token, ints({2}));
    const auto weighted = std::make_shared<op::Multiply>(state, weights);
    const auto sum = std::make_shared<op::ReduceSum>(weighted, ints({1}), false);
    const auto count = std::make_shared<op::ReduceSum>(weight_of_token, ints({1}), true);
    return std::make_shared<op::Divide>(sum, count);
  }

  BertShape shape_;
  Pooling pooling_;
  std::shared_ptr<const Safetensors> weights_;  ///< Shared with the graph's constants.
  std::string prefix_;
  std::map<std::string, Node> tensors_;
};

}  // namespace

Result<std::shared_ptr<ov::Model>> build_bert_graph(const ModelDirectory& model,
                                                    std::shared_ptr<const Safetensors> weights) {
  try {
    return GraphBuilder(model, std::move(weights)).build();
  } catch (const std::exception& error) {
    return Error{ErrorKind::Internal,
                 std::string("cannot build the model's graph: ") + error.what()};
  }
}

}  // namespace freshet::index
