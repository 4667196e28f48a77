#include "pipeline/extract/asciidoc.h"

#include <algorithm>
#include <array>
#include <utility>

#include "pipeline/extract/asciidoc_inline.h"
#include "pipeline/extract/asciidoc_table.h"
#include "pipeline/extract/document_builder.h"
#include "pipeline/extract/front_matter.h"
#include "pipeline/extract/paragraph_buffer.h"
#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

using std::string_view;
constexpr auto kNone = string_view::npos;
constexpr std::size_t kMaxAttributes = 1000;
constexpr std::size_t kMaxValueBytes = 1000;

enum class Delimited { None, Code, Text, Quote, Unread, Table };

/// What a line begins that is a block delimiter, as in "----" or "|===".
Delimited delimited(string_view line) {
  line = trim_right(line);
  if (line.starts_with("```") && line.find('`', 3) == kNone) return Delimited::Code;
  if (line == "|===" || line == ",===" || line == "!===") return Delimited::Table;
  if (line == "--") return Delimited::Text;
  if (line.size() < 4 || line.find_first_not_of(line.front()) != kNone) return Delimited::None;
  switch (line.front()) {
    case '-':
    case '.':
      return Delimited::Code;
    case '=':
    case '*':
      return Delimited::Text;
    case '_':
      return Delimited::Quote;
    case '+':
    case '/':
      return Delimited::Unread;
    default:
      return Delimited::None;
  }
}

std::size_t list_marker(string_view line) {
  const std::size_t bullets = std::min(line.find_first_not_of("*"), line.size());
  const std::size_t dots = std::min(line.find_first_not_of("."), line.size());
  const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
  for (const std::size_t end : {bullets, dots}) {
    if (end > 0 && end <= 6 && end < line.size() && line[end] == ' ') return end + 1;
  }
  if (line.starts_with("- ")) return 2;
  if (digits > 0 && digits < 4 && line.substr(digits).starts_with(". ")) return digits + 2;
  const bool callout = line.starts_with('<') && line.substr(0, 5).find("> ") != kNone;
  return callout ? line.find("> ") + 2 : 0;
}

class Reader {
 public:
  explicit Reader(DocumentBuilder& builder) : builder_(builder), lines_(builder.lines()) {}

  void read() {
    // A title may name what the lines below it define.
    for (at_ = 1; at_ <= lines_.count() && names_.size() < kMaxAttributes; ++at_) {
      read_attribute(trim_right(lines_.line(at_)));
    }
    for (at_ = 1; at_ <= lines_.count(); ++at_) read_line(trim_right(lines_.line(at_)));
    finish();
  }

 private:
  void read_line(string_view line) {
    if (is_blank(line)) return end_paragraph();
    if (line.starts_with("//") && !line.starts_with("////")) return;
    if (const Delimited kind = delimited(line); kind != Delimited::None)
      return read_delimited(kind, line);
    if (read_section(line) || read_attribute(line) || read_block_macro(line)) return;
    if (paragraph_.empty() && read_block_attributes(line)) return;
    if (line == "+") return continue_item();
    read_text(line);
  }

  void end_paragraph() {
    finish();
    in_header_ = false;
  }

  void continue_item() {
    finish();
    after_blank_ = false;
  }

  bool read_section(string_view line) {
    const std::size_t marks = std::min(line.find_first_not_of('='), line.size());
    if (marks == 0 || marks > 6 || marks >= line.size() || line[marks] != ' ' ||
        !paragraph_.empty())
      return false;
    paragraph_.add(line.substr(marks), at_, lines_);
    const std::string title = clean_line(read_asciidoc_inline(paragraph_, names_, builder_));
    builder_.add_heading(title, marks, std::exchange(anchor_, {}), paragraph_.span());
    paragraph_.clear();
    in_list_ = false;
    in_header_ = marks == 1;
    return true;
  }

  /// ":name: value"
  bool read_attribute(string_view line) {
    const std::size_t close = line.starts_with(':') ? line.find(':', 1) : kNone;
    if (close == kNone || close == 1 || !paragraph_.empty()) return false;
    const std::string name(line.substr(1, close - 1));
    if (name.find_first_of(" \t") != std::string::npos) return false;
    const std::string value =
        with_attributes(trim(line.substr(close + 1)), names_).substr(0, kMaxValueBytes);
    if (names_.size() < kMaxAttributes) names_[name] = value;
    ExtractedDocument& document = builder_.document();
    if (name == "lang") document.language = language_code(value);
    if (name == "author" || name == "owner") document.owner = value;
    const bool described = name == "description" || name == "keywords" || name == "product" ||
                           name.starts_with("page-");
    if (described && !value.empty()) document.metadata[name] = value;
    return true;
  }

  /// include::file[], image::file[alt], conditionals.
  bool read_block_macro(string_view line) {
    const std::size_t colons = line.find("::");
    const std::size_t open = colons == kNone ? kNone : line.find('[', colons);
    if (open == kNone || !line.ends_with(']') || line.find(' ') < colons) return false;
    const string_view name = line.substr(0, colons);
    const std::string target = with_attributes(line.substr(colons + 2, open - colons - 2), names_);
    const string_view inside = line.substr(open + 1, line.size() - open - 2);
    const bool condition =
        name == "ifdef" || name == "ifndef" || name == "ifeval" || name == "endif";
    const bool known = condition || name == "include" || name == "image" || name == "video" ||
                       name == "audio" || name == "toc";
    if (!known) return false;
    finish();
    if (name == "include") builder_.add_link({target, "", "include"}, at_);
    if (name == "video" || name == "audio") builder_.add_link({target, "", "link"}, at_);
    if (name == "image") add_image(target, trim(inside.substr(0, inside.find(','))));
    if ((name == "ifdef" || name == "ifndef") && !inside.empty())
      paragraph_.add(inside, at_, lines_);
    return true;
  }

  void add_image(const std::string& target, string_view alt) {
    if (alt.size() > 1 && alt.front() == '"' && alt.back() == '"')
      alt = alt.substr(1, alt.size() - 2);
    builder_.add_link({target, std::string(alt), "image"}, at_);
    if (alt.empty()) return;
    paragraph_.add(alt, at_, lines_);
    finish();
  }

  /// "[[id]]", "[#id]", "[source,ruby]", ".Title"
  bool read_block_attributes(string_view line) {
    const bool title =
        line.size() > 1 && line.front() == '.' && line[1] != '.' && !is_blank(line[1]);
    if (title) {
      paragraph_.add(line.substr(1), at_, lines_);
      in_list_ = false;
      finish();
      return true;
    }
    if (!line.starts_with('[') || !line.ends_with(']')) return false;
    if (line.starts_with("[[")) {
      anchor_ = line.substr(2, line.find_first_of(",]", 2) - 2);
      return true;
    }
    attributes_ = line.substr(1, line.size() - 2);
    const std::size_t id = attributes_.starts_with("id=") ? 3 : attributes_.find('#');
    if (id != std::string::npos && (id == 3 || attributes_[id] == '#')) {
      const std::string_view rest =
          std::string_view(attributes_).substr(id == 3 && attributes_[3] != '#' ? 3 : id + 1);
      anchor_ = rest.substr(0, rest.find_first_of(",.%\""));
    }
    return true;
  }

  void read_delimited(Delimited kind, string_view line) {
    finish();
    if (kind == Delimited::Text) return;
    if (kind == Delimited::Quote) {
      quoted_ = !quoted_;
      return;
    }
    const std::size_t end = find_line(line.starts_with("```") ? string_view("```") : line);
    if (kind == Delimited::Code) add_code(end, line);
    if (kind == Delimited::Table) read_asciidoc_table({at_, end}, attributes_, names_, builder_);
    attributes_.clear();
    at_ = end;
  }

  /// The line of the closing delimiter, else one past the last line.
  std::size_t find_line(string_view delimiter) const {
    std::size_t number = at_ + 1;
    while (number <= lines_.count() && trim_right(lines_.line(number)) != delimiter) ++number;
    return number;
  }

  void add_code(std::size_t end, string_view delimiter) {
    std::string code;
    for (std::size_t number = at_ + 1; number < end; ++number)
      code.append(lines_.line(number)).push_back('\n');
    const std::size_t last = std::min(end, lines_.count());
    const Span span{lines_.begin(at_), lines_.begin(last) + trim_right(lines_.line(last)).size()};
    string_view language = delimiter.starts_with("```") ? delimiter.substr(3) : string_view();
    const string_view attributes = attributes_;
    if (language.empty() && (attributes.starts_with("source") || attributes.starts_with(','))) {
      const std::size_t comma = attributes.find(',');
      language = comma == kNone ? string_view() : attributes.substr(comma + 1);
    }
    builder_.add(BlockKind::Code, clean_code(code), span).code_language =
        trim(language.substr(0, language.find(',')));
  }

  void read_text(string_view line) {
    if (in_header_) return read_header_line(line);
    string_view content = trim(line);
    const std::size_t marker = list_marker(content);
    const std::size_t definition = content.find(":: ");
    const bool term = definition != kNone || content.ends_with("::");
    if (marker > 0 || term) {
      finish();
      in_list_ = true;
      content.remove_prefix(marker);
    } else if (paragraph_.empty() && indentation(line) == 0 && after_blank_) {
      in_list_ = false;
    }
    after_blank_ = false;
    if (!term) return paragraph_.add(content, at_, lines_);
    const std::size_t colon = content.find("::");
    paragraph_.add(content.substr(0, colon), at_, lines_);
    const string_view meaning =
        trim(content.substr(std::min(content.find_first_not_of(':', colon), content.size())));
    if (!meaning.empty()) paragraph_.text().append(": ").append(meaning);
    if (meaning.empty()) finish();
  }

  /// Below the document's title: "Author Name <mail>" and "v1.0, 2026-01-01".
  void read_header_line(string_view line) {
    const std::size_t mail = line.find('<');
    ExtractedDocument& document = builder_.document();
    if (document.owner.empty() && mail != kNone && line.find('@') != kNone)
      document.owner = trim(line.substr(0, mail));
  }

  void finish() {
    after_blank_ = true;
    if (paragraph_.empty()) return;
    const BlockKind kind = quoted_    ? BlockKind::Quote
                           : in_list_ ? BlockKind::ListItem
                                      : BlockKind::Paragraph;
    builder_.add(kind, clean_line(read_asciidoc_inline(paragraph_, names_, builder_)),
                 paragraph_.span());
    paragraph_.clear();
    attributes_.clear();
  }

  DocumentBuilder& builder_;
  const Lines& lines_;
  AsciidocAttributes names_;
  std::size_t at_ = 1;
  ParagraphBuffer paragraph_;
  std::string attributes_;  // Of the block that follows.
  std::string anchor_;
  bool in_list_ = false, in_header_ = false, quoted_ = false, after_blank_ = true;
};

}  // namespace

Result<ExtractedDocument> extract_asciidoc(string_view text) {
  ExtractedDocument document;
  DocumentBuilder builder(text, document);
  Reader(builder).read();
  return document;
}

}  // namespace freshet::pipeline
