#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/http/client.h"
#include "base/http/retry.h"
#include "base/http/waiter.h"
#include "base/result.h"
#include "config/settings.h"
#include "index/encoding/approximate_counter.h"
#include "index/encoding/encoder.h"
#include "index/encoding/rate_limit.h"

namespace freshet::index {

/// Where an encoder behind an endpoint gets time and chance from. All must outlive the encoder.
struct HttpEncoderSurroundings {
  const Clock& clock;
  http::Waiter& waiter;
  std::uint64_t seed;  ///< Of the retries' jitter.
};

/// Any OpenAI-compatible POST /v1/embeddings endpoint. Throttling and outages are retried; errors
/// are Denied for 401 and 403, Invalid for other refusals and unusable answers, Unavailable for
/// what is still down after all attempts. The key never appears in a message. Texts without a
/// visible character are not sent; they get the first axis as their vector. Thread-safe.
class HttpEncoder final : public Encoder {
 public:
  /// With the system's clock and real waiting. Invalid for settings that cannot work; sends
  /// nothing.
  static Result<std::unique_ptr<Encoder>> create(const config::EncoderSettings& settings);
  static Result<std::unique_ptr<Encoder>> create(const config::EncoderSettings& settings,
                                                 const HttpEncoderSurroundings& surroundings);
  /// Covers endpoint, model name, dimension, prefixes and window. Invalid as create().
  static Result<std::string> id_for(const config::EncoderSettings& settings);

  /// For create(), which checks what is given here.
  HttpEncoder(std::string id, const config::EncoderSettings& settings,
              const HttpEncoderSurroundings& surroundings);

  [[nodiscard]] const std::string& id() const override { return id_; }
  [[nodiscard]] std::string description() const override;
  [[nodiscard]] std::size_t dimension() const override { return settings_.dimension; }
  [[nodiscard]] const TokenCounter& tokens() const override { return counter_; }
  Result<std::vector<Embedding>> encode(std::span<const std::string_view> texts, TextRole role,
                                        const Interruption& interruption) const override;

 private:
  [[nodiscard]] std::string input_for(std::string_view text, TextRole role) const;
  Result<std::vector<Embedding>> request(const std::vector<std::string>& inputs,
                                         const Interruption& interruption) const;
  [[nodiscard]] Error refusal(const http::Response& response) const;

  std::string id_;
  config::EncoderSettings settings_;
  ApproximateCounter counter_;
  http::Client client_;
  std::unique_ptr<RateLimit> rate_limit_;         ///< Behind a pointer, because encode() is const.
  std::unique_ptr<http::RetryingSender> sender_;  ///< Likewise.
};

}  // namespace freshet::index
