#include "pipeline/extract/wiki_source.h"

#include <algorithm>
#include <array>

#include "pipeline/extract/html_tokens.h"
#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

using std::string_view;
constexpr auto kNone = string_view::npos;
constexpr std::size_t kMaxNameBytes = 60;
constexpr std::size_t kMaxTagBytes = 1000;
constexpr std::array<string_view, 6> kLiteralTags = {"chem", "math",   "nowiki",
                                                     "pre",  "source", "syntaxhighlight"};

/// Finds comments and literals, and hides the comments.
class LiteralFinder {
 public:
  explicit LiteralFinder(WikiSource& source) : source_(source), lower_(to_lower(source.text)) {}

  void find() {
    std::size_t at = lower_.find('<');
    while (at != kNone) at = lower_.find('<', read(at));
  }

 private:
  std::size_t read(std::size_t at) {
    if (lower_.compare(at, 4, "<!--") == 0) return hide(at, lower_.find("-->", at + 4), 3);
    for (std::size_t i = 0; i < kLiteralTags.size(); ++i) {
      const string_view tag = kLiteralTags[i];
      const string_view after = string_view(lower_).substr(at + 1);
      const bool named = after.starts_with(tag) && after.size() > tag.size() &&
                         string_view(" \t\n/>").find(after[tag.size()]) != kNone;
      if (named) return read_literal(at, i);
    }
    return at + 1;
  }

  std::size_t hide(std::size_t from, std::size_t end, std::size_t mark) {
    end = end == kNone ? lower_.size() : end + mark;
    std::fill(source_.text.begin() + static_cast<std::ptrdiff_t>(from),
              source_.text.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    return end;
  }

  std::size_t read_literal(std::size_t at, std::size_t tag) {
    const string_view name = kLiteralTags[tag];
    const std::size_t tag_end = lower_.find_first_of("<>", at + 1);
    if (tag_end == kNone || lower_[tag_end] == '<' || tag_end - at > kMaxTagBytes) return at + 1;
    if (lower_[tag_end - 1] == '/') return hide(at, tag_end, 1);
    const std::string mark = "</" + std::string(name);
    const std::size_t close = never_closed_[tag] ? kNone : lower_.find(mark, tag_end);
    // Keeps many starts without an end from searching the rest of the text each.
    never_closed_[tag] = close == kNone;
    if (close == kNone) return at + 1;
    const std::size_t end = std::min(lower_.find('>', close), lower_.size() - 1) + 1;
    WikiLiteral literal{{at, end}, {tag_end + 1, close}, std::string(name), {}};
    const string_view attributes = string_view(lower_).substr(at, tag_end - at);
    const std::size_t language = attributes.find("lang=");
    if (language != kNone) literal.language = word_in(attributes.substr(language + 5));
    source_.literals.push_back(std::move(literal));
    return end;
  }

  static std::string word_in(string_view value) {
    value.remove_prefix(std::min(value.find_first_not_of("\"' "), value.size()));
    return std::string(value.substr(0, value.find_first_of("\"' >")));
  }

  WikiSource& source_;
  std::string lower_;
  std::array<bool, kLiteralTags.size()> never_closed_{};
};

struct Braces {
  std::size_t end = 0;    // Of "{{" or "{{{": where what closes it begins.
  std::size_t width = 2;  // Of both.
};
using BracePairs = std::unordered_map<std::size_t, Braces>;

/// Pairs "{{" with "}}" and "[[" with "]]".
class PairFinder {
 public:
  explicit PairFinder(WikiSource& source) : source_(source), text_(source.text) {}

  BracePairs find() {
    auto literal = source_.literals.begin();
    for (std::size_t at = text_.find_first_of("{}[]"); at != kNone;
         at = text_.find_first_of("{}[]", at)) {
      while (literal != source_.literals.end() && literal->outer.end <= at) ++literal;
      const bool inside = literal != source_.literals.end() && literal->outer.begin <= at;
      at = inside ? literal->outer.end : at + read(at);
    }
    return std::move(pairs_);
  }

 private:
  std::size_t read(std::size_t at) {
    const string_view rest = text_.substr(at);
    const auto is = [&](string_view mark) { return rest.starts_with(mark); };
    if (is("[[")) links_.push_back(at);
    if (is("]]") && !links_.empty()) {
      source_.link_ends[links_.back()] = at;
      links_.pop_back();
    }
    if (is("{{")) braces_.push_back(at);
    if (is("{{{")) return 3;
    if (is("}}") && !braces_.empty()) {
      const std::size_t open = braces_.back();
      const bool triple = is("}}}") && text_.substr(open).starts_with("{{{");
      pairs_[open] = {at, triple ? 3U : 2U};
      braces_.pop_back();
      return triple ? 3 : 2;
    }
    return is("[[") || is("]]") || is("{{") ? 2 : 1;
  }

  WikiSource& source_;
  string_view text_;
  std::vector<std::size_t> links_, braces_;
  BracePairs pairs_;
};

/// Overwrites templates, except for the text of positional parameters.
class TemplateHider {
 public:
  TemplateHider(WikiSource& source, const BracePairs& pairs)
      : source_(source), pairs_(pairs), original_(source.text) {}

  void hide() {
    std::vector<WikiLiteral> shown;
    auto literal = source_.literals.begin();
    for (std::size_t at = 0; at < original_.size();) {
      if (literal != source_.literals.end() && literal->outer.begin == at) {
        const std::size_t end = literal->outer.end;
        if (hidden_ > 0) overwrite(at, end);
        if (hidden_ == 0) shown.push_back(std::move(*literal));
        ++literal;
        at = end;
      } else {
        at = read(at);
      }
    }
    source_.literals = std::move(shown);
  }

 private:
  struct Template {
    std::size_t end;
    std::size_t width;
    bool whole;  // Nothing of it is text.
    bool hides;  // The parameter being read, or the name.
    std::size_t link_end = 0;
  };

  void overwrite(std::size_t from, std::size_t to) {
    for (std::size_t at = from; at < to; ++at) source_.text[at] = ' ';
  }

  void set_hiding(Template& open, bool hides) {
    if (open.hides != hides) hidden_ = hides ? hidden_ + 1 : hidden_ - 1;
    open.hides = hides;
  }

  std::size_t read(std::size_t at) {
    if (!open_.empty() && open_.back().end == at) return close(at);
    const auto pair = original_[at] == '{' ? pairs_.find(at) : pairs_.end();
    if (pair != pairs_.end()) return open(at, pair->second);
    if (open_.empty()) return at + 1;
    if (hidden_ > 0) source_.text[at] = ' ';
    if (original_[at] == '[') skip_link(at);
    if (original_[at] == '|' && at >= open_.back().link_end) start_parameter(at);
    return at + 1;
  }

  // A bar inside a link belongs to the link.
  void skip_link(std::size_t at) {
    const auto link = source_.link_ends.find(at);
    if (link == source_.link_ends.end() || link->second > open_.back().end) return;
    open_.back().link_end = std::max(open_.back().link_end, link->second);
  }

  std::size_t open(std::size_t at, const Braces& braces) {
    const string_view name = string_view(original_)
                                 .substr(at + braces.width, kMaxNameBytes)
                                 .substr(0, braces.end - at - braces.width);
    const string_view word = trim(name.substr(0, name.find_first_of("|{")));
    const bool whole = word.starts_with('#') || word.find(':') != kNone;
    open_.push_back({braces.end, braces.width, whole, true, 0});
    ++hidden_;
    overwrite(at, at + braces.width);
    return at + braces.width;
  }

  std::size_t close(std::size_t at) {
    const Template closed = open_.back();
    open_.pop_back();
    overwrite(at, at + closed.width);
    if (closed.hides) --hidden_;
    return at + closed.width;
  }

  void start_parameter(std::size_t at) {
    source_.text[at] = ' ';
    const string_view rest = string_view(original_).substr(at + 1, kMaxNameBytes);
    const std::size_t equals = rest.find_first_of("=|{}[]<\n", rest.find_first_not_of(" \n"));
    const bool named = equals != kNone && rest[equals] == '=';
    const string_view name = named ? trim(rest.substr(0, equals)) : string_view();
    const bool numbered = named && name.find_first_not_of("0123456789") == kNone;
    set_hiding(open_.back(), open_.back().whole || (named && !numbered));
    // "1=text" is positional too; its name goes.
    if (numbered) overwrite(at, at + 1 + equals + 1);
  }

  WikiSource& source_;
  const BracePairs& pairs_;
  const std::string original_;
  std::vector<Template> open_;
  std::size_t hidden_ = 0;
};

}  // namespace

const WikiLiteral* WikiSource::literal_after(std::size_t byte) const {
  const auto found =
      std::upper_bound(literals.begin(), literals.end(), byte,
                       [](std::size_t at, const auto& literal) { return at < literal.outer.end; });
  return found == literals.end() ? nullptr : &*found;
}

std::size_t WikiSource::step_over(std::size_t at) const {
  if (text[at] == '<') {
    const WikiLiteral* literal = literal_after(at);
    return literal != nullptr && literal->outer.begin == at ? literal->outer.end : at + 1;
  }
  const auto link = text[at] == '[' ? link_ends.find(at) : link_ends.end();
  return link == link_ends.end() ? at + 1 : link->second + 2;
}

WikiSource prepare_wikitext(string_view text) {
  WikiSource source;
  source.text = text;
  LiteralFinder(source).find();
  const BracePairs pairs = PairFinder(source).find();
  TemplateHider(source, pairs).hide();
  return source;
}

}  // namespace freshet::pipeline
