#include "pipeline/redaction/policy.h"

#include <string_view>

#include "base/hash.h"

namespace freshet::pipeline {
namespace {

RedactAction action_of(std::string_view word, RedactAction otherwise) {
  if (word == "keep") return RedactAction::Keep;
  if (word == "mask") return RedactAction::Mask;
  if (word == "hash") return RedactAction::Hash;
  return word == "drop" ? RedactAction::Drop : otherwise;
}

/// In the order of `Personal`.
std::array<std::string_view, kPersonalKinds> words_of(const config::RedactSettings& settings) {
  return {settings.token, settings.email, settings.iban,
          settings.card,  settings.ip,    settings.phone};
}

}  // namespace

RedactPolicy redact_policy(const config::RedactSettings& settings, RedactAction otherwise) {
  RedactPolicy policy;
  const auto words = words_of(settings);
  for (std::size_t kind = 0; kind < kPersonalKinds; ++kind) {
    policy.actions.at(kind) = action_of(words.at(kind), otherwise);
  }
  policy.salt = settings.salt.reveal();
  return policy;
}

std::string redaction_fingerprint(std::span<const config::SourceSettings> sources) {
  std::string all;
  for (const config::SourceSettings& source : sources) {
    std::string own;
    for (const std::string_view word : words_of(source.redact)) own.append(word).push_back(',');
    if (own.size() == kPersonalKinds) continue;
    all += source.name + "=" + own + sha256_hex("salt " + source.redact.salt.reveal()) + ";";
  }
  return all.empty() ? all : sha256_hex(all).substr(0, 16);
}

}  // namespace freshet::pipeline
