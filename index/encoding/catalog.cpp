#include "index/encoding/catalog.h"

#include "index/encoding/bert_encoder.h"
#include "index/encoding/hashing_encoder.h"
#include "index/encoding/http_encoder.h"

namespace freshet::index {
namespace {

using config::EncoderKind;

Error unknown_kind() {
  return {ErrorKind::Internal, "an encoder kind without an encoder"};
}

}  // namespace

Result<std::unique_ptr<Encoder>> create_encoder(const config::EncoderSettings& settings) {
  switch (settings.kind) {
    case EncoderKind::Model:
      return BertEncoder::create(settings);
    case EncoderKind::Http:
      return HttpEncoder::create(settings);
    case EncoderKind::Hashing:
      return HashingEncoder::create(settings);
  }
  return unknown_kind();
}

Result<std::string> encoder_id(const config::EncoderSettings& settings,
                               const std::filesystem::path& cache_dir) {
  switch (settings.kind) {
    case EncoderKind::Model:
      return BertEncoder::id_for(settings, cache_dir);
    case EncoderKind::Http:
      return HttpEncoder::id_for(settings);
    case EncoderKind::Hashing:
      return HashingEncoder::id_for(settings);
  }
  return unknown_kind();
}

}  // namespace freshet::index
