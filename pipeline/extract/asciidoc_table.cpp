#include "pipeline/extract/asciidoc_table.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

using std::string_view;
constexpr auto kNone = string_view::npos;
constexpr std::size_t kMaxColumns = 200;

/// "a", "2+", ".3+^e": how the cell behind it is to be read, not text.
bool is_cell_format(string_view text) {
  return !text.empty() && text.size() <= 6 &&
         text.find_first_not_of("0123456789.+*<>^adehlmsv") == kNone;
}

std::size_t columns_of(string_view attributes) {
  const std::size_t cols = attributes.find("cols=");
  if (cols == kNone) return 0;
  string_view value = attributes.substr(cols + 5);
  const bool quoted = value.starts_with('"');
  value = quoted ? value.substr(1, value.find('"', 1) - 1) : value.substr(0, value.find(','));
  std::size_t count = 0;
  std::from_chars(value.data(), value.data() + value.size(), count);
  const bool repeated =
      value.find('*') != kNone || (count > 0 && value.find_first_not_of("0123456789") == kNone);
  const auto listed = static_cast<std::size_t>(std::count(value.begin(), value.end(), ',')) + 1;
  return std::min(repeated && count > 0 ? count : listed, kMaxColumns);
}

class TableReader {
 public:
  TableReader(string_view attributes, const AsciidocAttributes& names, DocumentBuilder& builder)
      : names_(names),
        builder_(builder),
        lines_(builder.lines()),
        columns_(columns_of(attributes)) {
    header_ = attributes.find("header") != kNone;
  }

  void read(Span range) {
    for (std::size_t number = range.begin + 1; number < range.end; ++number) {
      const string_view line = trim(lines_.line(number));
      const bool first_line = columns_ == 0 && !cells_.empty();
      if (line.empty() && first_line && rows_ == 0) header_ = true;
      if (first_line) columns_ = std::min(cells_.size(), kMaxColumns);
      if (columns_ > 0 && starts_cell(line)) finish_rows(columns_);
      if (!line.empty()) read_line(line, number);
    }
    finish_rows(columns_ == 0 ? std::max<std::size_t>(cells_.size(), 1) : columns_);
    if (!cells_.empty()) finish_rows(cells_.size());
  }

 private:
  // A line without a bar at its start goes on with the last cell.
  static bool starts_cell(string_view line) {
    const std::size_t bar = line.find('|');
    return bar == 0 || (bar != kNone && is_cell_format(line.substr(0, bar)));
  }

  void read_line(string_view line, std::size_t number) {
    const auto parts = split_at(line, '|');
    for (std::size_t i = 0; i < parts.size(); ++i) {
      string_view part = trim(parts[i]);
      const bool last = i + 1 == parts.size();
      // A format stands directly before the bar that begins its cell.
      const std::size_t word = part.find_last_of(' ') == kNone ? 0 : part.find_last_of(' ') + 1;
      const bool tight = !last && !parts[i].empty() && !is_blank(parts[i].back());
      if (tight && is_cell_format(part.substr(word))) part = trim(part.substr(0, word));
      if (i > 0) cells_.emplace_back();
      if (!cells_.empty() && (!part.empty() || i > 0)) cells_.back().add(part, number, lines_);
    }
  }

  /// Turns full rows into blocks. The last cell may go on, so a row is finished when the next line
  /// is read.
  void finish_rows(std::size_t columns) {
    std::size_t done = 0;
    for (; cells_.size() - done >= columns && done < cells_.size(); done += columns)
      add_row(done, columns);
    cells_.erase(cells_.begin(), cells_.begin() + static_cast<std::ptrdiff_t>(done));
  }

  void add_row(std::size_t from, std::size_t columns) {
    std::string text;
    bool empty = true;
    Span span = cells_[from].span();
    for (std::size_t i = from; i < from + columns; ++i) {
      const std::string cell = clean_line(read_asciidoc_inline(cells_[i], names_, builder_));
      empty = empty && cell.empty();
      text += (i == from ? "" : " | ") + cell;
      span.end = std::max(span.end, cells_[i].span().end);
    }
    builder_.add(BlockKind::TableRow, empty ? "" : std::move(text), span).table_header =
        header_ && rows_ == 0;
    ++rows_;
  }

  const AsciidocAttributes& names_;
  DocumentBuilder& builder_;
  const Lines& lines_;
  std::size_t columns_;
  bool header_ = false;
  std::size_t rows_ = 0;
  std::vector<ParagraphBuffer> cells_;
};

}  // namespace

void read_asciidoc_table(Span lines, string_view attributes, const AsciidocAttributes& names,
                         DocumentBuilder& builder) {
  TableReader(attributes, names, builder).read(lines);
}

}  // namespace freshet::pipeline
