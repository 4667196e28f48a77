#include "sources/http_api/expression.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <utility>

#include "base/utf8.h"
#include "sources/http_api/jq_value.h"
#include "sources/http_api/pattern.h"
#include "sources/http_api/program.h"
#include "sources/http_api/program_rules.h"
#include "sources/http_api/program_tokens.h"
#include "sources/http_api/run_limits.h"

namespace freshet::sources::http_api {
namespace {

constexpr std::size_t kLongestProgram = 8192;
constexpr std::size_t kLongestMessage = 300;

struct NamedVariable {
  std::string_view name;
  Value Variables::*value;
};
constexpr std::array kVariables{
    NamedVariable{"parent", &Variables::parent}, NamedVariable{"children", &Variables::children},
    NamedVariable{"lookup", &Variables::lookup}, NamedVariable{"config", &Variables::config}};

struct Teardown {
  void operator()(jq_state* state) const { jq_teardown(&state); }
};
using Machine = std::unique_ptr<jq_state, Teardown>;

/// One line of what jq says, without its prompts and without the program's own text.
std::string cleaned(std::string_view message) {
  constexpr std::string_view kPrefix = "jq: error: ";
  if (message.starts_with(kPrefix)) message.remove_prefix(kPrefix.size());
  message = message.substr(0, message.find(" at <top-level>"));
  message = message.substr(0, message.find(" (Unix shell"));
  std::string line(truncate_utf8(message, kLongestMessage));
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return line;
}

/// Keeps the first message of a compilation; jq would print it otherwise.
void keep_first(void* kept, jv message) {
  const Value text = from_jq(jq_format_error(message));
  auto& first = *static_cast<std::string*>(kept);
  if (first.empty() && text.is_text()) first = cleaned(text.as_text());
}

Error about(std::string_view program, std::string_view what) {
  return {ErrorKind::Invalid, "the expression \"" + std::string(truncate_utf8(program, 200)) +
                                  "\": " + std::string(what)};
}

/// jq quotes the value that did not fit: a record's text, which has no place in a log. What stands
/// in the program itself may be repeated.
std::string without_values(std::string message, std::string_view program) {
  for (const std::string_view marks : {"()", "\"\""}) {
    const auto begin = message.find(marks[0]);
    if (begin == std::string::npos) continue;
    const auto last = message.rfind(marks[1]);
    const auto end = last > begin ? std::min(last, message.size()) : message.size();
    const std::string quoted = message.substr(begin + 1, end - begin - 1);
    if (program.find(quoted) == std::string_view::npos) {
      message.replace(begin + 1, quoted.size(), "...");
    }
  }
  return message;
}

/// Takes the handle over. The payload of error() may be any value.
std::string failure_of(jv failed, std::string_view program) {
  const Value payload = from_jq(jv_invalid_get_msg(failed));
  if (payload.is_text()) return without_values(cleaned(*payload.scalar()), program);
  return without_values("error " + cleaned(payload.to_json()), program);
}

/// The last value of a variable that jq was given: a record's for all its messages, a lookup for
/// all records.
struct Conversion {
  struct Free {
    void operator()(jv* handle) const {
      jv_free(*handle);
      delete handle;
    }
  };
  Value value;
  std::unique_ptr<jv, Free> handle;

  jv of(const Value& wanted) {
    if (!handle || !value.same_as(wanted)) {
      value = wanted;
      handle.reset(new jv(to_jq(wanted)));
    }
    return jv_copy(*handle);
  }
};

}  // namespace

struct Expression::Parts {
  std::string program;
  std::string place;                    ///< In the manifest; empty where nobody said.
  std::vector<NamedVariable> used;      ///< Variables that the program names.
  std::optional<Program> own;           ///< What runs without jq.
  Machine machine;                      ///< Opened at once where nothing else runs the program.
  std::vector<Conversion> conversions;  ///< Of the variables in use, in their order.

  Result<Done> open();
  [[nodiscard]] std::string wrapped() const;
  jv bound(const Value& input, const Variables& variables);
  Result<std::vector<Value>> run(const Value& input, const Variables& variables, std::size_t most);
  Result<std::vector<Value>> collect(std::size_t most);
  [[nodiscard]] Result<std::vector<Value>> placed(Result<std::vector<Value>> answer) const;
};

/// With variables, the input is {"r": input, "parent": …}: bound anew by each run, compiled once.
/// The program cannot leave its parentheses: its tokens were found to be balanced.
std::string Expression::Parts::wrapped() const {
  if (used.empty()) return program;
  std::string text;
  for (const auto& [name, value] : used) {
    text += "." + std::string(name) + " as $" + std::string(name) + " | ";
  }
  return text + ".r | (" + program + "\n)";
}

jv Expression::Parts::bound(const Value& input, const Variables& variables) {
  if (used.empty()) return to_jq(input);
  const Value nothing = Value::object();
  jv object = jv_object_set(jv_object(), jv_string("r"), to_jq(input));
  conversions.resize(used.size());
  for (std::size_t at = 0; at < used.size(); ++at) {
    const Value& value = variables.*used[at].value;
    const bool absent = value.is_null() && used[at].name != "parent";
    object =
        jv_object_set(object, to_jq(used[at].name), conversions[at].of(absent ? nothing : value));
  }
  return object;
}

Result<Done> Expression::Parts::open() {
  limit_searches();
  machine.reset(jq_init());
  if (!machine) return Error{ErrorKind::Exhausted, "not enough memory for jq"};
  std::string message;
  jq_set_error_cb(machine.get(), keep_first, &message);
  const int compiled = jq_compile(machine.get(), wrapped().c_str());
  jq_set_error_cb(
      machine.get(), [](void*, jv unread) { jv_free(unread); }, nullptr);
  if (compiled == 0) return about(program, message);
  return Done{};
}

Result<std::vector<Value>> Expression::Parts::collect(std::size_t most) {
  std::vector<Value> values;
  while (values.size() < most) {
    const jv next = jq_next(machine.get());
    if (jv_is_valid(next) != 0) {
      values.push_back(from_jq(next));
    } else if (jv_invalid_has_msg(jv_copy(next)) != 0) {
      return about(program, failure_of(next, program));
    } else {
      jv_free(next);
      break;
    }
  }
  return values;
}

Result<std::vector<Value>> Expression::Parts::run(const Value& input, const Variables& variables,
                                                  std::size_t most) {
  if (!machine) FRESHET_CHECK(open());
  const jv given = bound(input, variables);
  try {
    const LimitedRun limits(machine.get());
    jq_start(machine.get(), given, 0);
    auto values = collect(most);
    const auto stopped = limits.stopped();
    // What is left of a run holds the input; it must not be counted down later, on another thread.
    jq_start(machine.get(), jv_null(), 0);
    if (stopped == LimitedRun::Stop::Time)
      return about(program, "stopped after a second of computing");
    if (stopped == LimitedRun::Stop::Memory)
      return about(program, "stopped after 512 MiB of memory");
    return values;
  } catch (const RunTooLarge&) {
    static_cast<void>(machine.release());
    return about(program, "stopped before taking more than 512 MiB of memory");
  }
}

/// An error names the place.
Result<std::vector<Value>> Expression::Parts::placed(Result<std::vector<Value>> answer) const {
  if (answer || place.empty()) return answer;
  return while_doing(place, std::move(answer).error());
}

Expression::Expression(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;
Expression::~Expression() = default;

Result<Expression> Expression::compile(std::string_view program) {
  if (program.size() > kLongestProgram || program.find('\0') != std::string_view::npos) {
    return about(program, "longer than 8,192 bytes, or holds a zero byte");
  }
  auto parts = std::make_unique<Parts>();
  parts->program = program;
  const auto tokens = tokens_of(parts->program);
  if (!tokens) return about(program, tokens.error().message);
  if (tokens->empty()) return about(program, "empty; \".\" gives the input itself");
  const auto checked = check_program(*tokens);
  if (!checked) return about(program, checked.error().message);
  for (const NamedVariable& variable : kVariables) {
    const bool named = std::any_of(tokens->begin(), tokens->end(), [&](const Token& token) {
      return token.kind == TokenKind::Variable && token.text == variable.name;
    });
    if (named) parts->used.push_back(variable);
  }
  parts->own = Program::read(*tokens);
  if (!parts->own) FRESHET_CHECK(parts->open());
  return Expression(std::move(parts));
}

Result<std::vector<Value>> Expression::all(const Value& input, const Variables& variables) const {
  if (auto values = parts_->own ? parts_->own->all(input, variables) : std::nullopt)
    return *std::move(values);
  return parts_->placed(parts_->run(input, variables, std::numeric_limits<std::size_t>::max()));
}

Result<Value> Expression::first(const Value& input, const Variables& variables) const {
  if (auto value = parts_->own ? parts_->own->first(input, variables) : std::nullopt)
    return *std::move(value);
  FRESHET_TRY(auto values, parts_->placed(parts_->run(input, variables, 1)));
  return values.empty() ? Value{} : std::move(values.front());
}

const std::string& Expression::program() const {
  return parts_->program;
}

void Expression::stand_at(std::string place) {
  parts_->place = std::move(place);
}

}  // namespace freshet::sources::http_api
