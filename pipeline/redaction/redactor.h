#pragma once

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/extract/extracted.h"
#include "pipeline/redaction/personal.h"

namespace freshet::pipeline {

enum class RedactAction {
  Keep,
  Mask,  ///< "[email 1]": the same number for the same address in one document.
  Hash,  ///< "[email 3f9a0c5d1b27]": the same in every rendition of one thread.
  Drop,
};

/// What is done to which kind, and in which field to whatever kind. Names of people are found by no
/// rule, so what is done to an owner, an author or named metadata is done to the whole value.
struct RedactPolicy {
  std::array<RedactAction, kPersonalKinds> actions{};
  std::optional<RedactAction> title{};        ///< Empty here and below: as `actions` say.
  std::optional<RedactAction> body{};         ///< Blocks and links that are of no attachment.
  std::optional<RedactAction> attachments{};  ///< Blocks and links that are of one.
  std::optional<RedactAction> owner{RedactAction::Keep};  ///< Who is there to be asked.
  std::optional<RedactAction> authors{};
  std::map<std::string, std::optional<RedactAction>> metadata{};  ///< By name.
  std::string salt;  ///< For Hash: without it nobody can try out addresses against a hash.
};

/// Takes personal data out of the texts of one document. Keeps what it replaced only to number it;
/// one object per document, one thread.
class Redactor {
 public:
  /// `thread` is the id that all renditions of one thread share; hashes of two threads differ.
  Redactor(RedactPolicy policy, std::string_view thread)
      : policy_(std::move(policy)), thread_(thread) {}

  /// Title, owner, blocks, links (texts, targets and the lines they stand in) and metadata.
  /// Fragments of headings that had to change go; lines are shown from redacted text.
  void redact(ExtractedDocument& document);

  std::string redact(std::string_view text) { return redact_text(text, {}); }
  std::string redact_title(std::string_view title) { return redact_text(title, policy_.title); }
  std::string redact_author(std::string_view author) {
    return redact_value("author", author, policy_.authors);
  }

 private:
  using Instead = std::optional<RedactAction>;

  /// Whether there is anything to do to a document.
  [[nodiscard]] bool works() const;
  std::string redact_text(std::string_view text, Instead instead);
  std::string redact_value(std::string_view name, std::string_view value, Instead whole);
  std::string stand_in(Personal kind, std::string_view text, RedactAction action);
  std::string stand_in(std::string_view name, std::string_view text, RedactAction action);
  void redact_blocks(ExtractedDocument& document, std::string_view raw_title);
  void redact_links(ExtractedDocument& document);
  void redact_metadata(ExtractedDocument& document);

  RedactPolicy policy_;
  std::string thread_;
  std::map<std::string, std::map<std::string, std::size_t>, std::less<>> numbers_;
};

}  // namespace freshet::pipeline
