#include "pipeline/extract/markdown_bounds.h"

#include <algorithm>

#include "pipeline/extract/code_fence.h"
#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

using std::string_view;

constexpr std::size_t kMaxInlineMarks = 3000;    // In one paragraph.
constexpr std::size_t kMaxCells = 500;           // In one row.
constexpr std::size_t kMaxContainers = 64;       // On one line.
constexpr std::size_t kMaxFilledCells = 100000;  // Added by the parser to rows that are too short.
constexpr std::size_t kMinPiece = 4 << 20;
constexpr std::size_t kMaxPiece = 16 << 20;

constexpr string_view kInlineMarks = "[]<*_`~!";

std::size_t count_of(string_view line, string_view characters) {
  return static_cast<std::size_t>(std::count_if(
      line.begin(), line.end(), [&](char c) { return characters.find(c) != string_view::npos; }));
}

bool is_delimiter_row(string_view line) {
  return line.find('-') != string_view::npos && line.find('|') != string_view::npos &&
         line.find_first_not_of("|-: \t>") == string_view::npos;
}

bool starts_block(string_view line) {
  const string_view inner = trim(line);
  return inner.empty() || inner.front() == '|' || inner.front() == '#' || inner.starts_with("- ") ||
         inner.starts_with("* ") || inner.starts_with("+ ");
}

class Calmer {
 public:
  explicit Calmer(std::string& text) : text_(text), lines_(text) {}

  void run() {
    for (std::size_t number = 1; number <= lines_.count(); ++number) {
      const string_view line = lines_.line(number);
      const Span span{lines_.begin(number), lines_.begin(number) + line.size()};
      limit_containers(line, span);
      follow_table(line, span);
      if (count_of(line, "|") > kMaxCells) blank(span, "|");
      follow_paragraph(line, span);
    }
    end_paragraph();
  }

 private:
  void blank(Span span, string_view characters) {
    for (std::size_t at = span.begin; at < span.end; ++at) {
      if (characters.find(text_[at]) != string_view::npos) text_[at] = ' ';
    }
  }

  void limit_containers(string_view line, Span span) {
    std::size_t end = std::min(line.find_first_not_of("> \t-*+"), line.size());
    const std::size_t marks = count_of(line.substr(0, end), ">-*+");
    const bool rule = count_of(line.substr(0, end), ">") == 0 && end == line.size();
    if (marks > kMaxContainers && !rule) blank({span.begin, span.begin + end}, ">-*+");
  }

  void follow_table(string_view line, Span span) {
    if (is_delimiter_row(line)) {
      delimiters_ = span;
      columns_ = count_of(line, "|") + 1;
      filled_ = 0;
    } else if (is_blank(line)) {
      columns_ = 0;
    } else if (columns_ > 0) {
      const std::size_t cells = count_of(line, "|") + 1;
      filled_ += columns_ - std::min(columns_, cells);
      if (filled_ <= kMaxFilledCells) return;
      blank(delimiters_, "|");
      columns_ = 0;
    }
  }

  void follow_paragraph(string_view line, Span span) {
    if (starts_block(line)) end_paragraph();
    if (marks_ == 0) paragraph_.begin = span.begin;
    paragraph_.end = span.end;
    marks_ += count_of(line, kInlineMarks);
  }

  void end_paragraph() {
    if (marks_ > kMaxInlineMarks) blank(paragraph_, kInlineMarks);
    marks_ = 0;
  }

  std::string& text_;
  Lines lines_;
  Span delimiters_, paragraph_;
  std::size_t columns_ = 0, filled_ = 0, marks_ = 0;
};

}  // namespace

void calm_markdown(std::string& text) {
  Calmer(text).run();
}

std::vector<Span> markdown_pieces(const Lines& lines) {
  std::vector<Span> pieces;
  CodeFence fence;
  std::size_t begin = 0;
  for (std::size_t number = 2; number <= lines.count(); ++number) {
    const string_view before = lines.line(number - 1);
    const bool in_code = fence.follow(before) && fence.is_open();
    const std::size_t at = lines.begin(number);
    const string_view line = lines.line(number);
    const bool starts_afresh = is_blank(before) && !line.empty() && !is_blank(line.front());
    const bool good_cut = !in_code && (line.starts_with('#') || starts_afresh);
    const std::size_t size = at - begin;
    if (size < kMinPiece || (!good_cut && size < kMaxPiece)) continue;
    pieces.push_back({begin, at});
    begin = at;
  }
  pieces.push_back({begin, lines.text().size()});
  return pieces;
}

}  // namespace freshet::pipeline
