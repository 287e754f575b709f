// Evaluates both branches side by side, keeping what they set in a list beside the program.
#include "optimize/convert_branches.h"

#include <algorithm>

#include "ir/semantics.h"

namespace cogent::optimize {

using ir::Do;
using ir::Node;
using ir::none;
using ir::Op;
using ir::Statement;

namespace {

constexpr int most_statements = 16;
constexpr Id most_nodes = 32;  // of one value beyond the condition
constexpr int deepest = 4;

// A value that may be computed though it is not needed: a few operations beyond the condition, no call of libm.
bool is_cheap(const ir::Program& program, Id value, Id condition) {
  if (value > condition + most_nodes) return false;
  for (Id id = condition + 1; id <= value; ++id)
    if (program.nodes[id].op == Op::Mathematics) return false;
  return true;
}

bool is_convertible(const ir::Program& program, Id region, Id condition, int depth, int& statements) {
  if (depth > deepest) return false;
  for (Id id = program.regions[region].first; id != none; id = program.statements[id].next) {
    const Statement& statement = program.statements[id];
    if (++statements > most_statements) return false;
    switch (statement.what) {
      case Do::Let:
        if (program.nodes[statement.a].op != Op::Get) return false;
        break;
      case Do::Set:
        if (!is_cheap(program, statement.b, condition)) return false;
        break;
      case Do::If:
        if (!is_convertible(program, statement.body, condition, depth + 1, statements)) return false;
        if (statement.other != none && !is_convertible(program, statement.other, condition, depth + 1, statements))
          return false;
        break;
      case Do::Comment:
        break;
      default:
        return false;
    }
  }
  return true;
}

bool is_convertible(const ir::Program& program, const Statement& branch) {
  int statements = 0;
  return is_convertible(program, branch.body, branch.a, 0, statements) &&
         (branch.other == none || is_convertible(program, branch.other, branch.a, 0, statements));
}

// What variables hold within a branch, as far as it differs from what they held before the branch.
class Overlay {
 public:
  void set(Id variable, Id value) {
    if (Id* found = find(variable)) {
      *found = value;
      return;
    }
    entries_[count_++] = {variable, value};
  }
  Id* find(Id variable) {
    for (int i = 0; i < count_; ++i)
      if (entries_[i].variable == variable) return &entries_[i].value;
    return nullptr;
  }
  int count() const { return count_; }
  Id variable(int i) const { return entries_[i].variable; }
  Id value(int i) const { return entries_[i].value; }

 private:
  struct Entry {
    Id variable, value;
  };
  Entry entries_[most_statements];
  int count_ = 0;
};

bool is_at_most(const ir::Program& program, Id a, Id b) {
  return ir::evaluate_binary(Op::LessEqual, program.nodes[a].type, program.value(a), program.value(b)) != 0;
}

// x < low ? low : min(x, high) and high < x ? high : max(x, low), with constants low <= high, are clamps.
Id choose_clamp(ir::Builder& builder, Id condition, Id if_true, Id if_false) {
  const ir::Program& program = builder.program();
  const Node test = program.nodes[condition], inner = program.nodes[if_false];
  if ((test.op != Op::Less && test.op != Op::LessEqual) || !program.is_constant(if_true)) return none;
  if (!ir::is_integer(inner.type)) return none;
  if ((inner.op != Op::Minimum && inner.op != Op::Maximum) || !program.is_constant(inner.b)) return none;
  const bool below = inner.op == Op::Minimum;
  const Id x = below ? test.a : test.b, bound = below ? test.b : test.a;
  if (bound != if_true || inner.a != x) return none;
  const Id low = below ? if_true : inner.b, high = below ? inner.b : if_true;
  if (!is_at_most(program, low, high)) return none;
  return builder.binary(Op::Minimum, builder.binary(Op::Maximum, x, low), high);
}

Id choose(ir::Builder& builder, Id condition, Id if_true, Id if_false) {
  if (Id clamp = choose_clamp(builder, condition, if_true, if_false); clamp != none) return clamp;
  const ir::Op test = builder.program().nodes[condition].op;
  if (test == Op::Less || test == Op::LessEqual)
    if (Id clamp = choose_clamp(builder, builder.negate(condition), if_false, if_true); clamp != none) return clamp;
  return builder.select(condition, if_true, if_false);
}

class Conversion {
 public:
  explicit Conversion(Transformation& transformation)
      : transformation_(transformation), builder_(transformation.builder()) {}

  void run(const Statement& branch) {
    Overlay values;
    convert(branch, values);
    builder_.at(branch.line);
    for (int i = 0; i < values.count(); ++i)
      if (const Id variable = transformation_.map_variable(values.variable(i)); variable != none)
        builder_.set(variable, values.value(i));
  }

 private:
  void evaluate(Id region, Overlay& values) {
    const ir::Program& source = transformation_.source();
    for (Id id = source.regions[region].first; id != none; id = source.statements[id].next) {
      const Statement& statement = source.statements[id];
      if (transformation_.is_droppable(statement)) continue;
      builder_.at(statement.line);
      if (statement.what == Do::Let) {
        transformation_.map_to(statement.a, value(values, source.nodes[statement.a].a));
      } else if (statement.what == Do::Set) {
        values.set(statement.a, transformation_.map(statement.b));
      } else if (statement.what == Do::If) {
        convert(statement, values);
      } else {
        transformation_.copy_plain(statement);
      }
    }
  }

  void convert(const Statement& branch, Overlay& values) {
    const Id condition = transformation_.map(branch.a);
    const ir::Program& copy = builder_.program();
    if (copy.is_constant(condition)) {
      const Id taken = copy.value(condition) != 0 ? branch.body : branch.other;
      if (taken != none) evaluate(taken, values);
      return;
    }
    Overlay if_true = values, if_false = values;
    evaluate(branch.body, if_true);
    if (branch.other != none) evaluate(branch.other, if_false);
    builder_.at(branch.line);
    merge(condition, if_true, if_false, values);
  }

  void merge(Id condition, Overlay& if_true, Overlay& if_false, Overlay& values) {
    for (int i = 0; i < if_true.count(); ++i) merge(condition, if_true.variable(i), if_true, if_false, values);
    for (int i = 0; i < if_false.count(); ++i)
      if (if_true.find(if_false.variable(i)) == nullptr)
        merge(condition, if_false.variable(i), if_true, if_false, values);
  }

  // A variable that is declared inside one of the branches is not used after it.
  void merge(Id condition, Id variable, Overlay& if_true, Overlay& if_false, Overlay& values) {
    if (transformation_.map_variable(variable) == none && values.find(variable) == nullptr) return;
    values.set(variable, choose(builder_, condition, value(if_true, variable), value(if_false, variable)));
  }

  Id value(Overlay& values, Id variable) {
    if (const Id* found = values.find(variable)) return *found;
    return builder_.get(transformation_.map_variable(variable));
  }

  Transformation& transformation_;
  ir::Builder& builder_;
};

}  // namespace

bool can_convert_a_branch(const Scan& scan) {
  return std::any_of(scan.ifs.begin(), scan.ifs.end(),
                     [&](Id id) { return is_convertible(*scan.program, scan.program->statements[id]); });
}

bool convert_branch(Transformation& transformation, Id id, bool&) {
  const Statement& branch = transformation.source().statements[id];
  if (!is_convertible(transformation.source(), branch)) return false;
  Conversion(transformation).run(branch);
  if (transformation.wants_notes()) transformation.note(branch.line, "the branch became a selection");
  return true;
}

namespace {

// What a region does that no selection can do; null: nothing.
const char* obstacle(const ir::Program& program, Id region, int depth) {
  for (Id id = program.regions[region].first; id != none; id = program.statements[id].next) {
    const Statement& statement = program.statements[id];
    switch (statement.what) {
      case Do::Let:
        if (program.nodes[statement.a].op == Op::Load) return "it reads an array";
        if (ir::is_division(program.nodes[statement.a].op)) return "it divides by what may be 0";
        break;
      case Do::Store:
        return "it writes an array";
      case Do::Set:
      case Do::Comment:
        break;
      case Do::If:
        if (depth == deepest) return "it is too long";
        for (const Id inner : {statement.body, statement.other})
          if (inner != none)
            if (const char* found = obstacle(program, inner, depth + 1)) return found;
        break;
      case Do::Break:
      case Do::Continue:
      case Do::Return:
        return "it leaves a loop or the function";
      default:
        return "it does more than set variables";
    }
  }
  return nullptr;
}

}  // namespace

void note_branches_left(const Scan& scan, std::vector<Note>& notes) {
  const ir::Program& program = *scan.program;
  for (const Id id : scan.ifs) {
    const Statement& branch = program.statements[id];
    const char* why = obstacle(program, branch.body, 0);
    if (why == nullptr && branch.other != none) why = obstacle(program, branch.other, 0);
    if (branch.line != 0)
      add_note(notes, {branch.line, std::string("the branch was not made a selection, because ") +
                                        (why == nullptr ? "it is too long" : why)});
  }
}

}  // namespace cogent::optimize
