#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pipeline/extract/extracted.h"
#include "pipeline/extract/html_tree.h"
#include "pipeline/extract/json_tree.h"

namespace freshet::pipeline {

/// Turns a document that a service keeps as nested JSON into elements of an HTML tree, from which
/// the blocks are read. Nothing recurses: what is nested waits on a stack.
class JsonBody {
 public:
  explicit JsonBody(const JsonTree& json) : json_(json) {}

  [[nodiscard]] const JsonTree& json() const { return json_; }
  [[nodiscard]] HtmlTree& tree() { return tree_; }

  /// Opens an element that comes from a value.
  void open(std::string_view tag, std::size_t value, std::vector<HtmlAttribute> attributes = {});
  void close(std::size_t value) { tree_.close(json_.node(value).end); }
  /// Adds text that comes from a value; its line ends become <br>.
  void add_text(std::string_view text, std::size_t value);
  /// The text of an object's member, if it has one.
  void add_member(std::size_t object, std::string_view key);
  void add_element(std::string_view tag, std::string_view text, std::size_t value);
  void add_link(std::string_view target, std::string_view text, std::size_t value);

  /// Next come the elements of an array (or the one value that stands in its place), then as many
  /// open elements as `opened` says are closed at the end of `owner`. An absent value holds
  /// nothing. Of two calls, the later one is read first.
  void descend(std::size_t value, std::size_t owner, std::size_t opened = 0);
  /// Calls `enter` for the objects and strings of the whole text that are waiting, until none is.
  void read_all(const std::function<void(std::size_t)>& enter);
  /// Whether the value being entered is the first of its array.
  [[nodiscard]] bool is_first() const { return first_; }

 private:
  struct Waiting {
    std::size_t at, end;
    std::size_t owner;
    std::size_t opened;
    bool first;
  };

  const JsonTree& json_;
  HtmlTree tree_;
  std::vector<Waiting> waiting_;
  bool first_ = false;
};

/// The blocks of `text`, whose JSON `read` turns into elements. A blank text and null are empty
/// documents. JSON often stands on one line, so links quote the block that shows them.
Result<ExtractedDocument> extract_json_body(std::string_view text,
                                            const std::function<void(JsonBody&)>& read);

}  // namespace freshet::pipeline
