#pragma once

#include <array>
#include <map>
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

/// What is done to which kind.
struct RedactPolicy {
  std::array<RedactAction, kPersonalKinds> actions{};
  std::string salt;  ///< For Hash: without it nobody can try out addresses against a hash.
};

/// Takes personal data out of the texts of one document. Keeps what it replaced only to number it;
/// one object per document, one thread.
class Redactor {
 public:
  /// `thread` is the id that all renditions of one thread share; hashes of two threads differ.
  Redactor(RedactPolicy policy, std::string_view thread)
      : policy_(std::move(policy)), thread_(thread) {}

  /// Whether there is anything to do.
  [[nodiscard]] bool works() const;
  std::string redact(std::string_view text);
  /// Title, blocks, links (texts, targets and the lines they stand in) and metadata; not the owner,
  /// who is there to be asked.
  /// Fragments of headings that had to change go; lines are shown from redacted text.
  void redact(ExtractedDocument& document);

 private:
  std::string stand_in(Personal kind, std::string_view text);
  void redact_links(ExtractedDocument& document);

  RedactPolicy policy_;
  std::string thread_;
  std::array<std::map<std::string, std::size_t>, kPersonalKinds> numbers_;
};

}  // namespace freshet::pipeline
