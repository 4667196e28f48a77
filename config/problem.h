#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace freshet::config {

/// A place in the configuration file, 1-based. Line 0 means the file as a whole.
struct Position {
  std::size_t line = 0;
  std::size_t column = 0;
  bool operator==(const Position&) const = default;
};

enum class Severity {
  Error,    ///< The settings cannot be used.
  Warning,  ///< They can, but somebody should look.
};

/// One thing that is wrong with a configuration, and what to do about it.
struct Problem {
  Severity severity = Severity::Error;
  Position at;
  std::string option;   ///< Dotted: "sources.docs.branch"; empty for the file as a whole.
  std::string message;  ///< What is wrong and the fix. Never the text of a secret.
};

/// "freshet.yaml:12:5: error: sources.docs.branch: ...".
std::string describe(const Problem& problem, std::string_view file);

/// Collects problems; keeps at most 100 and then says that there were more.
class Problems {
 public:
  void error(Position at, std::string_view option, std::string message);
  void warning(Position at, std::string_view option, std::string message);
  /// In the order of the file.
  [[nodiscard]] std::vector<Problem> sorted() const;

 private:
  void add(Problem problem);
  std::vector<Problem> list_;
};

}  // namespace freshet::config
