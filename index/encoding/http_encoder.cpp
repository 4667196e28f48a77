#include "index/encoding/http_encoder.h"

#include <algorithm>
#include <random>

#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "base/json.h"
#include "index/encoding/embeddings_api.h"

namespace freshet::index {
namespace {

constexpr std::size_t kDefaultWindow = 512;
constexpr std::size_t kMostTextsPerRequest = 2048;  // The API's own limit.
constexpr std::size_t kMostDimension = 65536;
constexpr std::size_t kIdDigits = 16;
// A float takes some twelve bytes in JSON and may be indented; the rest is for the envelope.
constexpr std::size_t kBytesPerNumber = 64;
constexpr std::size_t kEnvelopeBytes = std::size_t{1} << 20;

std::size_t max_tokens(const config::EncoderSettings& settings) {
  return settings.max_tokens == 0 ? kDefaultWindow : settings.max_tokens;
}

std::size_t texts_per_request(const config::EncoderSettings& settings) {
  return std::clamp<std::size_t>(settings.batch_size, 1, kMostTextsPerRequest);
}

std::size_t prefix_tokens(const config::EncoderSettings& settings) {
  const ApproximateCounter counter(0);
  return std::max(counter.count(settings.query_prefix), counter.count(settings.passage_prefix));
}

Result<Done> check(const config::EncoderSettings& settings) {
  const auto invalid = [](const std::string& what) { return Error{ErrorKind::Invalid, what}; };
  if (!settings.endpoint.starts_with("http://") && !settings.endpoint.starts_with("https://")) {
    return invalid(
        "encoder.endpoint is no http or https address; set it to one like "
        "https://host/v1/embeddings");
  }
  if (settings.model_name.empty())
    return invalid("encoder.model_name is not set; the endpoint needs it");
  if (settings.dimension == 0 || settings.dimension > kMostDimension) {
    return invalid("encoder.dimension must be 1 .. 65536, as many as the endpoint's vectors have");
  }
  if (prefix_tokens(settings) >= max_tokens(settings)) {
    return invalid("the encoder's prefixes leave no room in encoder.max_tokens");
  }
  return Done{};
}

http::ClientOptions client_options(const config::EncoderSettings& settings) {
  http::ClientOptions options;
  options.max_body_bytes =
      kEnvelopeBytes + texts_per_request(settings) * settings.dimension * kBytesPerNumber;
  return options;
}

/// What create() uses outside tests; the waiter has no state.
const HttpEncoderSurroundings& system_surroundings() {
  static const SystemClock kClock;
  static http::SleepingWaiter waiter;
  static const HttpEncoderSurroundings kSystem{kClock, waiter, std::random_device{}()};
  return kSystem;
}

bool has_visible_characters(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char byte) { return static_cast<unsigned char>(byte) > ' '; });
}

}  // namespace

Result<std::string> HttpEncoder::id_for(const config::EncoderSettings& settings) {
  FRESHET_CHECK(check(settings));
  Json parts = Json::array();
  parts.push_back(settings.endpoint);
  parts.push_back(settings.model_name);
  parts.push_back(settings.query_prefix);
  parts.push_back(settings.passage_prefix);
  return "http:" + sha256_hex(dump_json(parts)).substr(0, kIdDigits) + ":" +
         std::to_string(settings.dimension) + ":" + std::to_string(max_tokens(settings));
}

Result<std::unique_ptr<Encoder>> HttpEncoder::create(const config::EncoderSettings& settings) {
  return create(settings, system_surroundings());
}

Result<std::unique_ptr<Encoder>> HttpEncoder::create(const config::EncoderSettings& settings,
                                                     const HttpEncoderSurroundings& surroundings) {
  FRESHET_TRY(std::string id, id_for(settings));
  return std::unique_ptr<Encoder>(
      std::make_unique<HttpEncoder>(std::move(id), settings, surroundings));
}

HttpEncoder::HttpEncoder(std::string id, const config::EncoderSettings& settings,
                         const HttpEncoderSurroundings& surroundings)
    : id_(std::move(id)),
      settings_(settings),
      counter_(max_tokens(settings) - prefix_tokens(settings)),
      client_(client_options(settings)),
      rate_limit_(std::make_unique<RateLimit>(settings.requests_per_minute, surroundings.clock,
                                              surroundings.waiter)) {
  const auto send = [this](const http::Request& request, const Interruption& interruption) {
    rate_limit_->pass(interruption);
    return client_.send(request, interruption);
  };
  sender_ = std::make_unique<http::RetryingSender>(send, http::RetryPolicy{}, surroundings.clock,
                                                   surroundings.waiter, surroundings.seed);
}

std::string HttpEncoder::description() const {
  return settings_.model_name + " at " + http::displayable_url(settings_.endpoint) + ", " +
         std::to_string(dimension()) + " dimensions";
}

std::string HttpEncoder::input_for(std::string_view text, TextRole role) const {
  const std::string& prefix =
      role == TextRole::Query ? settings_.query_prefix : settings_.passage_prefix;
  return prefix + std::string(ApproximateCounter::cut(text, counter_.window()));
}

Result<std::vector<Embedding>> HttpEncoder::encode(std::span<const std::string_view> texts,
                                                   TextRole role,
                                                   const Interruption& interruption) const {
  std::vector<std::string> inputs;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (!has_visible_characters(texts[i])) continue;
    inputs.push_back(input_for(texts[i], role));
    places.push_back(i);
  }
  Embedding first_axis(dimension(), 0.0F);
  first_axis.front() = 1;
  std::vector<Embedding> vectors(texts.size(), first_axis);
  const std::size_t step = texts_per_request(settings_);
  for (std::size_t start = 0; start < inputs.size(); start += step) {
    const auto end = std::min(start + step, inputs.size());
    const std::vector<std::string> batch(inputs.begin() + static_cast<std::ptrdiff_t>(start),
                                         inputs.begin() + static_cast<std::ptrdiff_t>(end));
    FRESHET_TRY(std::vector<Embedding> answer, request(batch, interruption));
    for (std::size_t i = start; i < end; ++i) vectors[places[i]] = std::move(answer[i - start]);
  }
  return vectors;
}

Result<std::vector<Embedding>> HttpEncoder::request(const std::vector<std::string>& inputs,
                                                    const Interruption& interruption) const {
  http::Request request;
  request.method = http::Method::Post;
  request.url = settings_.endpoint;
  request.headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}};
  if (!settings_.api_key.empty()) {
    request.headers.emplace_back("Authorization", "Bearer " + settings_.api_key.reveal());
  }
  request.body = embeddings_request(settings_.model_name, inputs);
  FRESHET_TRY(const http::Response response, sender_->send(request, interruption));
  if (response.status != 200) return refusal(response);
  return parse_embeddings(response.body, {inputs.size(), dimension()});
}

Error HttpEncoder::refusal(const http::Response& response) const {
  const int status = response.status;
  const std::string start = "the embeddings endpoint " + http::displayable_url(settings_.endpoint) +
                            " answered " + std::to_string(status);
  // Such answers like to repeat the key that they do not accept.
  if (status == 401 || status == 403) {
    return {ErrorKind::Denied, start + "; check encoder.api_key"};
  }
  std::string message = error_message_of(response.body);
  const std::string& key = settings_.api_key.reveal();
  for (std::size_t at = message.find(key); !key.empty() && at != std::string::npos;
       at = message.find(key)) {
    message.replace(at, key.size(), "…");
  }
  if (!message.empty()) message = ": " + message;
  if (status == 408 || status == 425 || status == 429 || status >= 500) {
    return {ErrorKind::Unavailable, start + message};
  }
  if (status >= 300 && status < 400) {
    return {ErrorKind::Invalid, start + "; set encoder.endpoint to the address it redirects to"};
  }
  return {ErrorKind::Invalid, start + message};
}

}  // namespace freshet::index
