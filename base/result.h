#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace freshet {

/// Why an operation failed, in terms the caller can act on. The list is closed: it is also what the
/// exit codes and the HTTP statuses are derived from.
enum class ErrorKind {
  NotFound,     ///< The thing asked for does not exist.
  Invalid,      ///< The input or configuration is wrong; retrying cannot help.
  Unavailable,  ///< The far side is down or throttling; retry later.
  Denied,       ///< The far side refuses our credentials or permissions.
  Locked,       ///< Another process holds what we need.
  Refused,      ///< A guard stopped the operation and asks for a decision (too many deletions).
  Interrupted,  ///< Stopped by a signal or a time limit; progress is saved.
  Exhausted,    ///< Disk full or another quota reached.
  Corrupt,      ///< Stored data failed a check; rebuild it.
  Internal,     ///< A broken assumption of ours.
};

/// The name of a kind as it appears in logs and JSON, for example "not_found".
std::string_view name_of(ErrorKind kind);

struct Error {
  ErrorKind kind;
  std::string message;  ///< What was being done, to what, and what went wrong.
};

/// Puts "cannot ACTIVITY: " before the message, for passing an error up.
Error while_doing(std::string_view activity, Error error);

/// The value of an operation that yields nothing but success.
struct Done {};

/// Either a T or the reason there is none. Never both, never neither. The member names are a subset
/// of std::expected's (whose GCC 12 version lacks the rest, and Clang 14 cannot compile).
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: `return value;`
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: likewise

  [[nodiscard]] bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& operator*() & { return std::get<0>(state_); }
  const T& operator*() const& { return std::get<0>(state_); }
  T&& operator*() && { return std::get<0>(std::move(state_)); }
  T* operator->() { return &std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }

  Error& error() & { return std::get<1>(state_); }
  const Error& error() const& { return std::get<1>(state_); }
  Error&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Error> state_;
};

}  // namespace freshet

// The two ways to pass a failure up unchanged. Wrap the expression's error with while_doing() where
// the caller would not know what was being done.
#define FRESHET_CONCAT_INNER(a, b) a##b
#define FRESHET_CONCAT(a, b) FRESHET_CONCAT_INNER(a, b)

/// FRESHET_TRY(declaration, expression): declares the value, or returns the expression's error.
#define FRESHET_TRY(declaration, expression) \
  FRESHET_TRY_NAMED(FRESHET_CONCAT(freshet_result_, __LINE__), declaration, expression)
#define FRESHET_TRY_NAMED(result, declaration, expression)   \
  auto result = (expression);                                \
  if (!result.has_value()) return std::move(result).error(); \
  declaration = *std::move(result)

/// FRESHET_CHECK(expression): returns the expression's error if it failed; the value is dropped.
#define FRESHET_CHECK(expression)                                                \
  do {                                                                           \
    auto freshet_checked = (expression);                                         \
    if (!freshet_checked.has_value()) return std::move(freshet_checked).error(); \
  } while (false)
