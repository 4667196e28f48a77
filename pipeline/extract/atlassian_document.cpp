#include "pipeline/extract/atlassian_document.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>

#include "pipeline/extract/json_body.h"

namespace freshet::pipeline {
namespace {

using std::string_view;
using Kind = JsonNode::Kind;
constexpr auto kAbsent = JsonTree::kAbsent;

struct Element {
  string_view type;
  string_view tag;
  string_view shows;  ///< The attribute that a reader sees.
};
constexpr std::array<Element, 24> kElements = {{
    {"blockCard", "div", ""},
    {"blockTaskItem", "li", ""},
    {"blockquote", "blockquote", ""},
    {"bulletList", "ul", ""},
    {"caption", "p", ""},
    {"codeBlock", "pre", ""},
    {"date", "span", ""},
    {"decisionItem", "li", ""},
    {"embedCard", "div", ""},
    {"emoji", "span", "shortName"},
    {"hardBreak", "br", ""},
    {"heading", "h", ""},
    {"inlineCard", "span", ""},
    {"listItem", "li", ""},
    {"media", "img", ""},
    {"mediaInline", "img", ""},
    {"orderedList", "ul", ""},
    {"paragraph", "p", ""},
    {"rule", "hr", ""},
    {"table", "table", ""},
    {"tableCell", "td", ""},
    {"tableHeader", "th", ""},
    {"tableRow", "tr", ""},
    {"taskItem", "li", ""},
}};

/// "2026-01-31" for milliseconds since 1970.
std::string day_of(std::int64_t milliseconds) {
  const std::chrono::sys_days day = std::chrono::floor<std::chrono::days>(
      std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(milliseconds)));
  const std::chrono::year_month_day date(day);
  const auto two_digits = [](unsigned int number) {
    return (number < 10 ? "-0" : "-") + std::to_string(number);
  };
  return std::to_string(static_cast<int>(date.year())) +
         two_digits(static_cast<unsigned int>(date.month())) +
         two_digits(static_cast<unsigned int>(date.day()));
}

class Reader {
 public:
  explicit Reader(JsonBody& body) : body_(body), json_(body.json()) {}

  void enter(std::size_t at) {
    if (json_.is(at, Kind::String)) return body_.add_text(json_.node(at).text, at);
    if (!json_.is(at, Kind::Object)) return;
    const string_view type = json_.text(at, "type");
    if (type == "placeholder") return;  // Tells writers what to write.
    const std::size_t content = json_.find(at, "content");
    const std::size_t attributes = json_.find(at, "attrs");
    const Element element = element_of(type, content != kAbsent);
    const std::size_t linked = open_link(at);
    body_.open(tag_of(element, attributes), at, attributes_of(element, attributes));
    show(at, element, attributes);
    body_.descend(content, at, 1 + linked);
  }

 private:
  static Element element_of(string_view type, bool has_content) {
    const auto found = std::find_if(kElements.begin(), kElements.end(),
                                    [&](const Element& known) { return known.type == type; });
    if (found != kElements.end()) return *found;
    return {type, has_content ? "div" : "span", ""};
  }

  std::string tag_of(const Element& element, std::size_t attributes) const {
    if (element.tag != "h") return std::string(element.tag);
    const std::int64_t level = json_.number(attributes, "level").value_or(1);
    return "h" + std::to_string(std::clamp<std::int64_t>(level, 1, 6));
  }

  std::vector<HtmlAttribute> attributes_of(const Element& element, std::size_t attributes) const {
    if (element.tag == "pre") {
      return {{"class", "language-" + std::string(json_.text(attributes, "language"))}};
    }
    if (element.tag == "img") {
      return {{"src", std::string(json_.text(attributes, "url"))},
              {"alt", std::string(json_.text(attributes, "alt"))}};
    }
    return {};
  }

  /// How many elements a link mark opened: one or none.
  std::size_t open_link(std::size_t at) {
    const std::size_t marks = json_.find(at, "marks");
    if (!json_.is(marks, Kind::Array)) return 0;
    for (std::size_t mark = marks + 1; mark < json_.node(marks).subtree_end;
         mark = json_.node(mark).subtree_end) {
      if (json_.text(mark, "type") != "link") continue;
      const string_view target = json_.text(json_.find(mark, "attrs"), "href");
      body_.open("a", at, {{"href", std::string(target)}});
      return 1;
    }
    return 0;
  }

  void show(std::size_t at, const Element& element, std::size_t attributes) {
    if (json_.find(at, "text") != kAbsent) return body_.add_member(at, "text");
    if (attributes == kAbsent || element.tag == "img") return;
    if (element.type == "date") return show_date(attributes);
    if (element.type.ends_with("Card")) return show_card(attributes);
    const bool has_text = !json_.text(attributes, "text").empty();
    if (has_text || !element.shows.empty()) {
      return body_.add_member(attributes, has_text ? "text" : element.shows);
    }
    if (const string_view title = json_.text(attributes, "title"); !title.empty()) {
      body_.add_element("p", title, attributes);
    }
  }

  void show_date(std::size_t attributes) {
    constexpr std::int64_t kYear9999 = 253'402'300'799'999;
    const auto time = json_.number(attributes, "timestamp");
    if (time && *time >= 0 && *time <= kYear9999) body_.add_text(day_of(*time), attributes);
  }

  void show_card(std::size_t attributes) {
    const std::size_t linked_data = json_.find(attributes, "data");
    string_view target = json_.text(attributes, "url");
    if (target.empty()) target = json_.text(linked_data, "url");
    const string_view name = json_.text(linked_data, "name");
    if (!target.empty()) body_.add_link(target, name.empty() ? target : name, attributes);
  }

  JsonBody& body_;
  const JsonTree& json_;
};

}  // namespace

Result<ExtractedDocument> extract_atlassian_document(string_view text) {
  return extract_json_body(text, [](JsonBody& body) {
    Reader reader(body);
    body.read_all([&](std::size_t at) { reader.enter(at); });
  });
}

}  // namespace freshet::pipeline
