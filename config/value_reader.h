#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/environment.h"
#include "config/option.h"
#include "config/problem.h"
#include "config/tree.h"

namespace freshet::config {

/// Turns one node into one member. A value that does not fit becomes a problem and leaves the
/// member as it was. One thread owns it.
class ValueReader {
 public:
  /// `directory` is what relative paths are relative to; absolute itself.
  ValueReader(EnvironmentLookup environment, std::filesystem::path directory, Problems& problems);

  /// A value with its option and its dotted name.
  struct Value {
    const Node& node;
    const OptionText& option;
    std::string_view name;
  };

  void read(const Value& value, std::string& out);
  void read(const Value& value, std::filesystem::path& out);
  void read(const Value& value, bool& out);
  void read(const Value& value, std::size_t& out);
  void read(const Value& value, std::int64_t& out);
  void read(const Value& value, double& out);
  void read(const Value& value, std::chrono::milliseconds& out);
  void read(const Value& value, std::vector<std::string>& out);
  void read(const Value& value, Secret& out);
  void read(const Value& value, FreeValues& out);
  void read(const Value& value, Words& out);
  void read(const Value& value, EncoderKind& out);

  Problems& problems() { return *problems_; }
  [[nodiscard]] std::filesystem::path absolute(std::string_view path) const;

 private:
  std::optional<std::string> scalar(const Value& value);
  std::optional<std::string> text_of(const Node& node, std::string_view name);
  std::optional<double> number(const Value& value);
  bool check_choice(const Value& value, std::string_view text);
  void error(const Value& value, std::string message);

  EnvironmentLookup environment_;
  std::filesystem::path directory_;
  Problems* problems_;
};

/// "a, b or c".
std::string join_alternatives(const std::vector<std::string_view>& words);

}  // namespace freshet::config
