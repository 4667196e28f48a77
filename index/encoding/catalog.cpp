#include "index/encoding/catalog.h"

#include "index/encoding/bert_encoder.h"
#include "index/encoding/hashing_encoder.h"

namespace freshet::index {

using config::EncoderKind;

Result<std::unique_ptr<Encoder>> create_encoder(const config::EncoderSettings& settings) {
  switch (settings.kind) {
    case EncoderKind::Hashing:
      return HashingEncoder::create(settings);
    case EncoderKind::Model:
      return BertEncoder::create(settings);
    case EncoderKind::Http:
      break;
  }
  return Error{ErrorKind::Invalid,
               "this build has only the hashing encoder; set encoder.kind: hashing"};
}

Result<std::string> encoder_id(const config::EncoderSettings& settings,
                               const std::filesystem::path& cache_dir) {
  switch (settings.kind) {
    case EncoderKind::Hashing:
      return HashingEncoder::id_for(settings);
    case EncoderKind::Model:
      return BertEncoder::id_for(settings, cache_dir);
    case EncoderKind::Http:
      break;
  }
  return Error{ErrorKind::Invalid,
               "this build has only the hashing encoder; set encoder.kind: hashing"};
}

}  // namespace freshet::index
