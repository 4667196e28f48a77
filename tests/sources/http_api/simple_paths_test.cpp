#include "sources/http_api/simple_paths.h"

#include <random>

#include <gtest/gtest.h>

#include "tests/support/result_matchers.h"

namespace freshet::sources::http_api {
namespace {

std::optional<SimplePaths> simple(std::string_view program) {
  const auto tokens = tokens_of(program);
  EXPECT_TRUE(tokens.has_value()) << program;
  return tokens ? SimplePaths::parse(*tokens) : std::nullopt;
}

TEST(SimplePaths, AreWhatMostOfAManifestConsistsOf) {
  for (const std::string program : {".", ".a", ".a.b.c", ".a[]", ".[]", ". [ ] .b", "$parent.id",
                                    "$children.x[]", ".a.b // .c", ".a // $parent.a // ."}) {
    EXPECT_TRUE(simple(program).has_value()) << program;
  }
}

TEST(SimplePaths, LeaveEverythingElseToJq) {
  for (const std::string program :
       {".a?", ".a | .b", ".[0]", ".\"a\"", "..", "[]", "[.a]", ".a //", "// .a", ".a.", "$other.a",
        ".a[1:]", ".a, .b", "a", ".a == 1", ".a //= 1", "-.a", ".a.[]"}) {
    EXPECT_FALSE(simple(program).has_value()) << program;
  }
}

/// Random values and programs over few names, so that paths often fit.
class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t end) { return random_() % end; }

  Value value(int depth) {
    switch (below(depth > 0 ? 8 : 5)) {
      case 0:
        return {};
      case 1:
        return Value::boolean(below(2) == 1);
      case 2:
        return Value::number(static_cast<double>(below(9)));
      case 3:
        return Value::text("t" + std::to_string(below(3)));
      case 4:
        return Value::object();
      case 5:
        return Value::array({value(depth - 1), value(depth - 1)});
      default:
        return object(depth);
    }
  }

  std::string program() {
    std::string text = path();
    for (auto more = below(3); more > 0; --more) text += " // " + path();
    return text;
  }

 private:
  Value object(int depth) {
    Value made = Value::object();
    for (const std::string name : {"c", "a", "b"}) {
      if (below(3) > 0) made.set(name, value(depth - 1));
    }
    return made;
  }

  std::string path() {
    std::string text = below(4) == 0 ? "$parent" : ".";
    const auto steps = below(4);
    for (std::size_t step = 0; step < steps; ++step) {
      const bool each = below(3) == 0;
      const bool dot = text != ".";
      text += each ? "[]" : std::string(dot ? "." : "") + std::string(1, "abc"[below(3)]);
    }
    return text;
  }

  std::mt19937 random_;
};

/// The same program in a form that has no short cut.
std::string for_jq(const std::string& program) {
  return "(" + program + ")";
}

/// The values, or the error without the program.
std::string answer(const Result<std::vector<Value>>& values) {
  if (values) return Value::array(*values).to_json();
  const std::string& message = values.error().message;
  return message.substr(message.rfind("\": ") + 3);
}

TEST(SimplePaths, AnswerAsJqDoesOnRandomValues) {
  Dice dice(7);
  std::size_t answered = 0;
  for (int round = 0; round < 60; ++round) {
    const auto program = dice.program();
    const auto quick = Expression::compile(program);
    const auto slow = Expression::compile(for_jq(program));
    ASSERT_TRUE(quick && slow) << program;
    const auto paths = simple(program);
    ASSERT_TRUE(paths.has_value()) << program;
    for (int i = 0; i < 200; ++i) {
      const Value input = dice.value(4);
      Variables variables;
      variables.parent = dice.value(3);
      const auto expected = slow->all(input, variables);
      const auto values = paths->all(input, variables);
      answered += values.has_value() ? 1 : 0;
      ASSERT_TRUE(expected || !values) << program << " of " << input.to_json();
      ASSERT_EQ(answer(quick->all(input, variables)), answer(expected))
          << program << " of " << input.to_json();
      const auto first = slow->first(input, variables);
      ASSERT_EQ(quick->first(input, variables).has_value(), first.has_value()) << program;
    }
  }
  EXPECT_GT(answered, 3000U);
}

}  // namespace
}  // namespace freshet::sources::http_api
