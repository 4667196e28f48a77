#include "pipeline/extract/front_matter.h"

#include <algorithm>
#include <optional>

#include <yaml-cpp/yaml.h>

#include "base/utf8.h"
#include "pipeline/extract/lines.h"
#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

constexpr std::size_t kMaxBlockBytes = 64 << 10;
constexpr std::size_t kMaxKeys = 100;
constexpr std::size_t kMaxValueBytes = 1000;

struct Settings {
  std::string_view content;
  std::size_t size = 0;  // With both fences.
  bool toml = false;
};

std::optional<Settings> find_block(std::string_view text) {
  const bool toml = text.starts_with("+++");
  const std::string_view fence = toml ? "+++" : "---";
  if (!text.starts_with(fence)) return std::nullopt;
  const std::string_view head = text.substr(0, kMaxBlockBytes);
  const Lines lines(head);
  if (trim_right(lines.line(1)) != fence) return std::nullopt;
  for (std::size_t number = 2; number <= lines.count(); ++number) {
    const std::string_view line = trim_right(lines.line(number));
    if (line != fence && (toml || line != "...")) continue;
    const std::size_t begin = lines.begin(2);
    const std::size_t end = lines.begin(number);
    return Settings{text.substr(begin, end - begin), end + lines.line(number).size(), toml};
  }
  return std::nullopt;
}

void set_field(ExtractedDocument& document, const std::string& key, std::string value) {
  value = truncate_utf8(trim(value), kMaxValueBytes);
  const std::string name = to_lower(key);
  if (value.empty() || key.size() > kMaxValueBytes) return;
  if (name == "title") {
    document.title = clean_line(value);
  } else if (name == "owner" || name == "author" || name == "authors" || name == "maintainer") {
    if (document.owner.empty() || name == "owner") document.owner = value;
  } else if (name == "language" || name == "lang" || name == "locale") {
    document.language = language_code(value);
  } else if (document.metadata.size() < kMaxKeys) {
    document.metadata[key] = value;
  }
}

std::string scalar_or_list(const YAML::Node& node) {
  if (node.IsScalar()) return node.Scalar();
  std::string joined;
  if (!node.IsSequence()) return joined;
  for (const auto& item : node) {
    if (!item.IsScalar() || joined.size() > kMaxValueBytes) continue;
    joined += (joined.empty() ? "" : ", ") + item.Scalar();
  }
  return joined;
}

void read_yaml(std::string_view content, ExtractedDocument& document) {
  try {
    const YAML::Node root = YAML::Load(std::string(content));
    if (!root.IsMap()) return;
    for (const auto& entry : root) {
      if (entry.first.IsScalar())
        set_field(document, entry.first.Scalar(), scalar_or_list(entry.second));
    }
  } catch (const YAML::Exception& error) {
    document.warnings.push_back("front matter was ignored, it is not valid YAML: " + error.msg +
                                " (line " + std::to_string(std::max(error.mark.line, 0) + 2) + ")");
  }
}

std::string unquoted(std::string_view value) {
  value = trim(value);
  const bool quoted = value.size() >= 2 && (value.front() == '"' || value.front() == '\'') &&
                      value.back() == value.front();
  return std::string(quoted ? value.substr(1, value.size() - 2) : value);
}

std::string toml_value(std::string_view value) {
  value = trim(value);
  if (!value.starts_with('[') || !value.ends_with(']')) return unquoted(value);
  std::string joined;
  for (const std::string_view item : split_at(value.substr(1, value.size() - 2), ',')) {
    const std::string scalar = unquoted(item);
    if (!scalar.empty()) joined += (joined.empty() ? "" : ", ") + scalar;
  }
  return joined;
}

// Only the plain "key = value" lines above the first table: that is where site generators keep what
// we read.
void read_toml(std::string_view content, ExtractedDocument& document) {
  for (const std::string_view raw : split_at(content, '\n')) {
    const std::string_view line = trim(raw);
    if (line.starts_with('[')) return;
    const std::size_t equals = line.find('=');
    if (line.starts_with('#') || equals == std::string_view::npos) continue;
    set_field(document, unquoted(line.substr(0, equals)), toml_value(line.substr(equals + 1)));
  }
}

}  // namespace

std::string language_code(std::string_view tag) {
  const std::string lower = to_lower(trim(tag));
  const bool two_letters = lower.size() >= 2 && is_letter(lower[0]) && is_letter(lower[1]) &&
                           (lower.size() == 2 || lower[2] == '-' || lower[2] == '_');
  return two_letters ? lower.substr(0, 2) : std::string();
}

std::size_t read_front_matter(std::string_view text, ExtractedDocument& document) {
  const std::optional<Settings> settings = find_block(text);
  if (!settings) return 0;
  if (settings->toml) {
    read_toml(settings->content, document);
  } else {
    read_yaml(settings->content, document);
  }
  return settings->size;
}

}  // namespace freshet::pipeline
