#include "sources/http_api/program.h"

#include <random>

#include <gtest/gtest.h>

#include "sources/http_api/expression.h"
#include "tests/support/result_matchers.h"

namespace freshet::sources::http_api {
namespace {

std::optional<Program> read(std::string_view text) {
  const auto tokens = tokens_of(text);
  return tokens ? Program::read(*tokens) : std::nullopt;
}

TEST(Program, IsWhatMostOfAManifestConsistsOf) {
  for (const std::string text :
       {".", ".a.b", ".a[]?", "$parent.id", ".a // .b // \"\"", "[.[] | select(.x == null)]",
        "any($children.posts[]; .accepted)", "{id, name: .n | tostring, (.k): 1, $parent}",
        "if .a then 1 elif .b then 2 else 3 end", ".x as $x | [\"a\", \"b\"] | index($x)",
        "\"\\(.a)/\\(.b)\"", ".a[\"b\"][0]", "(.a | length) > 1 and (.b | not)"}) {
    EXPECT_TRUE(read(text).has_value()) << text;
  }
}

TEST(Program, LeavesToJqWhatItDoesNotRead) {
  for (const std::string text : {"..",
                                 ".a |= 1",
                                 ".a[1:]",
                                 "try .a",
                                 "label $x | .",
                                 ".[] as [$a] | $a",
                                 "$other",
                                 "test(\"x\")",
                                 "@html \"\\(.a)\"",
                                 "del(.a)",
                                 "-.a",
                                 "1 == 1 == 1",
                                 ".a | | .b",
                                 "",
                                 "if . then 1 end",
                                 "{a: 1 // 2}",
                                 "{$parent: 1}",
                                 "(.a",
                                 "first(.a; .b)",
                                 ". as $x"}) {
    EXPECT_FALSE(read(text).has_value()) << text;
  }
}

TEST(Program, LeavesToJqWhatIsTooDeep) {
  std::string text = ".";
  for (int i = 0; i < 2000; ++i) text += "+.";
  EXPECT_FALSE(read(text).has_value());
}

TEST(Program, HasNoAnswerWhereJqFails) {
  for (const std::string text : {".a", ".[]", "\"x\" + 1", "{(.): 2}", "true | length"}) {
    const auto program = read(text);
    ASSERT_TRUE(program.has_value()) << text;
    EXPECT_FALSE(program->all(Value::number(1), {}).has_value()) << text;
  }
}

TEST(Program, LeavesToJqWhatIsTooMuchWork) {
  std::string texts = ".";
  std::string lists = ".";
  std::string pairs = ".";
  for (int i = 0; i < 40; ++i) texts += " | \"\\(.)\\(.)\"", lists += " | [.[], .[]]";
  for (int i = 0; i < 25; ++i) pairs += " | [., .]";
  for (const std::string& text : {texts, lists, pairs + " | . == [.[1], .[0]]"})
    EXPECT_FALSE(read(text)->all(Value::array({Value::text("ab"), Value()}), {}).has_value());
  Variables variables;
  variables.parent = Value::text(std::string(1'000'000, 'x'));
  const Value thousand = Value::array(std::vector<Value>(1000, Value::text("x")));
  EXPECT_FALSE(read("[.[] | $parent + .]")->all(thousand, variables).has_value());
}

TEST(Program, AddsManyValuesInPlace) {
  Value objects = Value::array();
  for (int i = 0; i < 100'000; ++i)
    objects.append(Value::object({{"k" + std::to_string(i), Value::number(i)}}));

  const auto answer =
      read("(add | length), (map(to_entries[].key) | add | length)")->all(objects, {});

  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(Value::array(*answer).to_json(), "[100000,588890]");
}

/// Random values and programs over few names, so that they often fit each other.
class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t end) { return random_() % end; }

  Value value(int depth) {
    switch (below(depth > 0 ? 9 : 6)) {
      case 0:
        return {};
      case 1:
        return Value::boolean(below(2) == 1);
      case 2:
        return Value::number(static_cast<double>(below(9)) - 2);
      case 3:
        return Value::text("t" + std::to_string(below(3)));
      case 4:
        return Value::text(pick({"", "a", "a,b", "é,", "12", "0x", "A"}));
      case 5:
        return below(2) == 0 ? Value::object() : Value::array();
      case 6:
        return Value::array({value(depth - 1), value(depth - 1)});
      default:
        return object(depth);
    }
  }

  /// Every form of the language that is read here, at random.
  std::string program(int depth) {
    if (depth == 0) return leaf();
    const auto inner = [&] { return program(depth - 1); };
    const auto wrapped = [&] { return "(" + inner() + ")"; };
    switch (below(18)) {
      case 0:
        return inner() + " | " + inner();
      case 1:
        return inner() + ", " + inner();
      case 2:
        return wrapped() + " // " + wrapped();
      case 3:
        return inner() + pick({" and ", " or "}) + inner();
      case 4:
        return wrapped() + pick({" == ", " != ", " < ", " > ", " <= ", " >= "}) + wrapped();
      case 5:
      case 6:
        return inner() + pick({" + ", " - ", " * ", " / "}) + inner();
      case 7:
        return "[" + inner() + "]";
      case 8:
        return "{a: " + wrapped() + ", b, (" + name() + "): " + wrapped() + ", $parent}";
      case 9:
        return "if " + inner() + " then " + inner() + " elif " + inner() + " then " + inner() +
               " else " + inner() + " end";
      case 10:
        return wrapped() + " as $x | " + inner() + ", $x";
      case 11:
        return "\"x\\(" + inner() + ")y\\(" + inner() + ")\"";
      case 12:
        return pick({"select", "map", "first", "any", "all"}) + wrapped();
      case 13:
        return pick({"any", "all"}) + "(" + inner() + "; " + inner() + ")";
      case 14:
        return inner() + " | " + plain_function();
      case 15:
        return inner() + " | " +
               pick({"has", "index", "join", "split", "startswith", "endswith", "ltrimstr",
                     "rtrimstr", "contains"}) +
               wrapped();
      case 16:
        return wrapped() + pick({"?", "[]", "[]?", ".a", ".a?", "[0]", "[\"b\"]", ".\"a\"?"});
      default:
        return leaf() + "[" + inner() + "]";
    }
  }

  std::string path() {
    std::string text = below(4) == 0 ? "$parent" : ".";
    const auto steps = below(4);
    for (std::size_t step = 0; step < steps; ++step) {
      const bool each = below(3) == 0;
      text += each ? "[]" : std::string(text == "." ? "" : ".") + pick({"a", "b", "c"});
    }
    return text;
  }

 private:
  std::string pick(std::initializer_list<const char*> words) {
    return *(words.begin() + below(words.size()));
  }

  std::string plain_function() {
    return pick({"add",        "any",      "all",      "ascii_downcase", "ascii_upcase", "empty",
                 "first",      "keys",     "last",     "length",         "not",          "sort",
                 "to_entries", "tonumber", "tostring", "type",           "unique",       "strings",
                 "objects",    "arrays",   "numbers",  "booleans",       "nulls",        "values",
                 "scalars",    "iterables"});
  }

  /// jq refuses constants that are no text.
  std::string name() { return below(3) == 0 ? "\"k\"" : path() + " | " + plain_function(); }

  std::string leaf() {
    switch (below(6)) {
      case 0:
        return pick({"1", "0", "null", "true", "false", "[]", "{}", "2.5"});
      case 1:
        return pick({"\"a\"", "\"t1\"", "\",\"", "\"\"", "\"\\u00e9\\n\""});
      case 2:
        return plain_function();
      default:
        return path();
    }
  }

  Value object(int depth) {
    Value made = Value::object();
    for (const std::string name : {"c", "a", "b"}) {
      if (below(3) > 0) made.set(name, value(depth - 1));
    }
    return made;
  }

  std::mt19937 random_;
};

/// The same program in a form that is left to jq.
std::string for_jq(const std::string& program) {
  return "label $jq | (" + program + ")";
}

/// The answers of `program` to random input where there are any; each must be jq's.
std::size_t compare(const std::string& text, Dice& dice, int inputs) {
  const auto program = read(text);
  const auto jq = Expression::compile(for_jq(text));
  EXPECT_EQ(program.has_value(), jq.has_value()) << text;
  if (!program || !jq) return 0;
  std::size_t answered = 0;
  for (int i = 0; i < inputs; ++i) {
    const Value input = dice.value(4);
    Variables variables;
    variables.parent = dice.value(3);
    const std::string about =
        text + " of " + input.to_json() + " with " + variables.parent.to_json();
    if (const auto first = program->first(input, variables)) {
      const auto expected = jq->first(input, variables);
      EXPECT_TRUE(expected && *first == *expected) << about;
    }
    if (const auto all = program->all(input, variables)) {
      ++answered;
      const auto expected = jq->all(input, variables);
      EXPECT_TRUE(expected) << about;
      if (!expected) break;
      EXPECT_EQ(Value::array(*all).to_json(), Value::array(*expected).to_json()) << about;
    }
    if (::testing::Test::HasFailure()) break;
  }
  return answered;
}

TEST(Program, AnswersAsJqDoesOnRandomPaths) {
  Dice dice(7);
  std::size_t answered = 0;
  for (int round = 0; round < 30 && !HasFailure(); ++round)
    answered += compare(dice.path() + " // " + dice.path(), dice, 200);
  EXPECT_GT(answered, 1500U);
}

/// FRESHET_PROGRAMS says how many, from which seed on FRESHET_SEED.
TEST(Program, AnswersAsJqDoesOnRandomPrograms) {
  const char* const programs = std::getenv("FRESHET_PROGRAMS");
  const char* const seed = std::getenv("FRESHET_SEED");
  const int rounds = programs == nullptr ? 100 : std::atoi(programs);
  Dice dice(seed == nullptr ? 1 : static_cast<unsigned>(std::atoi(seed)));
  std::size_t answered = 0;
  for (int round = 0; round < rounds && !HasFailure(); ++round)
    answered += compare(dice.program(1 + round % 3), dice, 60);
  EXPECT_GT(answered, static_cast<std::size_t>(rounds) * 10);
}

}  // namespace
}  // namespace freshet::sources::http_api
