#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sources/http_api/value.h"
#include "sources/http_api/variables.h"

namespace freshet::sources::http_api {

/// A compiled jq program (jq 1.6, libjq): the response side of a manifest. One thread at a time
/// uses an expression.
///
/// A program may use jq's operators, conditions, paths, interpolation, formats and the functions
/// that program_rules.cpp lists. Refused when compiled, by token and not by substring: whatever
/// reads anything but the input (env, $ENV, input, now, import, debug …), definitions, and what
/// repeats without a bound or builds without one (while, until, recurse(f), reduce, foreach, gsub,
/// limit …). A run that takes more than a second of processor time or 512 MiB of memory is stopped
/// and gives Invalid: see run_limits.h.
class Expression {
 public:
  /// Invalid names the program and says what jq or the rules above have against it.
  static Result<Expression> compile(std::string_view program);
  Expression(Expression&&) noexcept;
  Expression& operator=(Expression&&) noexcept;
  ~Expression();

  /// Every value that the program gives. Invalid, in jq's words, when it fails on this input; later
  /// runs are not affected.
  [[nodiscard]] Result<std::vector<Value>> all(const Value& input,
                                               const Variables& variables = {}) const;
  /// The first value, or null when there is none. What comes after it is not computed.
  [[nodiscard]] Result<Value> first(const Value& input, const Variables& variables = {}) const;
  [[nodiscard]] const std::string& program() const;
  /// Where the program stands in its manifest ("streams.pages.records"): what the messages of later
  /// runs begin with.
  void stand_at(std::string place);

 private:
  struct Parts;
  explicit Expression(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace freshet::sources::http_api
