#include "pipeline/extract/site_syntax.h"

#include <algorithm>
#include <array>
#include <optional>

#include "pipeline/extract/code_fence.h"
#include "pipeline/extract/site_tags.h"
#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

using std::string_view;
constexpr auto kNone = string_view::npos;
constexpr std::size_t kMaxTagBytes = 2000;
constexpr std::size_t kBlockIndent = 4;  // Python-Markdown: content of admonitions and tabs.

struct Delimiters {
  string_view open;
  string_view close;
};
constexpr std::array<Delimiters, 4> kDelimiters = {
    {{"{{<", ">}}"}, {"{{%", "%}}"}, {"{%", "%}"}, {"{/*", "*/}"}}};

bool is_module_line(string_view line) {
  const bool import = line.starts_with("import ") &&
                      (line.find(" from '") != kNone || line.find(" from \"") != kNone ||
                       line.starts_with("import '") || line.starts_with("import \""));
  const bool exported = line.starts_with("export const ") || line.starts_with("export default ") ||
                        line.starts_with("export let ") || line.starts_with("export function ");
  return import || exported;
}

/// The title of a Docusaurus container ("::: note Title", ":::note[Title]", ":::"), if the line is
/// one.
std::optional<string_view> container_title(string_view line) {
  string_view rest = trim(line);
  if (!rest.starts_with(":::")) return std::nullopt;
  rest = trim(rest.substr(std::min(rest.find_first_not_of(':'), rest.size())));
  const auto name_end = std::find_if_not(rest.begin(), rest.end(), is_name_character);
  rest = trim(rest.substr(static_cast<std::size_t>(name_end - rest.begin())));
  if (rest.starts_with('[')) return rest.substr(1, std::min(rest.find(']'), rest.size()) - 1);
  return rest.starts_with('{') ? tag_attribute(rest.substr(1), "title") : rest;
}

/// The title of a MkDocs block ('!!! note "Title"', '??? x', '=== "Tab"'), if the line opens one.
std::optional<string_view> block_title(string_view line) {
  const string_view rest = trim(line);
  const bool admonition =
      rest.starts_with("!!! ") || rest.starts_with("??? ") || rest.starts_with("???+ ");
  const bool tab =
      rest.starts_with("=== \"") || rest.starts_with("===! \"") || rest.starts_with("=== '");
  if (!admonition && !tab) return std::nullopt;
  const std::size_t open = rest.find_first_of("\"'");
  const std::size_t close = rest.find_last_of("\"'");
  return open == kNone || close == open ? string_view() : rest.substr(open + 1, close - open - 1);
}

string_view without_quote_marks(string_view line) {
  return line.substr(std::min(line.find_first_not_of("> \t"), line.size()));
}

class Cleaner {
 public:
  Cleaner(string_view text, std::size_t front_matter, DocumentBuilder& builder)
      : text_(text), builder_(builder), blank_until_(front_matter) {
    plain_.text = text;
  }

  PlainMarkdown run() {
    const std::size_t count = builder_.lines().count();
    for (number_ = 1; number_ <= count; ++number_) read_line();
    return std::move(plain_);
  }

 private:
  void read_line() {
    line_ = builder_.lines().line(number_);
    begin_ = builder_.lines().begin(number_);
    if (blank_until_ >= begin_ + line_.size()) return put("");
    const std::size_t gone = blank_until_ > begin_ ? blank_until_ - begin_ : 0;
    string_view line = dedented(line_.substr(gone));
    if (in_highlight_) return follow_highlight(line);
    if (fence_.follow(line)) return put(line);
    if (in_comment_) return end_comment(line);
    if (read_block_line(line)) return;
    const std::string cleaned = clean_inline(without_heading_id(line));
    in_highlight_ = cleaned.starts_with("```") && !line.starts_with("```");
    put(cleaned);
  }

  // Jekyll's highlight tag became a fence, which only its own end tag closes.
  void follow_highlight(string_view line) {
    in_highlight_ = line.find("endhighlight") == kNone;
    put(in_highlight_ ? line : "```");
  }

  string_view dedented(string_view line) {
    if (is_blank(line)) return line;
    const std::size_t indent = indentation(line);
    while (!blocks_.empty() && indent < blocks_.back() + kBlockIndent && !fence_.is_open())
      blocks_.pop_back();
    return line.substr(std::min(indent, blocks_.size() * kBlockIndent));
  }

  /// Lines that belong to the site generator as a whole.
  bool read_block_line(string_view line) {
    if (const auto title = container_title(line)) return put(*title), true;
    if (const auto title = block_title(line)) {
      blocks_.push_back(indentation(line_));
      return put(*title), true;
    }
    const string_view inner = trim(without_quote_marks(line));
    if (inner.starts_with("[!") && inner.ends_with(']') && inner.size() < 16 &&
        inner.size() != line.size()) {
      return put(line.substr(0, line.find('['))), true;
    }
    if (inner == "[TOC]" || inner == "[[_TOC_]]" || is_module_line(line)) return put(""), true;
    if (!inner.starts_with("--8<--")) return false;
    const std::size_t open = inner.find('"');
    const std::size_t close = inner.rfind('"');
    if (open != kNone && close > open) {
      builder_.add_link({std::string(inner.substr(open + 1, close - open - 1)), "", "include"},
                        number_);
    }
    return put(""), true;
  }

  std::string clean_inline(string_view line) {
    std::string out;
    for (std::size_t at = 0; at < line.size();) {
      const std::size_t next = std::min(line.find_first_of("`{<", at), line.size());
      out.append(line.substr(at, next - at));
      at = next;
      if (at == line.size()) break;
      const std::size_t after =
          line[at] == '`' ? keep_code(line, at, out) : clean_tag(line, at, out);
      if (after == at) out += line[at];
      at = after == at ? at + 1 : after;
    }
    return out;
  }

  static std::size_t keep_code(string_view line, std::size_t at, std::string& out) {
    const std::size_t run_end = std::min(line.find_first_not_of('`', at), line.size());
    const std::size_t close = line.find(line.substr(at, run_end - at), run_end);
    const std::size_t end = close == kNone ? run_end : close + (run_end - at);
    out.append(line.substr(at, end - at));
    return end;
  }

  /// Returns where the tag at `line[at]` ends, or `at` when there is none.
  std::size_t clean_tag(string_view line, std::size_t at, std::string& out) {
    const std::size_t start = offset(line) + at;
    if (line[at] == '<') return clean_component(line, at, out);
    if (out.ends_with("](") && line.substr(at).starts_with("{{"))
      return clean_destination(line, at, out);
    for (std::size_t kind = 0; kind < kDelimiters.size(); ++kind) {
      const Delimiters& delimiters = kDelimiters[kind];
      if (!line.substr(at).starts_with(delimiters.open)) continue;
      const std::size_t from = start + delimiters.open.size();
      const std::size_t close = find_close(kind, from);
      if (close == kNone) return at;
      if (delimiters.open != "{/*") apply(text_.substr(from, close - from), out);
      return leave_at(line, close + delimiters.close.size());
    }
    return clean_attributes(line, at);
  }

  void apply(string_view content, std::string& out) {
    const bool destination = out.ends_with("](");
    if (destination) {
      out.append(tag_destination(content));
      return;
    }
    const SiteTag tag = parse_site_tag(content);
    add_tag_link(tag, number_, builder_);
    out.append(visible_text(tag));
    if (tag.name == "comment") in_comment_ = true;
  }

  // A Liquid or Hugo expression as a link's destination; with spaces in it, Markdown would see no
  // link.
  std::size_t clean_destination(string_view line, std::size_t at, std::string& out) {
    const std::size_t close = line.substr(0, at + kMaxTagBytes).find("}}", at);
    if (close == kNone) return at;
    string_view content = line.substr(at + 2, close - at - 2);
    if (content.starts_with('<') || content.starts_with('%'))
      content = content.substr(1, content.size() - 2);
    const string_view place = tag_destination(content);
    if (!place.empty()) {
      out.append(place);
    } else {
      for (const char c : line.substr(at, close + 2 - at)) out.append(is_blank(c) ? 0 : 1, c);
    }
    return close + 2;
  }

  std::size_t clean_component(string_view line, std::size_t at, std::string& out) {
    const std::size_t start = offset(line) + at;
    const std::size_t end = end_of_component(text_, start);
    if (end == 0) return at;
    const string_view inside = text_.substr(start + 1, end - start - 2);
    const bool alone = trim(line).size() == end - start;
    const bool marked =
        inside.starts_with('/') || inside.ends_with('/') || inside.find('=') != kNone;
    if (!alone && !marked) return at;
    out.append(visible_text(parse_site_tag(inside)));
    return leave_at(line, end);
  }

  /// Kramdown's "{: .note }" anywhere and "{width=50%}" behind a link or image.
  std::size_t clean_attributes(string_view line, std::size_t at) const {
    const string_view rest = line.substr(at);
    const bool kramdown = rest.starts_with("{: ") || rest.starts_with("{:.");
    const bool behind_link = at > 0 && line[at - 1] == ')';
    const std::size_t close = rest.substr(0, 200).find('}');
    return (kramdown || behind_link) && close != kNone ? at + close + 1 : at;
  }

  string_view without_heading_id(string_view line) {
    const string_view trimmed = trim_right(line);
    const std::size_t open = trimmed.rfind('{');
    if (!trimmed.ends_with('}') || open == kNone) return line;
    string_view inside = trimmed.substr(open + 1, trimmed.size() - open - 2);
    if (inside.starts_with(':')) inside = trim(inside.substr(1));
    if (!inside.starts_with('#') || inside.size() < 2 || is_digit(inside[1])) return line;
    const bool alone = is_blank(trimmed.substr(0, open));
    const std::size_t end = std::min(inside.find_first_of(" \t"), inside.size());
    plain_.heading_ids[alone && number_ > 1 ? number_ - 1 : number_] = inside.substr(1, end - 1);
    return line.substr(0, open);
  }

  void end_comment(string_view line) {
    if (line.find("endcomment") != kNone) in_comment_ = false;
    put("");
  }

  std::size_t offset(string_view part) const {
    return static_cast<std::size_t>(part.data() - text_.data());
  }

  /// Goes on behind byte `end` of the text, which may lie on a later line.
  std::size_t leave_at(string_view line, std::size_t end) {
    const std::size_t line_end = offset(line) + line.size();
    blank_until_ = std::max(blank_until_, end > line_end ? end : 0);
    return std::min(end, line_end) - offset(line);
  }

  // Remembers where nothing was found, so that a page of opening delimiters is not searched again
  // and again.
  std::size_t find_close(std::size_t kind, std::size_t from) {
    const std::size_t limit = std::min(from + kMaxTagBytes, text_.size());
    const std::size_t start = std::max(from, none_before_[kind]);
    if (start >= limit) return kNone;
    const std::size_t close = text_.substr(0, limit).find(kDelimiters[kind].close, start);
    if (close == kNone) none_before_[kind] = limit - kDelimiters[kind].close.size();
    return close;
  }

  void put(string_view content) {
    content = content.substr(0, line_.size());
    const auto target = plain_.text.begin() + static_cast<std::ptrdiff_t>(begin_);
    const auto rest = std::copy(content.begin(), content.end(), target);
    std::fill(rest, target + static_cast<std::ptrdiff_t>(line_.size()), ' ');
  }

  string_view text_;
  DocumentBuilder& builder_;
  PlainMarkdown plain_;
  std::size_t blank_until_;
  std::size_t number_ = 0, begin_ = 0;
  string_view line_;
  CodeFence fence_;
  bool in_comment_ = false;
  bool in_highlight_ = false;
  std::vector<std::size_t> blocks_;  // Indentation of the open MkDocs blocks.
  std::array<std::size_t, kDelimiters.size()> none_before_{};
};

}  // namespace

PlainMarkdown without_site_syntax(string_view text, std::size_t front_matter,
                                  DocumentBuilder& builder) {
  return Cleaner(text, front_matter, builder).run();
}

}  // namespace freshet::pipeline
