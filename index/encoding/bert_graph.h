#pragma once

#include <memory>

#include "base/result.h"
#include "index/encoding/model_directory.h"
#include "index/encoding/safetensors.h"

namespace ov {
class Model;
}

namespace freshet::index {

/// BERT's encoder (Devlin et al. 2019) with pooling, as an OpenVINO graph over the mapped weights,
/// which it shares (OpenVINO owns its parts through shared_ptr): no copy is made until the graph is
/// compiled.
///
/// Inputs, 32-bit whole numbers, [batch, length]: "ids" and "mask" (1 for tokens, 0 for padding;
/// every row has at least one 1). Output: [batch, hidden] 32-bit floats, pooled, not normalised.
/// Invalid when a tensor is missing or has another shape than the model's config.json says.
Result<std::shared_ptr<ov::Model>> build_bert_graph(const ModelDirectory& model,
                                                    std::shared_ptr<const Safetensors> weights);

}  // namespace freshet::index
