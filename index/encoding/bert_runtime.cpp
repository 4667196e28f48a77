#include "index/encoding/bert_runtime.h"

#include <mutex>
#include <optional>
#include <utility>

#include <openvino/runtime/core.hpp>
#include <openvino/runtime/properties.hpp>

#include "index/encoding/bert_graph.h"

namespace freshet::index {

struct BertRuntime::Compiled {
  ov::Core core;
  ov::CompiledModel model;
  std::mutex mutex;
  std::vector<ov::InferRequest> idle;

  ov::InferRequest take() {
    const std::lock_guard lock(mutex);
    if (idle.empty()) return model.create_infer_request();
    ov::InferRequest request = std::move(idle.back());
    idle.pop_back();
    return request;
  }

  void give_back(ov::InferRequest request) {
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(request));
  }
};

namespace {

ov::AnyMap properties(const RuntimeOptions& options) {
  ov::AnyMap map{ov::hint::performance_mode(ov::hint::PerformanceMode::LATENCY)};
  if (options.threads > 0) {
    map.insert(ov::inference_num_threads(static_cast<std::int32_t>(options.threads)));
  }
  if (options.precision == "f32") map.insert(ov::hint::inference_precision(ov::element::f32));
  if (options.precision == "bf16") map.insert(ov::hint::inference_precision(ov::element::bf16));
  return map;
}

ov::Tensor tensor_over(std::vector<std::int32_t>& values, const TokenBatch& batch) {
  return {ov::element::i32, {batch.rows, batch.length}, values.data()};
}

}  // namespace

BertRuntime::BertRuntime(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
BertRuntime::~BertRuntime() = default;

Result<std::unique_ptr<BertRuntime>> BertRuntime::compile(
    const ModelDirectory& model, std::shared_ptr<const Safetensors> weights,
    const RuntimeOptions& options) {
  FRESHET_TRY(const auto graph, build_bert_graph(model, std::move(weights)));
  try {
    auto compiled = std::make_unique<Compiled>();
    compiled->model = compiled->core.compile_model(graph, "CPU", properties(options));
    return std::make_unique<BertRuntime>(std::move(compiled));
  } catch (const std::exception& error) {
    return Error{ErrorKind::Internal, "cannot compile " + model.name + ": " + error.what()};
  }
}

Result<std::vector<float>> BertRuntime::run(TokenBatch& batch) const {
  try {
    ov::InferRequest request = compiled_->take();
    request.set_input_tensor(0, tensor_over(batch.ids, batch));
    request.set_input_tensor(1, tensor_over(batch.mask, batch));
    request.infer();
    const ov::Tensor output = request.get_output_tensor();
    const float* numbers = output.data<float>();
    std::vector<float> values(numbers, numbers + output.get_size());
    compiled_->give_back(std::move(request));
    return values;
  } catch (const std::exception& error) {
    return Error{ErrorKind::Internal, std::string("the model cannot be run: ") + error.what()};
  }
}

}  // namespace freshet::index
