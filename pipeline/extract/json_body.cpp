#include "pipeline/extract/json_body.h"

#include <utility>

#include "pipeline/extract/document_builder.h"
#include "pipeline/extract/html_blocks.h"
#include "pipeline/extract/text.h"

namespace freshet::pipeline {

using std::string_view;

void JsonBody::open(string_view tag, std::size_t value, std::vector<HtmlAttribute> attributes) {
  tree_.open(std::string(tag), std::move(attributes), json_.node(value).begin);
}

void JsonBody::add_text(string_view text, std::size_t value) {
  const JsonNode& node = json_.node(value);
  bool first = true;
  for (const string_view line : split_at(text, '\n')) {
    if (!first) tree_.open("br", {}, node.begin);
    if (!first) tree_.close(node.begin);
    if (!line.empty()) tree_.add_text(std::string(line), node.begin, node.end);
    first = false;
  }
}

void JsonBody::add_member(std::size_t object, string_view key) {
  const std::size_t at = json_.find(object, key);
  if (at != JsonTree::kAbsent) add_text(json_.text(object, key), at);
}

void JsonBody::add_element(string_view tag, string_view text, std::size_t value) {
  open(tag, value);
  add_text(text, value);
  close(value);
}

void JsonBody::add_link(string_view target, string_view text, std::size_t value) {
  open("a", value, {{"href", std::string(target)}});
  add_text(text, value);
  close(value);
}

void JsonBody::descend(std::size_t value, std::size_t owner, std::size_t opened) {
  const bool array = json_.is(value, JsonNode::Kind::Array);
  const bool absent = value == JsonTree::kAbsent;
  const std::size_t end = absent ? value : json_.node(value).subtree_end;
  waiting_.push_back({array ? value + 1 : value, end, owner, opened, true});
}

void JsonBody::read_all(const std::function<void(std::size_t)>& enter) {
  waiting_.push_back({0, json_.node(0).subtree_end, 0, 0, true});
  while (!waiting_.empty()) {
    Waiting& next = waiting_.back();
    if (next.at < next.end) {
      const std::size_t value = next.at;
      first_ = std::exchange(next.first, false);
      // The elements of an array inside an array come as if it were none.
      const bool array = json_.is(value, JsonNode::Kind::Array);
      next.at = array ? value + 1 : json_.node(value).subtree_end;
      if (!array) enter(value);
      continue;
    }
    for (; next.opened > 0; --next.opened) close(next.owner);
    waiting_.pop_back();
  }
}

Result<ExtractedDocument> extract_json_body(string_view text,
                                            const std::function<void(JsonBody&)>& read) {
  ExtractedDocument document;
  if (is_blank(text)) return document;
  FRESHET_TRY(const JsonTree json, JsonTree::parse(text));
  using Kind = JsonNode::Kind;
  if (json.is(0, Kind::Null)) return document;
  if (!json.is(0, Kind::Object) && !json.is(0, Kind::Array)) {
    return Error{ErrorKind::Invalid,
                 "the body is JSON, but neither an object nor an array: send "
                 "the document itself, not a value out of it"};
  }
  JsonBody body(json);
  read(body);
  body.tree().close_all(text.size());
  DocumentBuilder builder(text, document, DocumentBuilder::Quotes::Blocks);
  HtmlScope scope;
  scope.slugs = true;
  read_html_blocks(body.tree(), scope, builder);
  return document;
}

}  // namespace freshet::pipeline
