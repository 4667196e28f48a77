#include "sources/http_api/program.h"

#include <array>
#include <utility>

namespace freshet::sources::http_api {
namespace {

/// A fraction of a second of computing. What wants more is run by jq, whose time and memory are
/// bounded (run_limits.h).
constexpr std::size_t kMostSteps = 8'000'000;

/// What looking at a value, or making it, costs in steps.
std::size_t weight(const Value& value) {
  return 1 + value.size() + value.as_text().size() / 16;
}

/// Borrows a function for as long as it is called.
class Sink {
 public:
  template <class Function>
  Sink(const Function& function)  // NOLINT(google-explicit-constructor)
      : function_(&function), call_([](const void* called, const Value& value) {
          return (*static_cast<const Function*>(called))(value);
        }) {}
  Step operator()(const Value& value) const { return call_(function_, value); }

 private:
  const void* function_;
  Step (*call_)(const void*, const Value&);
};

/// One run. Each value that a node gives goes to a sink, which says whether it wants more; jq
/// backtracks in the same order.
class Run {
 public:
  Run(const ProgramTree& tree, const Variables& variables) : bound_(tree.slots - kGivenVariables) {
    const auto or_empty = [&](const Value& value) {
      return value.is_null() ? &tree.empty : &value;
    };
    given_ = {&variables.parent, or_empty(variables.children), or_empty(variables.lookup),
              or_empty(variables.config)};
  }

  Step run(const ProgramNode& node, const Value& input, const Sink& sink) {
    using Kind = ProgramNode::Kind;
    if (++steps_ > kMostSteps) return Step::Unsure;
    switch (node.kind) {
      case Kind::Input:
        return sink(input);
      case Kind::Literal:
        return sink(node.value);
      case Kind::Variable:
        return variable(node.slot, sink);
      case Kind::Index:
        return index(node, input, sink);
      case Kind::Each:
        return run(node.parts[0], input, [&](const Value& of) { return each(node, of, sink); });
      case Kind::Pipe:
        return pipe(node, 0, input, sink);
      case Kind::Comma:
        return comma(node, input, sink);
      case Kind::Operator:
        return operation(node, input, sink);
      case Kind::Call:
        return call(node, input, sink);
      case Kind::Array:
      case Kind::Object:
      case Kind::Text:
        return construct(node, input, sink);
      default:
        return control(node, input, sink);
    }
  }

 private:
  Step construct(const ProgramNode& node, const Value& input, const Sink& sink) {
    if (node.kind == ProgramNode::Kind::Array) return array(node, input, sink);
    if (node.kind == ProgramNode::Kind::Text) return text(node, node.parts.size(), input, "", sink);
    std::vector<Value::Member> made;
    return object(node, 0, input, made, sink);
  }

  Step control(const ProgramNode& node, const Value& input, const Sink& sink) {
    using Kind = ProgramNode::Kind;
    if (node.kind == Kind::Alternative) return alternative(node, input, sink);
    if (node.kind == Kind::Try) return attempt(node, input, sink);
    if (node.kind == Kind::And || node.kind == Kind::Or) return logic(node, input, sink);
    return run(node.parts[0], input, [&](const Value& value) {
      if (node.kind == Kind::If) return run(node.parts[value.truthy() ? 1 : 2], input, sink);
      bound_[node.slot - kGivenVariables] = value;  // Kind::Bind
      return run(node.parts[1], input, sink);
    });
  }

  Step variable(std::size_t slot, const Sink& sink) const {
    if (slot < kGivenVariables) return sink(*given_.at(slot));
    const Value value = bound_[slot - kGivenVariables];
    return sink(value);
  }

  Step give(const Computed& computed, const Sink& sink) {
    if (computed.step != Step::Go) return computed.step;
    steps_ += computed.value.as_text().size() / 16;
    return sink(computed.value);
  }

  Step index(const ProgramNode& node, const Value& input, const Sink& sink) {
    if (node.parts[1].kind == ProgramNode::Kind::Literal)
      return index_by(node, node.parts[1].value, input, sink);
    return run(node.parts[1], input,
               [&](const Value& key) { return index_by(node, key, input, sink); });
  }

  Step index_by(const ProgramNode& node, const Value& key, const Value& input, const Sink& sink) {
    return run(node.parts[0], input, [&](const Value& of) {
      const Computed found = index_into(of, key);
      if (found.step == Step::Fail && node.optional) return Step::Go;
      return give(found, sink);
    });
  }

  Step each(const ProgramNode& node, const Value& of, const Sink& sink) {
    if (!of.is_array() && !of.is_object()) return node.optional ? Step::Go : Step::Fail;
    const Value kept = of;
    steps_ += kept.size();
    for (const Value& item : kept.items()) {
      const Step step = steps_ > kMostSteps ? Step::Unsure : sink(item);
      if (step != Step::Go) return step;
    }
    for (const Value::Member& member : kept.members()) {
      const Step step = steps_ > kMostSteps ? Step::Unsure : sink(member.value);
      if (step != Step::Go) return step;
    }
    return Step::Go;
  }

  Step pipe(const ProgramNode& node, std::size_t stage, const Value& input, const Sink& sink) {
    if (stage + 1 == node.parts.size()) return run(node.parts[stage], input, sink);
    return run(node.parts[stage], input,
               [&](const Value& value) { return pipe(node, stage + 1, value, sink); });
  }

  Step comma(const ProgramNode& node, const Value& input, const Sink& sink) {
    for (const ProgramNode& part : node.parts) {
      const Step step = run(part, input, sink);
      if (step != Step::Go) return step;
    }
    return Step::Go;
  }

  /// All true values of the left side, or the right side. jq goes on where the left side fails.
  Step alternative(const ProgramNode& node, const Value& input, const Sink& sink) {
    bool found = false;
    const Step step = run(node.parts[0], input, [&](const Value& value) {
      if (!value.truthy()) return Step::Go;
      found = true;
      return sink(value);
    });
    if (step == Step::Fail) return Step::Unsure;
    if (step != Step::Go || found) return step;
    return run(node.parts[1], input, sink);
  }

  Step logic(const ProgramNode& node, const Value& input, const Sink& sink) {
    const bool decides = node.kind == ProgramNode::Kind::Or;
    return run(node.parts[0], input, [&](const Value& left) {
      if (left.truthy() == decides) return sink(Value::boolean(decides));
      return run(node.parts[1], input,
                 [&](const Value& right) { return sink(Value::boolean(right.truthy())); });
    });
  }

  Step operation(const ProgramNode& node, const Value& input, const Sink& sink) {
    return run(node.parts[1], input, [&](const Value& right) {
      return run(node.parts[0], input, [&](const Value& left) {
        steps_ += weight(left) + weight(right);
        return give(node.operation->apply(left, right), sink);
      });
    });
  }

  /// jq 1.6 also catches what fails behind the `?` with the value in hand, and then goes elsewhere.
  Step attempt(const ProgramNode& node, const Value& input, const Sink& sink) {
    const Step step = run(node.parts[0], input, [&](const Value& value) {
      const Step behind = sink(value);
      return behind == Step::Fail ? Step::Unsure : behind;
    });
    return step == Step::Fail ? Step::Go : step;
  }

  Step array(const ProgramNode& node, const Value& input, const Sink& sink) {
    std::vector<Value> items;
    const Step step =
        node.parts.empty() ? Step::Go : run(node.parts[0], input, [&](const Value& value) {
          items.push_back(value);
          return Step::Go;
        });
    return step == Step::Go ? sink(Value::array(std::move(items))) : step;
  }

  /// `made` holds the members before this part.
  Step object(const ProgramNode& node, std::size_t part, const Value& input,
              std::vector<Value::Member>& made, const Sink& sink) {
    if (part == node.parts.size()) {
      Value object = Value::object();
      for (const auto& [name, value] : made) object.set(name, value);
      return sink(object);
    }
    return run(node.parts[part], input, [&](const Value& name) {
      return run(node.parts[part + 1], input, [&](const Value& value) {
        if (!name.is_text()) return Step::Fail;
        made.push_back({name, value});
        const Step step = object(node, part + 2, input, made, sink);
        made.pop_back();
        return step;
      });
    });
  }

  /// jq begins with the last piece.
  Step text(const ProgramNode& node, std::size_t pieces, const Value& input,
            const std::string& behind, const Sink& sink) {
    if (pieces == 0) return sink(Value::text(behind));
    return run(node.parts[pieces - 1], input, [&](const Value& value) {
      const Computed written = text_form(value);
      if (written.step != Step::Go) return written.step;
      steps_ += weight(written.value) + behind.size() / 16;
      if (behind.size() > kLongestText || steps_ > kMostSteps) return Step::Unsure;
      return text(node, pieces - 1, input, std::string(written.value.as_text()) + behind, sink);
    });
  }

  Step call(const ProgramNode& node, const Value& input, const Sink& sink) {
    const Function& function = *node.function;
    switch (function.form) {
      case Form::Plain:
        steps_ += weight(input);
        return give(function.apply(input, Value()), sink);
      case Form::Of:
        return run(node.parts[0], input, [&](const Value& argument) {
          steps_ += weight(input);
          return give(function.apply(input, argument), sink);
        });
      case Form::Keep:
        return function.apply(input, Value()).value.truthy() ? sink(input) : Step::Go;
      case Form::Empty:
        return Step::Go;
      case Form::Error:
        return Step::Unsure;
      case Form::Select:
        return run(node.parts[0], input,
                   [&](const Value& holds) { return holds.truthy() ? sink(input) : Step::Go; });
      case Form::Map:
        return map(node, input, sink);
      case Form::First:
        return first(node.parts[0], input, sink);
      case Form::Any:
      case Form::All:
        return quantified(node, input, sink);
    }
    return Step::Unsure;
  }

  Step map(const ProgramNode& node, const Value& input, const Sink& sink) {
    static const ProgramNode every{ProgramNode::Kind::Each};
    std::vector<Value> items;
    const Step step = each(every, input, [&](const Value& item) {
      return run(node.parts[0], item, [&](const Value& value) {
        items.push_back(value);
        return Step::Go;
      });
    });
    return step == Step::Go ? sink(Value::array(std::move(items))) : step;
  }

  Step first(const ProgramNode& body, const Value& input, const Sink& sink) {
    std::optional<Value> found;
    const Step step = run(body, input, [&](const Value& value) {
      found = value;
      return Step::Stop;
    });
    if (found) return sink(*found);
    return step;
  }

  /// Whether the condition decides the matter for one of the values: true for any, false for all.
  /// As jq does, notices so only with the next value; its answer for conditions that give none or
  /// several is odd.
  Step quantified(const ProgramNode& node, const Value& input, const Sink& sink) {
    static const ProgramNode every{ProgramNode::Kind::Each};
    static const ProgramNode itself{ProgramNode::Kind::Input};
    const bool decisive = node.function->form == Form::Any;
    const ProgramNode& condition = node.parts.empty() ? itself : node.parts.back();
    bool decided = false;
    const auto judge = [&](const Value& item) {
      if (decided) return Step::Stop;
      std::size_t answers = 0;
      const Step step = run(condition, item, [&](const Value& holds) {
        ++answers;
        decided = holds.truthy() == decisive;
        return Step::Go;
      });
      if (step != Step::Go) return step;
      return answers == 1 ? Step::Go : Step::Unsure;
    };
    const Step step =
        node.parts.size() == 2 ? run(node.parts[0], input, judge) : each(every, input, judge);
    if (step != Step::Go && step != Step::Stop) return step;
    return sink(Value::boolean(decided == decisive));
  }

  std::array<const Value*, kGivenVariables> given_{};
  std::vector<Value> bound_;
  std::size_t steps_ = 0;
};

bool is_sure(Step step) {
  return step == Step::Go || step == Step::Stop;
}

}  // namespace

std::optional<Program> Program::read(const std::vector<Token>& tokens) {
  auto tree = read_program(tokens);
  return tree ? std::optional(Program(std::move(*tree))) : std::nullopt;
}

std::optional<std::vector<Value>> Program::all(const Value& input,
                                               const Variables& variables) const {
  std::vector<Value> values;
  const Step step = Run(tree_, variables).run(tree_.root, input, [&](const Value& value) {
    values.push_back(value);
    return Step::Go;
  });
  return is_sure(step) ? std::optional(std::move(values)) : std::nullopt;
}

std::optional<Value> Program::first(const Value& input, const Variables& variables) const {
  Value first;
  const Step step = Run(tree_, variables).run(tree_.root, input, [&](const Value& value) {
    first = value;
    return Step::Stop;
  });
  return is_sure(step) ? std::optional(std::move(first)) : std::nullopt;
}

}  // namespace freshet::sources::http_api
