// One walk: a variable or scratch array belongs to the parallel loop in which it is first seen.
#include "ir/parallel_loops.h"

#include "ir/walk.h"

namespace cogent::ir {

const char* describe(ParallelMisuse kind) {
  switch (kind) {
    case ParallelMisuse::Assigns:
      return "assigns a variable that is made outside of it";
    case ParallelMisuse::Leaves:
      return "is left early";
    case ParallelMisuse::Returns:
      return "returns from the function";
    case ParallelMisuse::Prints:
      return "prints";
    default:
      return "lets a function write to an array that other iterations may access";
  }
}

// ---- scopes

void ParallelScopes::enter(Id region) {
  const Id owner = program_.regions[region].owner;
  if (owner != none && (program_.statements[owner].flags & parallel) != 0 && program_.statements[owner].what == Do::For)
    bodies_.push_back(region);
}

void ParallelScopes::leave(Id region) {
  if (innermost() == region) bodies_.pop_back();
}

void ParallelScopes::touch(Id array) {
  Id& home = arrays_[program_.memory_of(array)];
  if (home == unseen) home = innermost();
}

void ParallelScopes::statement(const Statement& statement) {
  if (statement.what == Do::Set && variables_[statement.a] == unseen) variables_[statement.a] = innermost();
  if (statement.what == Do::Store) touch(statement.a);
  if (statement.what == Do::Let && program_.nodes[statement.a].op == Op::Load) touch(program_.nodes[statement.a].a);
  if (statement.what != Do::Call) return;
  const Callee& callee = program_.callees[statement.b];
  for (std::size_t i = 0; i < statement.d; ++i)
    if (callee.arguments[i].is_array) touch(program_.arguments(statement)[i]);
}

bool ParallelScopes::is_own(Id array, Id body) const {
  const Id memory = program_.memory_of(array), home = arrays_[memory];
  if (program_.arrays[memory].storage != Storage::Scratch) return false;
  for (std::size_t i = bodies_.size(); i-- > 0;) {
    if (bodies_[i] == home) return true;
    if (bodies_[i] == body) return false;
  }
  return false;
}

// ---- misuse

namespace {

class MisuseSearch {
 public:
  explicit MisuseSearch(const Program& program) : program_(program), scopes_(program) {}

  void enter(Id region) { scopes_.enter(region); }
  void leave(Id region) { scopes_.leave(region); }
  void statement(Id id) {
    const Statement& statement = program_.statements[id];
    scopes_.statement(statement);
    if (!found_ && scopes_.innermost() != none) look_at(statement);
  }
  const std::optional<FoundMisuse>& found() const { return found_; }

 private:
  void look_at(const Statement& statement) {
    switch (statement.what) {
      case Do::Set:
        return expect(scopes_.home_of_variable(statement.a) == scopes_.innermost(), ParallelMisuse::Assigns, statement);
      case Do::Break:
        return expect(is_within(statement.a), ParallelMisuse::Leaves, statement);
      case Do::Continue:
        return expect(is_within(statement.a) || statement.a == scopes_.innermost(), ParallelMisuse::Leaves, statement);
      case Do::Go:
        return expect(is_within(statement.a != none ? statement.a : program_.operands[statement.c]),
                      ParallelMisuse::Leaves, statement);
      case Do::Return:
        return expect(false, ParallelMisuse::Returns, statement);
      case Do::Call:
        return look_at_call(statement);
      default:
        return;
    }
  }

  void look_at_call(const Statement& statement) {
    const Callee& callee = program_.callees[statement.b];
    expect(callee.kind != CalleeKind::Print, ParallelMisuse::Prints, statement);
    for (std::size_t i = 0; i < statement.d; ++i)
      if (callee.arguments[i].is_written())
        expect(scopes_.is_own(program_.arguments(statement)[i], scopes_.innermost()), ParallelMisuse::LetsWrite,
               statement);
  }

  // Of an open region: whether the parallel loop is around it.
  bool is_within(Id region) const {
    return program_.regions[region].depth > program_.regions[scopes_.innermost()].depth;
  }

  void expect(bool holds, ParallelMisuse kind, const Statement& statement) {
    if (!holds && !found_) found_ = FoundMisuse{kind, statement.line};
  }

  const Program& program_;
  ParallelScopes scopes_;
  std::optional<FoundMisuse> found_;
};

}  // namespace

std::optional<FoundMisuse> find_parallel_misuse(const Program& program) {
  MisuseSearch search(program);
  walk(program, search);
  return search.found();
}

}  // namespace cogent::ir
