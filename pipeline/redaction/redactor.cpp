#include "pipeline/redaction/redactor.h"

#include <algorithm>

#include "base/hash.h"
#include "base/utf8.h"

namespace freshet::pipeline {
namespace {

constexpr std::size_t kHashDigits = 12;
constexpr std::size_t kMaxQuoteBytes = 200;

/// The block that a line belongs to, by the lines where blocks begin (ascending).
const Block* block_at(const std::vector<Block>& blocks, std::size_t line) {
  const auto behind = std::upper_bound(
      blocks.begin(), blocks.end(), line,
      [](std::size_t wanted, const Block& block) { return wanted < block.range.line_first; });
  if (behind == blocks.begin()) return nullptr;
  const Block& block = *(behind - 1);
  return line <= block.range.line_last ? &block : nullptr;
}

}  // namespace

bool Redactor::works() const {
  return std::any_of(policy_.actions.begin(), policy_.actions.end(),
                     [](RedactAction action) { return action != RedactAction::Keep; });
}

std::string Redactor::stand_in(Personal kind, std::string_view text) {
  const auto index = static_cast<std::size_t>(kind);
  const std::string name(name_of(kind));
  const std::string normal = normal_form(kind, text);
  switch (policy_.actions.at(index)) {
    case RedactAction::Keep:
      return std::string(text);
    case RedactAction::Drop:
      return {};
    case RedactAction::Hash: {
      const std::string_view zero("\0", 1);
      std::string salted = policy_.salt;
      for (const std::string_view part :
           {std::string_view(thread_), std::string_view(name), std::string_view(normal)})
        salted.append(zero).append(part);
      return "[" + name + " " + sha256_hex(salted).substr(0, kHashDigits) + "]";
    }
    case RedactAction::Mask: {
      auto& numbers = numbers_.at(index);
      const auto [found, fresh] = numbers.emplace(normal, numbers.size() + 1);
      return "[" + name + " " + std::to_string(found->second) + "]";
    }
  }
  return {};
}

std::string Redactor::redact(std::string_view text) {
  std::string out;
  std::size_t done = 0;
  for (const PersonalSpan& span : find_personal(text)) {
    out.append(text.substr(done, span.begin - done));
    out.append(stand_in(span.kind, text.substr(span.begin, span.end - span.begin)));
    done = span.end;
  }
  return out.append(text.substr(done));
}

void Redactor::redact(ExtractedDocument& document) {
  if (!works()) return;
  document.title = redact(document.title);
  for (Block& block : document.blocks) {
    std::string redacted = redact(block.text);
    if (redacted != block.text) block.anchor.clear();
    block.text = std::move(redacted);
  }
  redact_links(document);
  for (auto& [name, value] : document.metadata) value = redact(value);
}

/// The line a link stands in is raw text, cut at some byte: half a card number or an address in
/// character references would pass any recogniser. So the line is taken from the redacted blocks.
void Redactor::redact_links(ExtractedDocument& document) {
  const bool ascending = std::is_sorted(
      document.blocks.begin(), document.blocks.end(),
      [](const Block& a, const Block& b) { return a.range.line_first < b.range.line_first; });
  for (ExtractedLink& link : document.links) {
    link.text = redact(link.text);
    link.target = redact(link.target);
    const Block* block = ascending ? block_at(document.blocks, link.line) : nullptr;
    link.quote = truncate_utf8(block != nullptr ? block->text : link.text, kMaxQuoteBytes);
  }
}

}  // namespace freshet::pipeline
