#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace freshet::pipeline {

struct HtmlAttribute {
  std::string name;   ///< Lower case.
  std::string value;  ///< References decoded.
};

struct HtmlToken {
  enum class Kind { Text, Open, Close };
  Kind kind = Kind::Text;
  std::string name;          ///< Tags: lower case.
  std::string_view content;  ///< Text as written, or the inside of a tag after its name.
  bool raw = false;          ///< Text of script, style, title or textarea, where no tag counts.
  bool cdata = false;        ///< Text of a CDATA section, where no reference counts either.
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// What "<![CDATA[ ... ]]>" is: a comment in HTML, text in XML.
enum class CdataSections { Unread, Text };

/// Cuts HTML into tags and text in one pass, in linear time for any bytes. Comments, doctypes and
/// processing instructions are passed over. Borrows the text.
class HtmlTokens {
 public:
  explicit HtmlTokens(std::string_view html, CdataSections cdata = CdataSections::Unread)
      : html_(html), cdata_(cdata) {}
  std::optional<HtmlToken> next();

 private:
  [[nodiscard]] HtmlToken text_until(std::size_t end);
  [[nodiscard]] bool tag_starts_at(std::size_t at) const;
  [[nodiscard]] std::size_t end_of_tag(std::size_t at) const;
  [[nodiscard]] std::size_t find_raw_end() const;
  HtmlToken read_tag();
  bool skip_declaration();
  [[nodiscard]] bool cdata_starts_here() const;
  HtmlToken read_cdata();

  std::string_view html_;
  CdataSections cdata_;
  std::size_t at_ = 0;
  std::string raw_element_;  // The element whose raw text comes next.
};

/// The attributes of a tag that extraction looks at: id, name, class, href, src, alt, hidden,
/// style, role, aria-hidden, lang, title, content and those that name what Confluence links to. The
/// first of two equal names wins, as in HTML.
std::vector<HtmlAttribute> html_attributes(std::string_view tag_content);

/// Whether an attribute of that (lower-case) name is looked at.
bool is_read_attribute(std::string_view name);

/// Whether a tag ends in "/" (and not with an unquoted address that does).
bool is_self_closed(std::string_view tag_content);

/// Elements that have no end tag (HTML standard, section 13.1.2).
bool is_void_element(std::string_view name);

}  // namespace freshet::pipeline
