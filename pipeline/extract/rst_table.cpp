#include "pipeline/extract/rst_table.h"

#include <algorithm>

#include "base/utf8.h"
#include "pipeline/extract/rst_lines.h"
#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

using std::string_view;

/// Columns of a simple table count characters, not bytes.
std::size_t byte_of_column(string_view line, std::size_t column) {
  std::size_t at = 0;
  for (std::size_t seen = 0; seen < column && at < line.size(); ++seen)
    at += decode_utf8(line.substr(at)).length;
  return at;
}

class TableReader {
 public:
  TableReader(std::size_t number, const RstNames& names, DocumentBuilder& builder)
      : names_(names), builder_(builder), lines_(builder.lines()), number_(number) {}

  std::size_t read_simple() {
    columns_ = rst_columns(lines_.line(number_));
    std::size_t rules = 1;
    for (++number_; number_ <= lines_.count(); ++number_) {
      const string_view line = lines_.line(number_);
      if (is_rst_simple_rule(line)) {
        ++rules;
        const bool last = number_ == lines_.count() || is_blank(lines_.line(number_ + 1));
        finish_row(rules == 2 && !last);
        if (last) return number_;
        continue;
      }
      if (is_blank(line) || trim(line).find_first_not_of("- ") == string_view::npos) {
        finish_row(false);
        continue;
      }
      const bool goes_on = is_blank(cell_of(line, columns_[0]));
      if (!goes_on) finish_row(false);
      add_line();
      for (std::size_t i = 0; i < columns_.size(); ++i) add_cell(i, cell_of(line, columns_[i]));
    }
    finish_row(false);
    return lines_.count();
  }

  std::size_t read_grid() {
    for (; number_ <= lines_.count(); ++number_) {
      const string_view line = trim(lines_.line(number_));
      if (is_rst_grid_rule(line)) {
        finish_row(line.find('=') != string_view::npos);
      } else if (line.starts_with('|') || line.starts_with('+')) {
        add_line();
        const auto cells = split_at(
            line.substr(1, line.size() - (line.ends_with('|') && line.size() > 1 ? 2 : 1)), '|');
        for (std::size_t i = 0; i < cells.size(); ++i) add_cell(i, cells[i]);
      } else {
        break;
      }
    }
    finish_row(false);
    return number_ - 1;
  }

 private:
  static string_view cell_of(string_view line, Span column) {
    const std::size_t begin = byte_of_column(line, column.begin);
    const string_view rest = line.substr(begin);
    return column.end == string_view::npos
               ? rest
               : rest.substr(0, byte_of_column(rest, column.end - column.begin));
  }

  void add_line() {
    if (row_.empty()) row_.push_back({});
    const Span span{lines_.begin(number_), lines_.begin(number_) + lines_.line(number_).size()};
    if (!open_) span_.begin = span.begin;
    span_.end = span.end;
    open_ = true;
  }

  void add_cell(std::size_t index, string_view content) {
    if (row_.size() <= index) row_.resize(index + 1);
    content = trim(content);
    const bool rule = content.find_first_not_of("+-=") == string_view::npos;
    if (!rule) row_[index].add(content, number_, lines_);
  }

  void finish_row(bool header) {
    if (!open_) return;
    std::string text;
    bool empty = true;
    for (std::size_t i = 0; i < row_.size(); ++i) {
      const std::string cell = clean_line(read_rst_inline(row_[i], names_, builder_));
      empty = empty && cell.empty();
      text += (i == 0 ? "" : " | ") + cell;
    }
    builder_.add(BlockKind::TableRow, empty ? "" : std::move(text), span_).table_header = header;
    row_.clear();
    open_ = false;
  }

  const RstNames& names_;
  DocumentBuilder& builder_;
  const Lines& lines_;
  std::size_t number_;
  std::vector<Span> columns_;
  std::vector<ParagraphBuffer> row_;
  Span span_;
  bool open_ = false;
};

}  // namespace

std::size_t read_rst_table(std::size_t number, const RstNames& names, DocumentBuilder& builder) {
  TableReader reader(number, names, builder);
  return is_rst_grid_rule(builder.lines().line(number)) ? reader.read_grid() : reader.read_simple();
}

}  // namespace freshet::pipeline
