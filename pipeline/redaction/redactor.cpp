#include "pipeline/redaction/redactor.h"

#include <algorithm>
#include <utility>

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
  const auto acts = [](Instead action) {
    return action.value_or(RedactAction::Keep) != RedactAction::Keep;
  };
  const auto& metadata = policy_.metadata;
  return std::any_of(policy_.actions.begin(), policy_.actions.end(), acts) || acts(policy_.title) ||
         acts(policy_.body) || acts(policy_.attachments) || acts(policy_.owner) ||
         std::any_of(metadata.begin(), metadata.end(),
                     [&](const auto& named) { return acts(named.second); });
}

std::string Redactor::stand_in(Personal kind, std::string_view text, RedactAction action) {
  if (action == RedactAction::Keep) return std::string(text);
  return stand_in(name_of(kind), normal_form(kind, text), action);
}

std::string Redactor::stand_in(std::string_view name, std::string_view text, RedactAction action) {
  const std::string begin = "[" + std::string(name) + " ";
  switch (action) {
    case RedactAction::Keep:
      return std::string(text);
    case RedactAction::Drop:
      return {};
    case RedactAction::Hash: {
      const std::string_view zero("\0", 1);
      std::string salted = policy_.salt;
      for (const std::string_view part : {std::string_view(thread_), name, text})
        salted.append(zero).append(part);
      return begin + sha256_hex(salted).substr(0, kHashDigits) + "]";
    }
    case RedactAction::Mask: {
      auto& numbers = numbers_[std::string(name)];
      const auto [found, fresh] = numbers.emplace(text, numbers.size() + 1);
      return begin + std::to_string(found->second) + "]";
    }
  }
  return {};
}

std::string Redactor::redact_text(std::string_view text, Instead instead) {
  std::string out;
  std::size_t done = 0;
  for (const PersonalSpan& span : find_personal(text)) {
    const RedactAction action =
        instead.value_or(policy_.actions.at(static_cast<std::size_t>(span.kind)));
    out.append(text.substr(done, span.begin - done));
    out.append(stand_in(span.kind, text.substr(span.begin, span.end - span.begin), action));
    done = span.end;
  }
  return out.append(text.substr(done));
}

/// A value that is an address as a whole has the stand-in that the address has in the text.
std::string Redactor::redact_value(std::string_view name, std::string_view value, Instead whole) {
  if (!whole) return redact_text(value, {});
  if (value.empty()) return {};
  const auto found = find_personal(value);
  const bool one = found.size() == 1 && found[0].begin == 0 && found[0].end == value.size();
  return one ? stand_in(found[0].kind, value, *whole) : stand_in(name, value, *whole);
}

void Redactor::redact(ExtractedDocument& document) {
  if (!works()) return;
  const std::string title = std::exchange(document.title, redact_title(document.title));
  document.owner = redact_value("owner", document.owner, policy_.owner);
  redact_blocks(document, title);
  redact_links(document);
  redact_metadata(document);
}

/// A heading that repeats the title is the title, wherever it stands.
void Redactor::redact_blocks(ExtractedDocument& document, std::string_view raw_title) {
  for (Block& block : document.blocks) {
    const bool title = block.kind == BlockKind::Heading && block.text == raw_title;
    const Instead instead = title              ? policy_.title
                            : block.attachment ? policy_.attachments
                                               : policy_.body;
    std::string redacted = redact_text(block.text, instead);
    if (redacted != block.text) block.anchor.clear();
    block.text = std::move(redacted);
  }
}

void Redactor::redact_metadata(ExtractedDocument& document) {
  auto& metadata = document.metadata;
  for (auto named = metadata.begin(); named != metadata.end();) {
    const auto action = policy_.metadata.find(named->first);
    const Instead whole = action == policy_.metadata.end() ? std::nullopt : action->second;
    named->second = redact_value(named->first, named->second, whole);
    named = whole == RedactAction::Drop ? metadata.erase(named) : std::next(named);
  }
}

/// The line a link stands in is raw text, cut at some byte: half a card number or an address in
/// character references would pass any recogniser. So the line is taken from the redacted blocks.
void Redactor::redact_links(ExtractedDocument& document) {
  const bool ascending = std::is_sorted(
      document.blocks.begin(), document.blocks.end(),
      [](const Block& a, const Block& b) { return a.range.line_first < b.range.line_first; });
  for (ExtractedLink& link : document.links) {
    const Instead instead = link.attachment ? policy_.attachments : policy_.body;
    link.text = redact_text(link.text, instead);
    link.target = redact_text(link.target, instead);
    const Block* block = ascending ? block_at(document.blocks, link.line) : nullptr;
    link.quote = truncate_utf8(block != nullptr ? block->text : link.text, kMaxQuoteBytes);
  }
}

}  // namespace freshet::pipeline
