#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "base/result.h"
#include "config/settings.h"
#include "index/encoding/word_reader.h"

namespace freshet::index {

enum class Pooling { Mean, Cls };
/// "mean" or "cls", as in configuration and encoder ids.
std::string_view name_of(Pooling pooling);

enum class Activation { Gelu, GeluTanh, Relu };

/// The sizes of a BERT encoder (config.json).
struct BertShape {
  std::size_t vocabulary = 0;
  std::size_t hidden = 0;
  std::size_t layers = 0;
  std::size_t heads = 0;
  std::size_t intermediate = 0;
  std::size_t positions = 0;
  std::size_t token_types = 0;
  double layer_norm_epsilon = 1e-12;
  Activation activation = Activation::Gelu;
};

/// A sentence-transformers model directory as published, with what the settings change about it.
/// Weights and vocabulary are named, not read.
struct ModelDirectory {
  std::string name;  ///< For people.
  std::filesystem::path config;
  std::filesystem::path weights;
  std::filesystem::path vocabulary;
  BertShape shape;
  Pooling pooling = Pooling::Mean;
  Normalization normalization;
  std::size_t max_tokens = 0;  ///< Of one text, with [CLS], prefix and [SEP].
  std::string query_prefix;
  std::string passage_prefix;
};

/// Reads config.json, modules.json, 1_Pooling/config.json, sentence_bert_config.json,
/// tokenizer_config.json and config_sentence_transformers.json; only the first must exist. NotFound
/// or Invalid, naming the file and the next step, for what is missing, damaged or not BERT, and for
/// settings that no model can meet.
Result<ModelDirectory> read_model_directory(const config::EncoderSettings& settings);

}  // namespace freshet::index
