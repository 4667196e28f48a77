#include "pipeline/redaction/policy.h"

#include <optional>
#include <string_view>

#include "base/hash.h"

namespace freshet::pipeline {
namespace {

std::optional<RedactAction> action_of(std::string_view word) {
  if (word == "keep") return RedactAction::Keep;
  if (word == "mask") return RedactAction::Mask;
  if (word == "hash") return RedactAction::Hash;
  return word == "drop" ? std::optional(RedactAction::Drop) : std::nullopt;
}

/// In the order of `Personal`.
std::array<std::string_view, kPersonalKinds> words_of(const config::RedactSettings& settings) {
  return {settings.token, settings.email, settings.iban,
          settings.card,  settings.ip,    settings.phone};
}

/// Of the fields that reach an index, each with its name; empty where none is named.
std::string written(const config::RedactFieldSettings& fields) {
  std::string all;
  const auto add = [&](std::string_view name, std::string_view word) {
    // A name may hold anything; its length tells where it ends.
    if (!word.empty())
      all.append(std::to_string(name.size())).append(":").append(name).append(word).push_back(',');
  };
  add("title", fields.title);
  add("body", fields.body);
  add("attachments", fields.attachments);
  add("owner", fields.owner);
  for (const auto& [name, word] : fields.metadata) add("metadata." + name, word);
  return all;
}

}  // namespace

RedactPolicy redact_policy(const config::RedactSettings& settings, RedactAction otherwise) {
  RedactPolicy policy;
  const auto words = words_of(settings);
  for (std::size_t kind = 0; kind < kPersonalKinds; ++kind) {
    policy.actions.at(kind) = action_of(words.at(kind)).value_or(otherwise);
  }
  const config::RedactFieldSettings& fields = settings.fields;
  policy.title = action_of(fields.title);
  policy.body = action_of(fields.body);
  policy.attachments = action_of(fields.attachments);
  policy.owner = action_of(fields.owner).value_or(RedactAction::Keep);
  policy.authors = action_of(fields.authors);
  for (const auto& [name, word] : fields.metadata) policy.metadata[name] = action_of(word);
  policy.salt = settings.salt.reveal();
  return policy;
}

std::string redaction_fingerprint(std::span<const config::SourceSettings> sources) {
  std::string all;
  for (const config::SourceSettings& source : sources) {
    std::string own;
    for (const std::string_view word : words_of(source.redact)) own.append(word).push_back(',');
    own += written(source.redact.fields);
    if (own.size() == kPersonalKinds) continue;
    all += source.name + "=" + own + sha256_hex("salt " + source.redact.salt.reveal()) + ";";
  }
  return all.empty() ? all : sha256_hex(all).substr(0, 16);
}

}  // namespace freshet::pipeline
