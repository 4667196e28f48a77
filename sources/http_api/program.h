#pragma once

#include <optional>
#include <vector>

#include "sources/http_api/program_tree.h"
#include "sources/http_api/variables.h"

namespace freshet::sources::http_api {

/// Most programs of a manifest, run without jq's machine: neither its 25 ms of compilation nor its
/// kind of values. The answers are jq's own; where jq would fail, wherever its answer is not
/// known for certain, and after some millions of steps, nothing is answered and jq must be asked.
/// One thread at a time uses it.
class Program {
 public:
  /// nullopt where jq must run the program.
  static std::optional<Program> read(const std::vector<Token>& tokens);

  /// nullopt where jq must be asked.
  [[nodiscard]] std::optional<std::vector<Value>> all(const Value& input,
                                                      const Variables& variables) const;
  /// Null where there is none.
  [[nodiscard]] std::optional<Value> first(const Value& input, const Variables& variables) const;

 private:
  explicit Program(ProgramTree tree) : tree_(std::move(tree)) {}

  ProgramTree tree_;
};

}  // namespace freshet::sources::http_api
