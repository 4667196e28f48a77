#include "index/segments/hidden_documents.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/json.h"
#include "index/segments/layout.h"

namespace freshet::index {

namespace {

/// nullopt for a line that a crash cut off: whoever wrote it was never told that it is written.
std::optional<HiddenDocument> parse(std::string_view line) {
  const auto json = parse_json(line);
  if (!json) return std::nullopt;
  const auto id = json_string(*json, "id");
  const auto sequence = json_integer(*json, "sequence");
  if (!id || !sequence) return std::nullopt;
  return HiddenDocument{*id, json_string(*json, "ledger").value_or(""),
                        static_cast<std::uint64_t>(*sequence)};
}

}  // namespace

Result<Done> hide_documents(const std::filesystem::path& index_directory,
                            std::span<const HiddenDocument> documents) {
  std::string lines;
  for (const HiddenDocument& document : documents) {
    const Json line = {
        {"id", document.id}, {"ledger", document.ledger}, {"sequence", document.sequence}};
    // The newline before it ends a line that a crash cut off.
    lines += "\n" + dump_json(line) + "\n";
  }
  if (lines.empty()) return Done{};
  return append_to_file(hidden_documents_path(index_directory), lines);
}

Result<std::vector<std::string>> hidden_documents(const std::filesystem::path& index_directory,
                                                  const GenerationSummary& generation) {
  std::vector<std::string> ids;
  const auto text = read_file(hidden_documents_path(index_directory));
  if (!text && text.error().kind == ErrorKind::NotFound) return ids;
  if (!text) return text.error();
  for (std::string_view rest = *text; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    const auto hidden = parse(line);
    if (hidden && hidden->ledger == generation.identity.ledger &&
        hidden->sequence > generation.ledger_sequence) {
      ids.push_back(hidden->id);
    }
  }
  return ids;
}

}  // namespace freshet::index
