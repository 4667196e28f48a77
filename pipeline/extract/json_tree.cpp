#include "pipeline/extract/json_tree.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/json.h"
#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

using std::string_view;
using Kind = JsonNode::Kind;

constexpr std::size_t kMaxDepth = 10'000;

/// Tells how far the parser has read, which its events leave out.
class Reading {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Reading(const char* at, const char** furthest) : at_(at), furthest_(furthest) {}
  const char& operator*() const { return *at_; }
  Reading& operator++() {
    *furthest_ = std::max(*furthest_, ++at_);
    return *this;
  }
  bool operator==(const Reading& other) const { return at_ == other.at_; }
  bool operator!=(const Reading& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  const char** furthest_;
};

std::string without_controls(string_view text) {
  std::string clean(text);
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
  std::replace_if(
      clean.begin(), clean.end(), [&](char c) { return is_control(c) && !is_blank(c); }, ' ');
  return clean;
}

/// Receives the parser's events; the names of the functions are the parser's.
class Builder {
 public:
  Builder(string_view text, std::vector<JsonNode>& nodes)
      : text_(text), nodes_(nodes), furthest_(text.data()) {}

  bool null() { return add(Kind::Null, {}); }
  bool boolean(bool value) { return add(Kind::Boolean, value ? "true" : ""); }
  bool number_integer(std::int64_t value) { return add(Kind::Number, std::to_string(value)); }
  bool number_unsigned(std::uint64_t value) { return add(Kind::Number, std::to_string(value)); }
  bool number_float(double, const std::string& written) { return add(Kind::Number, written); }
  bool string(const std::string& value) { return add(Kind::String, without_controls(value)); }
  template <typename Bytes>
  bool binary(const Bytes&) {
    return false;
  }
  bool start_object(std::size_t) { return open(Kind::Object); }
  bool start_array(std::size_t) { return open(Kind::Array); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(const std::string& name) {
    key_ = name;
    end_of_last_ = place();
    return true;
  }
  bool parse_error(std::size_t byte, const std::string&, const nlohmann::detail::exception&) {
    problem_ = "is not valid JSON at byte " + std::to_string(byte);
    return false;
  }

  [[nodiscard]] const char** furthest() { return &furthest_; }
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  std::size_t place() const { return static_cast<std::size_t>(furthest_ - text_.data()); }

  bool add(Kind kind, std::string text) {
    JsonNode& node = nodes_.emplace_back();
    node.kind = kind;
    node.key = std::exchange(key_, {});
    node.text = std::move(text);
    const std::size_t quote = kind == Kind::String ? text_.find('"', end_of_last_) : end_of_last_;
    node.begin = std::min(quote, place());
    node.end = end_of_last_ = place();
    node.subtree_end = nodes_.size();
    return true;
  }

  bool open(Kind kind) {
    if (open_.size() >= kMaxDepth) {
      problem_ = "nests JSON deeper than " + std::to_string(kMaxDepth) + " levels";
      return false;
    }
    open_.push_back(nodes_.size());
    add(kind, {});
    nodes_.back().begin = place() - 1;
    return true;
  }

  bool close() {
    JsonNode& node = nodes_[open_.back()];
    node.end = end_of_last_ = place();
    node.subtree_end = nodes_.size();
    open_.pop_back();
    return true;
  }

  string_view text_;
  std::vector<JsonNode>& nodes_;
  std::vector<std::size_t> open_;
  std::string key_, problem_;
  std::size_t end_of_last_ = 0;
  const char* furthest_;
};

}  // namespace

Result<JsonTree> JsonTree::parse(string_view text) {
  JsonTree tree;
  Builder builder(text, tree.nodes_);
  const Reading begin(text.data(), builder.furthest());
  const Reading end(text.data() + text.size(), builder.furthest());
  if (!Json::sax_parse(begin, end, &builder)) {
    return Error{ErrorKind::Invalid,
                 "the body " + builder.problem() + "; store it as its service sent it"};
  }
  return tree;
}

std::size_t JsonTree::find(std::size_t object, string_view key) const {
  if (!is(object, Kind::Object)) return kAbsent;
  for (std::size_t at = object + 1; at < nodes_[object].subtree_end; at = nodes_[at].subtree_end) {
    if (nodes_[at].key == key) return at;
  }
  return kAbsent;
}

string_view JsonTree::text(std::size_t object, string_view key) const {
  const std::size_t at = find(object, key);
  const bool readable = is(at, Kind::String) || is(at, Kind::Number);
  return readable ? string_view(nodes_[at].text) : string_view();
}

std::optional<std::int64_t> JsonTree::number(std::size_t object, string_view key) const {
  const string_view written = trim(text(object, key));
  std::int64_t value = 0;
  const auto read = std::from_chars(written.data(), written.data() + written.size(), value);
  return read.ec == std::errc() ? std::optional(value) : std::nullopt;
}

bool JsonTree::is_true(std::size_t object, string_view key) const {
  const std::size_t at = find(object, key);
  return is(at, Kind::Boolean) && !nodes_[at].text.empty();
}

}  // namespace freshet::pipeline
