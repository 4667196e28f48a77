#pragma once

#include <map>
#include <string>
#include <string_view>

namespace freshet::pipeline {

/// A heading's fragment as GitHub makes it: lower case; letters, digits, marks, '_' and '-' stay,
/// spaces become
/// '-', everything else goes.
std::string github_slug(std::string_view heading);

/// The fragments of a wiki: the heading as it is, with `space` for each white space, and for
/// repeated ones `repeat` and a number from `first` on.
class WikiFragments {
 public:
  struct Rule {
    char space;
    char repeat;
    std::size_t first;
  };
  explicit WikiFragments(Rule rule) : rule_(rule) {}
  std::string next(std::string_view heading);

 private:
  Rule rule_;
  std::map<std::string, std::size_t, std::less<>> used_;
};

/// Gives each heading of one document its own fragment: a repeated slug gets -1, -2 ... as on
/// GitHub.
class Anchors {
 public:
  /// `explicit_id`, when there is one, is taken as it is.
  std::string next(std::string_view heading, std::string_view explicit_id);

 private:
  std::map<std::string, std::size_t, std::less<>> used_;
};

}  // namespace freshet::pipeline
