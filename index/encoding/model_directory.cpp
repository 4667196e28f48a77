#include "index/encoding/model_directory.h"

#include <algorithm>
#include <array>
#include <optional>

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/json.h"

namespace freshet::index {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostConfigBytes = std::size_t{4} << 20;
constexpr std::int64_t kMostSize = 1 << 20;
constexpr std::size_t kLeastTokens = 8;

Error invalid(const fs::path& file, std::string_view what) {
  return {ErrorKind::Invalid, "cannot use the model's " + file.string() + ": " + std::string(what)};
}

Result<Json> read_object(const fs::path& file) {
  FRESHET_TRY(const std::string text, read_file(file, kMostConfigBytes));
  auto value = parse_json(text);
  if (!value) return invalid(file, value.error().message);
  if (!value->is_object()) return invalid(file, "it is not a JSON object");
  return value;
}

/// An empty object where the file does not exist.
Result<Json> read_optional_object(const fs::path& file) {
  auto value = read_object(file);
  if (!value && value.error().kind == ErrorKind::NotFound) return Json::object();
  return value;
}

/// A positive whole number of config.json.
Result<std::size_t> size_member(const Json& config, const fs::path& file, std::string_view key) {
  const auto value = json_integer(config, key);
  if (!value || *value < 1 || *value > kMostSize) {
    return invalid(file, "\"" + std::string(key) + "\" is missing or out of range");
  }
  return static_cast<std::size_t>(*value);
}

Result<Activation> activation_named(const fs::path& file, const std::string& name) {
  if (name == "gelu") return Activation::Gelu;
  if (name == "gelu_new" || name == "gelu_pytorch_tanh") return Activation::GeluTanh;
  if (name == "relu") return Activation::Relu;
  return invalid(file, "activation \"" + name + "\" is none of gelu, gelu_new, relu");
}

Result<BertShape> read_shape(const Json& config, const fs::path& file) {
  if (json_string(config, "model_type").value_or("bert") != "bert") {
    return invalid(file, "model_type is not \"bert\"; choose a BERT-type model");
  }
  if (json_string(config, "position_embedding_type").value_or("absolute") != "absolute") {
    return invalid(file, "position_embedding_type is not \"absolute\"");
  }
  BertShape shape;
  FRESHET_TRY(shape.vocabulary, size_member(config, file, "vocab_size"));
  FRESHET_TRY(shape.hidden, size_member(config, file, "hidden_size"));
  FRESHET_TRY(shape.layers, size_member(config, file, "num_hidden_layers"));
  FRESHET_TRY(shape.heads, size_member(config, file, "num_attention_heads"));
  FRESHET_TRY(shape.intermediate, size_member(config, file, "intermediate_size"));
  FRESHET_TRY(shape.positions, size_member(config, file, "max_position_embeddings"));
  FRESHET_TRY(shape.token_types, size_member(config, file, "type_vocab_size"));
  shape.layer_norm_epsilon = json_number(config, "layer_norm_eps").value_or(1e-12);
  if (!(shape.layer_norm_epsilon > 0 && shape.layer_norm_epsilon < 1)) {
    return invalid(file, "\"layer_norm_eps\" is out of range");
  }
  if (shape.hidden % shape.heads != 0) {
    return invalid(file, "hidden_size is not a multiple of num_attention_heads");
  }
  FRESHET_TRY(shape.activation,
              activation_named(file, json_string(config, "hidden_act").value_or("gelu")));
  return shape;
}

/// The folder of the pooling module; "1_Pooling" where modules.json does not say.
fs::path pooling_folder(const fs::path& directory) {
  const auto text = read_file(directory / "modules.json", kMostConfigBytes);
  const auto modules = text ? parse_json(*text) : Result<Json>(Json());
  if (modules && modules->is_array()) {
    for (const Json& module : *modules) {
      const std::string type = json_string(module, "type").value_or("");
      const fs::path folder = json_string(module, "path").value_or("");
      if (type.ends_with(".Pooling") && !folder.empty() && !folder.has_parent_path()) return folder;
    }
  }
  return "1_Pooling";
}

Result<Pooling> pooling_named(const std::string& name) {
  if (name == "mean") return Pooling::Mean;
  if (name == "cls") return Pooling::Cls;
  return Error{ErrorKind::Invalid, "encoder.pooling is \"" + name + "\"; set it to mean or cls"};
}

Result<Pooling> read_pooling(const fs::path& directory, const config::EncoderSettings& settings) {
  if (!settings.pooling.empty()) return pooling_named(settings.pooling);
  const fs::path file = directory / pooling_folder(directory) / "config.json";
  FRESHET_TRY(const Json config, read_optional_object(file));
  const bool cls = json_boolean(config, "pooling_mode_cls_token").value_or(false);
  const bool mean = json_boolean(config, "pooling_mode_mean_tokens").value_or(config.empty());
  if (cls == mean) {
    return invalid(file,
                   "its pooling is neither mean nor cls alone; set encoder.pooling to mean or cls");
  }
  return cls ? Pooling::Cls : Pooling::Mean;
}

Result<std::size_t> read_max_tokens(const fs::path& directory, const BertShape& shape,
                                    std::size_t wanted) {
  const fs::path file = directory / "sentence_bert_config.json";
  FRESHET_TRY(const Json config, read_optional_object(file));
  std::size_t own = shape.positions;
  if (const auto stated = json_integer(config, "max_seq_length")) {
    if (*stated < 1) return invalid(file, "\"max_seq_length\" is out of range");
    own = std::min(own, static_cast<std::size_t>(*stated));
  }
  if (wanted == 0) return own;
  if (wanted < kLeastTokens || wanted > shape.positions) {
    return Error{ErrorKind::Invalid, "encoder.max_tokens is " + std::to_string(wanted) +
                                         "; the model takes 8 .. " +
                                         std::to_string(shape.positions)};
  }
  return wanted;
}

Result<Normalization> read_normalization(const fs::path& directory) {
  FRESHET_TRY(const Json config, read_optional_object(directory / "tokenizer_config.json"));
  Normalization normalization;
  normalization.lower_case = json_boolean(config, "do_lower_case").value_or(true);
  // The reference strips accents exactly when it lower-cases, unless told.
  normalization.strip_accents =
      json_boolean(config, "strip_accents").value_or(normalization.lower_case);
  return normalization;
}

/// The prompt under the first of `names` that the model defines; the setting goes before all.
std::string prefix(const std::string& setting, const Json* prompts,
                   std::initializer_list<std::string_view> names) {
  if (!setting.empty() || prompts == nullptr) return setting;
  for (const std::string_view name : names) {
    if (const auto text = json_string(*prompts, name)) return *text;
  }
  return {};
}

Result<Done> require(const fs::path& file) {
  std::error_code code;
  if (fs::is_regular_file(file, code)) return Done{};
  return Error{ErrorKind::NotFound, "the model's " + file.string() + " is missing"};
}

Result<Done> check_precision(const std::string& precision) {
  if (precision == "auto" || precision == "f32" || precision == "bf16") return Done{};
  return Error{ErrorKind::Invalid,
               "encoder.precision is \"" + precision + "\"; set it to auto, f32 or bf16"};
}

std::string display_name(const fs::path& directory) {
  const fs::path clean = (directory / "").lexically_normal().parent_path();
  return clean.filename() == "model" ? clean.parent_path().filename().string()
                                     : clean.filename().string();
}

Result<ModelDirectory> read_members(const config::EncoderSettings& settings) {
  const fs::path& directory = settings.model;
  ModelDirectory model;
  model.name = display_name(directory);
  model.config = directory / "config.json";
  model.weights = directory / "model.safetensors";
  model.vocabulary = directory / "vocab.txt";
  for (const fs::path* file : {&model.config, &model.weights, &model.vocabulary}) {
    FRESHET_CHECK(require(*file));
  }
  FRESHET_TRY(const Json config, read_object(model.config));
  FRESHET_TRY(model.shape, read_shape(config, model.config));
  FRESHET_TRY(model.pooling, read_pooling(directory, settings));
  FRESHET_TRY(model.max_tokens, read_max_tokens(directory, model.shape, settings.max_tokens));
  FRESHET_TRY(model.normalization, read_normalization(directory));
  FRESHET_TRY(const Json prompts_file,
              read_optional_object(directory / "config_sentence_transformers.json"));
  const Json* prompts = json_member(prompts_file, "prompts");
  model.query_prefix = prefix(settings.query_prefix, prompts, {"query"});
  model.passage_prefix = prefix(settings.passage_prefix, prompts, {"passage", "document"});
  return model;
}

}  // namespace

std::string_view name_of(Pooling pooling) {
  return pooling == Pooling::Mean ? "mean" : "cls";
}

Result<ModelDirectory> read_model_directory(const config::EncoderSettings& settings) {
  FRESHET_CHECK(check_precision(settings.precision));
  if (settings.model.empty()) {
    return Error{
        ErrorKind::Invalid,
        "no model directory is set; run scripts/setup for the default model or set encoder.model"};
  }
  auto model = read_members(settings);
  if (!model && model.error().kind == ErrorKind::NotFound) {
    Error error = std::move(model).error();
    error.message +=
        "; run scripts/setup to fetch the default model, or set encoder.model to a BERT-type model "
        "directory";
    return error;
  }
  return model;
}

}  // namespace freshet::index
