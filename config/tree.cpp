#include "config/tree.h"

#include <algorithm>
#include <map>
#include <sstream>
#include <stdexcept>
#include <utility>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include "base/utf8.h"

namespace freshet::config {
namespace {

constexpr std::size_t kMostBytes = 1'000'000;
constexpr std::size_t kDeepest = 16;
constexpr std::size_t kMostExpanded = 20'000;  ///< Values that aliases may add.

/// Leaves yaml-cpp's parser from inside an event; caught in this file.
struct Stop : std::runtime_error {
  Stop(Position where, const std::string& what) : std::runtime_error(what), at(where) {}
  Position at;
};

Position position_of(const YAML::Mark& mark) {
  if (mark.is_null()) return {};
  return {static_cast<std::size_t>(mark.line) + 1, static_cast<std::size_t>(mark.column) + 1};
}

/// Builds our tree from the parser's events.
class Builder final : public YAML::EventHandler {
 public:
  Builder(Problems& problems, Anchors anchors) : problems_(&problems), anchors_(anchors) {}

  Node take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    finish(make(Node::Kind::Null, mark), anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto named = named_.find(anchor);
    if (named == named_.end()) {
      throw Stop(position_of(mark), anchors_ == Anchors::Refused
                                        ? "aliases (*name) are not read here; write the value out"
                                        : "an alias cannot stand inside what it names");
    }
    expanded_ += count(named->second);
    if (expanded_ > kMostExpanded) {
      throw Stop(position_of(mark), "the aliases expand to too many values; write fewer");
    }
    finish(named->second);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    // "?" is yaml-cpp's tag of a plain (unquoted) scalar.
    const bool null = tag == "?" && (value == "~" || value == "null");
    Node node = make(null ? Node::Kind::Null : Node::Kind::Scalar, mark);
    node.text = value;
    node.quoted = tag != "?";
    finish(std::move(node), anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    begin(Node::Kind::List, mark, tag, anchor);
  }
  void OnSequenceEnd() override { end(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    begin(Node::Kind::Map, mark, tag, anchor);
  }
  void OnMapEnd() override { end(); }

 private:
  struct Open {
    Node node;
    YAML::anchor_t anchor = YAML::NullAnchor;
    std::optional<Node> key;  ///< Read, its value not yet.
  };

  static Node make(Node::Kind kind, const YAML::Mark& mark) {
    Node node;
    node.kind = kind;
    node.at = position_of(mark);
    return node;
  }

  static std::size_t count(const Node& node) {
    std::size_t sum = 1;
    for (const Node& child : node.children) sum += count(child);  // As deep as kDeepest at most.
    return sum;
  }

  void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) const {
    if (anchor != YAML::NullAnchor && anchors_ == Anchors::Refused) {
      throw Stop(position_of(mark), "anchors (&name) are not read here; write the value out");
    }
  }

  static void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    if (tag.size() > 1) {
      throw Stop(position_of(mark), "tags (" + tag + ") are not read here; remove it");
    }
  }

  void begin(Node::Kind kind, const YAML::Mark& mark, const std::string& tag,
             YAML::anchor_t anchor) {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    if (open_.size() >= kDeepest) {
      throw Stop(position_of(mark), "is nested deeper than any option goes");
    }
    open_.push_back({make(kind, mark), anchor, std::nullopt});
  }

  void end() {
    Node node = std::move(open_.back().node);
    const YAML::anchor_t anchor = open_.back().anchor;
    open_.pop_back();
    finish(std::move(node), anchor);
  }

  void finish(Node node, YAML::anchor_t anchor = YAML::NullAnchor) {
    if (anchor != YAML::NullAnchor) named_[anchor] = node;
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    if (parent.node.kind == Node::Kind::List) {
      parent.node.children.push_back(std::move(node));
    } else if (!parent.key) {
      if (node.kind != Node::Kind::Scalar) throw Stop(node.at, "an option's name must be a word");
      parent.key = std::move(node);
    } else {
      add_member(parent, std::move(node));
    }
  }

  void add_member(Open& parent, Node value) {
    value.key = std::move(parent.key->text);
    value.key_at = parent.key->at;
    parent.key.reset();
    if (const Node* first = parent.node.member(value.key)) {
      problems_->error(value.key_at, value.key,
                       "is written twice; the first is in line " +
                           std::to_string(first->key_at.line) + ". Keep one of them");
      return;
    }
    parent.node.children.push_back(std::move(value));
  }

  Problems* problems_;
  Anchors anchors_;
  std::map<YAML::anchor_t, Node> named_;
  std::size_t expanded_ = 0;  ///< Values that aliases added so far.
  std::vector<Open> open_;
  Node root_;
};

std::string_view line_at(std::string_view text, std::size_t number) {
  for (; number > 1 && !text.empty(); --number) {
    const auto end = text.find('\n');
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return text.substr(0, text.find('\n'));
}

std::string advice(std::string_view text, Position at) {
  const auto line = line_at(text, at.line);
  const auto indentation = line.substr(0, line.find_first_not_of(" \t"));
  if (indentation.find('\t') != std::string_view::npos) {
    return ". The line is indented by a tab; YAML wants spaces";
  }
  if (line.find("${") != std::string_view::npos && line.find('{') < line.find("${")) {
    return ". Inside {...} or [...] a variable needs quotation marks: \"${NAME}\"";
  }
  return "";
}

std::optional<std::string> unreadable(std::string_view text) {
  if (text.size() > kMostBytes) return "is larger than 1 MB; this is no configuration";
  if (text.find('\0') != std::string_view::npos || !is_valid_utf8(text)) {
    return "is not UTF-8 text; save it as UTF-8";
  }
  return std::nullopt;
}

}  // namespace

const Node* Node::member(std::string_view name) const {
  const auto found = std::find_if(children.begin(), children.end(),
                                  [&](const Node& child) { return child.key == name; });
  return found == children.end() ? nullptr : &*found;
}

std::optional<Node> parse_tree(std::string_view text, Problems& problems, Anchors anchors) {
  if (const auto why = unreadable(text)) {
    problems.error({}, "", *why);
    return std::nullopt;
  }
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    Builder builder(problems, anchors);
    if (!parser.HandleNextDocument(builder)) return Node{};
    Builder second(problems, anchors);
    if (parser.HandleNextDocument(second)) {
      problems.error({}, "", "holds more than one YAML document (---); keep one");
      return std::nullopt;
    }
    return builder.take();
  } catch (const Stop& stop) {
    problems.error(stop.at, "", stop.what());
  } catch (const YAML::Exception& exception) {
    const auto at = position_of(exception.mark);
    problems.error(at, "", "is not YAML: " + exception.msg + advice(text, at));
  }
  return std::nullopt;
}

}  // namespace freshet::config
