#pragma once

#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/problem.h"
#include "config/tree.h"
#include "sources/http_api/expression.h"
#include "sources/http_api/manifest/request_spec.h"
#include "sources/http_api/template.h"

namespace freshet::sources::http_api {

/// Reads the members of one map of a manifest. What is asked for is what may stand there: finish()
/// reports everything else, naming the nearest known member. A value that does not fit becomes a
/// problem and reads as absent. One thread owns it.
class MapReader {
 public:
  /// A node that is no map is a problem, and reads as an empty one.
  MapReader(const config::Node& map, std::string name, config::Problems& problems);

  const config::Node* member(std::string_view name);
  const config::Node* required(std::string_view name);
  /// The items of a list, the members of a map.
  std::span<const config::Node> items(std::string_view name);
  std::span<const config::Node> members(std::string_view name);

  std::optional<std::string> text(std::string_view name);
  std::string required_text(std::string_view name);
  bool flag(std::string_view name, bool fallback = false);
  std::optional<double> number(std::string_view name, double most);
  std::size_t count(std::string_view name, std::size_t fallback, std::size_t most);
  /// "500ms", "30s", "5m", "1h", "7d".
  std::optional<std::chrono::milliseconds> duration(std::string_view name);
  std::optional<double> fraction(std::string_view name);
  std::vector<std::string> texts(std::string_view name);  ///< A list, or one text.
  /// The position of the word in `words`.
  std::optional<std::size_t> choice(std::string_view name,
                                    std::initializer_list<std::string_view> words);

  std::optional<Expression> expression(std::string_view name);
  Expression required_expression(std::string_view name);
  std::optional<Template> text_template(std::string_view name,
                                        SecretUse secrets = SecretUse::Refused);
  std::optional<ValueTemplate> value_template(std::string_view name,
                                              SecretUse secrets = SecretUse::Refused);
  NamedTemplates templates(std::string_view name, SecretUse secrets = SecretUse::Refused);

  /// Reports every member that nobody asked for.
  void finish();

  void error(const config::Node& at, std::string_view member, std::string message);
  [[nodiscard]] std::string dotted(std::string_view member) const;
  [[nodiscard]] const config::Node& node() const { return *map_; }
  [[nodiscard]] config::Problems& problems() const { return *problems_; }

 private:
  std::optional<std::string> scalar(std::string_view name);

  const config::Node* map_;
  std::string name_;
  config::Problems* problems_;
  std::vector<std::string> known_;
};

/// The parts that readers share: one node as an expression, a template, a value.
std::optional<Expression> read_expression(const config::Node& node, std::string_view name,
                                          config::Problems& problems);
std::optional<Template> read_template(const config::Node& node, std::string_view name,
                                      SecretUse secrets, config::Problems& problems);
std::optional<ValueTemplate> read_value_template(const config::Node& node, std::string_view name,
                                                 SecretUse secrets, config::Problems& problems);

}  // namespace freshet::sources::http_api
