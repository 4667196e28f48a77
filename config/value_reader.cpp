#include "config/value_reader.h"

#include <algorithm>
#include <utility>

#include "base/nearest_name.h"
#include "config/names.h"
#include "config/secret_file.h"
#include "config/units.h"
#include "config/value_text.h"

namespace freshet::config {
namespace {

constexpr std::size_t kMostItems = 1000;

std::string_view kind_of(const Node& node) {
  switch (node.kind) {
    case Node::Kind::Null:
      return "nothing";
    case Node::Kind::Scalar:
      return "a single value";
    case Node::Kind::List:
      return "a list";
    case Node::Kind::Map:
      return "a map";
  }
  return "something else";
}

Result<double> parse_number(OptionType type, std::string_view text) {
  if (type == OptionType::Bytes) return parse_bytes(text);
  if (type == OptionType::Duration) return parse_duration(text);
  if (type == OptionType::Fraction) return parse_fraction(text);
  return parse_count(text);
}

bool has_control_characters(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

}  // namespace

ValueReader::ValueReader(EnvironmentLookup environment, std::filesystem::path directory,
                         Problems& problems)
    : environment_(std::move(environment)),
      directory_(std::move(directory)),
      problems_(&problems) {}

std::filesystem::path ValueReader::absolute(std::string_view path) const {
  auto normal = (directory_ / path).lexically_normal();
  return normal.has_filename() || normal == normal.root_path() ? normal : normal.parent_path();
}

void ValueReader::error(const Value& value, std::string message) {
  problems_->error(value.node.at, value.name, std::move(message));
}

std::optional<std::string> ValueReader::text_of(const Node& node, std::string_view name) {
  if (node.kind == Node::Kind::Null) {
    problems_->error(node.at, name, "has no value; give one or remove the line");
    return std::nullopt;
  }
  if (node.kind != Node::Kind::Scalar) {
    problems_->error(node.at, name, "wants a single value, not " + std::string(kind_of(node)));
    return std::nullopt;
  }
  auto text = expand_variables(node.text, environment_);
  if (!text) {
    problems_->error(node.at, name, text.error().message);
    return std::nullopt;
  }
  if (has_control_characters(*text)) {
    problems_->error(node.at, name, "holds control characters or more than one line");
    return std::nullopt;
  }
  return *std::move(text);
}

std::optional<std::string> ValueReader::scalar(const Value& value) {
  auto text = text_of(value.node, value.name);
  if (text && static_cast<double>(text->size()) > value.option.maximum) {
    error(value,
          "is longer than " + format_number(value.option, value.option.maximum) + " characters");
    return std::nullopt;
  }
  return text;
}

std::optional<double> ValueReader::number(const Value& value) {
  const auto text = text_of(value.node, value.name);
  if (!text) return std::nullopt;
  const auto parsed = parse_number(value.option.type, *text);
  if (!parsed) {
    error(value, parsed.error().message);
    return std::nullopt;
  }
  if (*parsed < value.option.minimum || *parsed > value.option.maximum) {
    error(value, "\"" + *text + "\" is out of range; it may go from " +
                     format_number(value.option, value.option.minimum) + " to " +
                     format_number(value.option, value.option.maximum));
    return std::nullopt;
  }
  return *parsed;
}

bool ValueReader::check_choice(const Value& value, std::string_view text) {
  const auto& choices = value.option.choices;
  if (std::find(choices.begin(), choices.end(), text) != choices.end()) return true;
  const auto nearest = nearest_name(text, choices);
  error(value, "\"" + std::string(text.substr(0, 60)) + "\" is none of its words; " +
                   (nearest ? "did you mean " + std::string(*nearest) + "?"
                            : "write " + join_alternatives({choices.begin(), choices.end()})));
  return false;
}

void ValueReader::read(const Value& value, std::string& out) {
  auto text = scalar(value);
  if (!text) return;
  if (value.option.type == OptionType::Choice && !check_choice(value, *text)) return;
  if (value.option.presence == Presence::Required && text->empty()) {
    return error(value, "is empty");
  }
  if (value.option.type == OptionType::Location && !is_remote_location(*text)) {
    text = absolute(*text).string();
  }
  out = *std::move(text);
}

void ValueReader::read(const Value& value, std::filesystem::path& out) {
  const auto text = scalar(value);
  if (!text) return;
  if (text->empty()) return error(value, "is empty; name a path or remove the line");
  out = absolute(*text);
}

void ValueReader::read(const Value& value, bool& out) {
  const auto text = text_of(value.node, value.name);
  if (!text) return;
  if (*text != "true" && *text != "false") {
    return error(value, "\"" + text->substr(0, 60) + "\" is no answer; write true or false");
  }
  out = *text == "true";
}

void ValueReader::read(const Value& value, std::size_t& out) {
  if (const auto parsed = number(value)) out = static_cast<std::size_t>(*parsed);
}

void ValueReader::read(const Value& value, std::int64_t& out) {
  if (const auto parsed = number(value)) out = static_cast<std::int64_t>(*parsed);
}

void ValueReader::read(const Value& value, double& out) {
  if (const auto parsed = number(value)) out = *parsed;
}

void ValueReader::read(const Value& value, std::chrono::milliseconds& out) {
  if (const auto parsed = number(value)) {
    out = std::chrono::milliseconds{static_cast<std::int64_t>(*parsed)};
  }
}

void ValueReader::read(const Value& value, std::vector<std::string>& out) {
  const bool list = value.node.kind == Node::Kind::List;
  if (list && value.node.children.size() > kMostItems) {
    return error(value, "has more than " + std::to_string(kMostItems) + " items");
  }
  std::vector<std::string> items;
  bool good = true;
  const auto add = [&](const Node& node) {
    const auto text = text_of(node, value.name);
    if (text && text->empty()) problems_->error(node.at, value.name, "has an empty item");
    good = good && text && !text->empty();
    if (text) items.push_back(*text);
  };
  if (list) {
    std::for_each(value.node.children.begin(), value.node.children.end(), add);
  } else {
    add(value.node);
  }
  if (good) out = std::move(items);
}

void ValueReader::read(const Value& value, Secret& out) {
  const Node* file = value.node.member("file");
  if (value.node.kind != Node::Kind::Map || file == nullptr || value.node.children.size() != 1) {
    return error(value,
                 "secrets are not written into this file; put it into a file of its own (mode 600) "
                 "and write {file: path}");
  }
  const auto path = text_of(*file, value.name);
  if (!path) return;
  auto read = read_secret_file(absolute(*path));
  if (!read) return error(value, read.error().message);
  if (read->open_to_others) {
    problems_->warning(
        file->at, value.name,
        "other users can read " + absolute(*path).string() + "; run chmod 600 on it");
  }
  out = std::move(read->secret);
}

void ValueReader::read(const Value& value, FreeValues& out) {
  if (value.node.kind != Node::Kind::Map) return error(value, "must be a map (name: value)");
  for (const Node& member : value.node.children) {
    const std::string name = std::string(value.name) + "." + member.key;
    const Value inner{member, value.option, name};
    FreeValue& read_to = out[member.key];
    if (member.kind == Node::Kind::Map) {
      read(inner, read_to.secret);
    } else {
      read(inner, read_to.texts);
    }
  }
}

void ValueReader::read(const Value& value, Words& out) {
  if (value.node.kind != Node::Kind::Map) return error(value, "must be a map (name: word)");
  for (const Node& member : value.node.children) {
    const std::string name = std::string(value.name) + "." + member.key;
    const Value inner{member, value.option, name};
    const auto word = text_of(member, name);
    if (word && check_choice(inner, *word)) out[member.key] = *word;
  }
}

void ValueReader::read(const Value& value, EncoderKind& out) {
  const auto text = text_of(value.node, value.name);
  if (!text || !check_choice(value, *text)) return;
  const auto& choices = value.option.choices;
  out =
      static_cast<EncoderKind>(std::find(choices.begin(), choices.end(), *text) - choices.begin());
}

std::string join_alternatives(const std::vector<std::string_view>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  return text;
}

}  // namespace freshet::config
