#include <algorithm>
#include <array>
#include <vector>

#include "pipeline/extract/code_fence.h"
#include "pipeline/extract/lines.h"
#include "pipeline/extract/text.h"
#include "pipeline/resolutions/fold_forms.h"

namespace freshet::pipeline {
namespace {

using std::string;
using std::string_view;

constexpr std::size_t kMaxSignatureLines = 12;
constexpr std::size_t kMaxAttributionBytes = 400;
constexpr std::size_t kMaxAttributionLines = 3;
constexpr std::size_t kHeaderBlockLines = 6;

/// "On ... wrote:" in the languages that mail programs speak: first word, word of saying.
struct Attribution {
  string_view opening;
  string_view saying;
};
constexpr std::array<Attribution, 9> kAttributions{{{"On ", "wrote"},
                                                    {"Am ", "schrieb"},
                                                    {"Le ", "a écrit"},
                                                    {"El ", "escribió"},
                                                    {"Il ", "ha scritto"},
                                                    {"Op ", "schreef"},
                                                    {"Den ", "skrev"},
                                                    {"Em ", "escreveu"},
                                                    {"W dniu ", "pisze"}}};

constexpr std::array<string_view, 6> kDividers{"original message",        "original appointment",
                                               "ursprüngliche nachricht", "message d'origine",
                                               "mensaje original",        "messaggio originale"};

constexpr std::array<string_view, 5> kFrom{"from:", "von:", "de:", "de :", "da:"};
constexpr std::array<string_view, 20> kOtherHeaders{
    "sent:",  "date:",    "to:",      "cc:",     "subject:", "gesendet:", "datum:",
    "an:",    "betreff:", "envoyé :", "envoyé:", "à :",      "à:",        "objet :",
    "objet:", "enviado:", "para:",    "asunto:", "inviato:", "oggetto:"};

constexpr std::array<string_view, 5> kFooters{"sent from my ", "get outlook for ", "von meinem ",
                                              "envoyé de mon ", "enviado desde mi "};

template <std::size_t Count>
bool starts_with_any(string_view text, const std::array<string_view, Count>& starts) {
  return std::any_of(starts.begin(), starts.end(),
                     [&](string_view start) { return text.starts_with(start); });
}

bool has_digit(string_view text) {
  return std::any_of(text.begin(), text.end(), is_digit);
}

bool has_year(string_view text) {
  for (std::size_t at = text.find("20"); at != string_view::npos; at = text.find("20", at + 1)) {
    if (at + 3 < text.size() && is_digit(text[at + 2]) && is_digit(text[at + 3])) return true;
  }
  return false;
}

/// "-----Original Message-----".
bool is_divider(string_view line) {
  const string text = to_lower(trim(line).substr(0, 200));
  if (!text.starts_with("---") || !text.ends_with("---")) return false;
  return std::any_of(kDividers.begin(), kDividers.end(),
                     [&](string_view words) { return text.find(words) != string::npos; });
}

/// A header's name is often bold: "*From:* Jane".
string header_text(string_view line) {
  string_view text = trim(line);
  while (!text.empty() && text.front() == '*') text.remove_prefix(1);
  return to_lower(text.substr(0, 40));
}

/// One message's lines, each kept or folded.
class Folding {
 public:
  explicit Folding(string_view body) : lines_(body), folded_(lines_.count(), false) {}

  string run() {
    fold_quotes();
    fold_signature();
    fold_footer();
    string out(lines_.text());
    for (std::size_t i = 0; i < lines_.count() && something_left(); ++i) {
      if (folded_[i]) blank_out(out, lines_.begin(i + 1), lines_.begin(i + 1) + line(i).size());
    }
    return out;
  }

 private:
  [[nodiscard]] string_view line(std::size_t index) const { return lines_.line(index + 1); }
  [[nodiscard]] bool blank(std::size_t index) const { return is_blank(line(index)); }
  [[nodiscard]] std::size_t next_text(std::size_t index) const {
    while (index < lines_.count() && blank(index)) ++index;
    return index;
  }
  [[nodiscard]] bool something_left();
  void fold_from(std::size_t first, std::size_t last) {
    std::fill(folded_.begin() + static_cast<std::ptrdiff_t>(first),
              folded_.begin() + static_cast<std::ptrdiff_t>(last), true);
  }

  [[nodiscard]] bool is_quote(std::size_t index) const;
  [[nodiscard]] bool is_header_block(std::size_t index) const;
  [[nodiscard]] std::size_t attribution_lines(std::size_t index) const;
  [[nodiscard]] bool quotes_the_rest(std::size_t index, std::size_t count) const;
  void fold_quotes();
  void fold_rest(std::size_t index);
  void fold_signature();
  void fold_footer();

  Lines lines_;
  std::vector<bool> folded_;
  std::size_t first_kept_ = 0;  // Grows only, so that asking again costs nothing.
};

bool Folding::something_left() {
  while (first_kept_ < lines_.count() && (blank(first_kept_) || folded_[first_kept_]))
    ++first_kept_;
  return first_kept_ < lines_.count();
}

bool Folding::is_quote(std::size_t index) const {
  const string_view text = trim(line(index));
  if (!text.starts_with('>') || text.starts_with("> [!")) return false;
  const bool prompt = text.starts_with(">>> ") && (index == 0 || !folded_[index - 1]);
  return !prompt;
}

bool Folding::is_header_block(std::size_t index) const {
  if (!starts_with_any(header_text(line(index)), kFrom)) return false;
  std::size_t others = 0;
  for (std::size_t i = index + 1; i < std::min(index + kHeaderBlockLines, lines_.count()); ++i) {
    if (starts_with_any(header_text(line(i)), kOtherHeaders)) ++others;
  }
  return others >= 2;
}

/// How many lines an attribution takes here; 0 when there is none.
std::size_t Folding::attribution_lines(std::size_t index) const {
  const string_view first = trim(line(index));
  const auto* const form =
      std::find_if(kAttributions.begin(), kAttributions.end(),
                   [&](const Attribution& known) { return first.starts_with(known.opening); });
  if (form == kAttributions.end()) return 0;
  string text;
  for (std::size_t i = index; i < std::min(index + kMaxAttributionLines, lines_.count()); ++i) {
    text.append(trim(line(i)).substr(0, kMaxAttributionBytes)).push_back(' ');
    const string_view so_far = trim(text);
    if (so_far.size() > kMaxAttributionBytes || blank(i)) return 0;
    const bool said = so_far.ends_with(':') && so_far.find(form->saying) != string_view::npos;
    if (said) return has_digit(so_far) ? i - index + 1 : 0;
  }
  return 0;
}

/// Whether everything behind an attribution is the quoted mail.
bool Folding::quotes_the_rest(std::size_t index, std::size_t count) const {
  string text;
  for (std::size_t i = index; i < index + count; ++i) text.append(line(i));
  return text.find('@') != string::npos || has_year(text);
}

void Folding::fold_quotes() {
  CodeFence fence;
  for (std::size_t i = 0; i < lines_.count(); ++i) {
    if (is_quote(i)) {
      folded_[i] = !fence.is_open();
      continue;
    }
    if (fence.follow(line(i))) continue;
    if (is_divider(line(i)) || is_header_block(i)) return fold_rest(i);
    const std::size_t count = attribution_lines(i);
    if (count == 0) continue;
    const std::size_t behind = next_text(i + count);
    if (behind < lines_.count() && trim(line(behind)).starts_with('>')) {
      fold_from(i, i + count);
      i += count - 1;
    } else if (quotes_the_rest(i, count)) {
      return fold_rest(i);
    }
  }
}

/// With the rule of underscores that Outlook draws above its header block.
void Folding::fold_rest(std::size_t index) {
  std::size_t above = index;
  while (above > 0 && blank(above - 1)) --above;
  if (above > 0 && trim(line(above - 1)).starts_with("_____")) index = above - 1;
  fold_from(index, lines_.count());
}

void Folding::fold_signature() {
  std::size_t below = 0;
  for (std::size_t i = lines_.count(); i-- > 0 && below <= kMaxSignatureLines;) {
    if (folded_[i] || blank(i)) continue;
    const string_view text = line(i);
    const bool marked = text == "-- " || text == "--" || text == "--\xC2\xA0";
    // Markdown underlines a heading with "--".
    const bool heading = text == "--" && i > 0 && !blank(i - 1);
    if (marked && !heading) return fold_from(i, lines_.count());
    ++below;
  }
}

void Folding::fold_footer() {
  for (std::size_t i = lines_.count(); i-- > 0;) {
    if (folded_[i] || blank(i)) continue;
    const string_view text = trim(line(i));
    folded_[i] = text.size() < 80 && starts_with_any(to_lower(text), kFooters);
    return;
  }
}

}  // namespace

string fold_lines(string_view body) {
  return Folding(body).run();
}

}  // namespace freshet::pipeline
